// SPDX-License-Identifier: BSL-1.0
//
// Execute: how many rows a statement says that it touched.

#include "conformance/case.hpp"
#include "conformance/storage.hpp"
#include "conformance/subject.hpp"

namespace relata::conformance {
namespace {

void affected_rows(subject& s) {
    s.needs(&driver::capabilities::affected_rows);
    auto& c = s.connection();
    auto const& table = s.create(table_of({column<std::int64_t>("id"), column<std::int64_t>("n")}));
    auto const name = quoted(c, table.name);
    s.equal(1, execute(c, insert_text(c, table), {value(1L), value(10L)}), "insert of one row");
    auto const two =
        s.can().row_lists ? " VALUES (2, 10), (3, 30)" : " SELECT 2, 10 UNION ALL SELECT 3, 30";
    s.equal(2, execute(c, "INSERT INTO " + name + two), "insert of two");
    s.equal(2, execute(c, "UPDATE " + name + " SET n = 11 WHERE n = ?", {value(10L)}),
            "update of two");
    s.equal(2, execute(c, "UPDATE " + name + " SET n = 11 WHERE n = ?", {value(11L)}),
            "update that finds two rows and changes nothing");
    s.equal(0, execute(c, "UPDATE " + name + " SET n = 0 WHERE n = ?", {value(99L)}),
            "update that finds none");
    s.equal(0, execute(c, "DELETE FROM " + name + " WHERE n = ?", {value(99L)}),
            "delete that finds none");
    s.equal(3, execute(c, "DELETE FROM " + name), "delete of all");
    s.equal(0, count(c, table), "rows that are left");
}

constexpr case_entry execute_rows_table[] = {
    {"EXE-06",
     "An execution tells how many rows it inserted, deleted, or found for an update, also when the "
     "update changed none of their values; a statement that finds no row tells 0.",
     &affected_rows},
};

}  // namespace

std::span<case_entry const> execute_rows_cases() { return execute_rows_table; }

}  // namespace relata::conformance
