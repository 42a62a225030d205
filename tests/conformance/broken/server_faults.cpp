// SPDX-License-Identifier: BSL-1.0
//
// Mistakes in what the database's own words can provoke: errors, settings, ends of sessions.

#include "conformance/broken/faults.hpp"

#include <chrono>
#include <cstdio>
#include <string>
#include <thread>

namespace broken {
namespace {

using namespace relata;
using name_t = std::string_view;

// What is remembered between two calls. Each case runs in a process of its own.
bool in_transaction = false;
bool seen = false;

// Remembers whether the last SQL began with one of these words.
void sees_setting(name_t sql) {
    seen |= sql.starts_with("SET TimeZone") || sql.starts_with("SET time_zone");
}
void sees_call(name_t sql) { seen |= sql.starts_with("CALL"); }
void sees_returning(name_t sql) {
    seen = sql.starts_with("INSERT") && sql.find("RETURNING") != sql.npos;
}

std::int64_t* number(field const& f, void* at, kind wanted) {
    return f.type->kind == wanted ? static_cast<std::int64_t*>(at) : nullptr;
}

void in_local_time(field const& f, void* at) {
    if (auto* n = number(f, at, kind::instant); n && seen) *n += 20'700'000'000;
}
void left_over_result(field const& f, void* at) {
    if (auto* n = number(f, at, kind::int64); n && seen && *n == 44) *n = 22;
}
void first_key_for_all(field const& f, void* at) {
    if (auto* n = number(f, at, kind::int64); n && seen) *n -= (*n - 1) % 5;
}
void nearly_the_last_key(field const& f, void* at) {
    if (auto* n = number(f, at, kind::int64); n && *n == INT64_MAX) --*n;
}

void refuses_idle_rollback(name_t name) {
    if (name == "rollback" && !in_transaction)
        fail(error_kind::invalid_argument, "there is nothing to roll back");
    if (name == "begin") in_transaction = true;
    if (name == "commit" || name == "rollback") in_transaction = false;
}
void prints_warnings(name_t name) {
    if (name == "script") std::fputs("warning: that may be wrong\n", stderr);
}
void slow_batch(name_t name) {
    if (name == "bulk_insert") std::this_thread::sleep_for(std::chrono::milliseconds(1500));
}

// Gives every error of one kind another.
template <error_kind From, error_kind To> void confused(name_t, error_info& info) {
    if (info.kind == From) info.kind = To;
}
void commit_without_kind(name_t call, error_info& info) {
    if (call == "commit") info.kind = error_kind::unknown;
}
void state_is_forgotten(name_t, error_info& info) {
    if (info.kind != error_kind::lock_timeout) return;
    info.transaction = info.transaction == transaction_state::none ? transaction_state::open
                                                                   : transaction_state::none;
}
void nameless_constraint(name_t, error_info& info) {
    if (info.kind == error_kind::constraint_violation) info.constraint.clear();
}
void known_outcome(name_t, error_info& info) {
    if (info.kind == error_kind::connection_lost) info.outcome = outcome::rejected;
}
void lost_code(name_t, error_info& info) {
    if (info.kind == error_kind::unknown) info.sqlstate = "HY000";
}
void first_line_only(name_t, error_info& info) {
    info.native_message = info.native_message.substr(0, info.native_message.find('\n'));
}

constexpr fault at(name_t name, char const* found_by, name_t said, name_t back_end = "sqlite") {
    fault f{name, found_by, said};
    f.back_end = back_end;
    return f;
}
constexpr fault calls(fault f, void (*call)(name_t)) {
    f.call = call;
    return f;
}
constexpr fault fetches(fault f, void (*fetched)(field const&, void*),
                        void (*reads)(name_t) = nullptr) {
    f.fetched = fetched;
    f.reads = reads;
    return f;
}
constexpr fault raises(fault f, void (*raised)(name_t, error_info&)) {
    f.raised = raised;
    return f;
}
constexpr fault keeps_one_result(fault f) {
    f.one_result = true;
    return f;
}

using enum error_kind;

constexpr fault faults_of_servers[] = {
    calls(at("refuses_idle_rollback", "CON-15", "nothing to roll back"), &refuses_idle_rollback),
    calls(at("prints_warnings", "EXE-13", "bytes on the program's output"), &prints_warnings),
    keeps_one_result(at("keeps_one_result", "EXE-15", "right answers of a transaction")),
    fetches(at("in_local_time", "DAT-14", "expected", "postgresql"), &in_local_time, &sees_setting),
    fetches(at("in_local_time", "DAT-14", "expected", "mysql"), &in_local_time, &sees_setting),
    fetches(at("left_over_result", "CUR-08", "the answer to the next statement", "mysql"),
            &left_over_result, &sees_call),
    raises(at("commit_without_kind", "TXN-08", "a commit with an orphan"), &commit_without_kind),
    raises(at("state_is_forgotten", "TXN-16", "the state that the error tells"),
           &state_is_forgotten),
    raises(at("nameless_constraint", "ERR-06", "the constraint's name", "postgresql"),
           &nameless_constraint),
    raises(at("full_is_corrupt", "ERR-09", "one row more than there is room for"),
           &confused<disk_full, corrupt>),
    raises(at("rights_are_syntax", "ERR-09", "without the right", "postgresql"),
           &confused<permission_denied, syntax>),
    raises(at("timeout_is_cancel", "ERR-11", "a query that takes too long"),
           &confused<timeout, cancelled>),
    raises(at("known_outcome", "ERR-13", "the outcome is not said to be known", "postgresql"),
           &known_outcome),
    raises(at("known_outcome", "ERR-13", "the outcome is not said to be known", "mysql"),
           &known_outcome),
    raises(at("lost_code", "ERR-16", "the code comes through", "postgresql"), &lost_code),
    raises(at("no_table_is_syntax", "ERR-17", "expected table_not_found"),
           &confused<table_not_found, syntax>),
    raises(at("first_line_only", "ERR-18", "its words come through whole"), &first_line_only),
    calls(at("slow_batch", "BLK-10", "a batch is no slower"), &slow_batch),
    fetches(at("first_key_for_all", "GEN-02", "a key finds its row"), &first_key_for_all,
            &sees_returning),
    fetches(at("nearly_the_last_key", "GEN-07", "the greatest key"), &nearly_the_last_key),
};

}  // namespace

std::span<fault const> server_faults() { return faults_of_servers; }

}  // namespace broken
