// SPDX-License-Identifier: BSL-1.0
//
// Transactions: what others see, and when.

#include "conformance/case.hpp"
#include "conformance/storage.hpp"
#include "conformance/subject.hpp"

namespace relata::conformance {
namespace {

void commit_is_visible(subject& s) {
    auto& c = s.connection();
    auto const& table = s.create(table_of({column<std::int64_t>("id")}));
    auto const other = s.connect();
    s.equal(0, count(*other, table), "rows that the other connection sees at first");
    c.begin(isolation::read_committed, false);
    s.check(c.transaction() == transaction_state::open, "the transaction is open after begin");
    store(c, table, {{value(1L)}}, path::ad_hoc);
    s.equal(1, count(c, table), "rows that the transaction itself sees");
    s.equal(0, count(*other, table), "rows that the other connection sees before the commit");
    c.commit();
    s.check(c.transaction() == transaction_state::none, "no transaction is open after commit");
    s.equal(1, count(*other, table), "rows that the other connection sees after the commit");
}

constexpr case_entry transaction_basics_table[] = {
    {"TXN-01",
     "What a transaction wrote is visible to a second connection after commit, not before.",
     &commit_is_visible},
};

}  // namespace

std::span<case_entry const> transaction_basics_cases() { return transaction_basics_table; }

}  // namespace relata::conformance
