// SPDX-License-Identifier: BSL-1.0

#include "transactions.hpp"

#include <utility>

namespace relata::mysql_family {

char const* set_level(isolation level) noexcept {
    switch (level) {
    case isolation::read_committed: return "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";
    case isolation::snapshot: return "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ";
    case isolation::serializable: break;
    }
    return "SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE";
}

std::string with_name(std::string_view command, std::string_view name) {
    std::string sql(command);
    sql += " `";
    for (char const c : name) {
        if (c == '`') sql += c;
        sql += c;
    }
    sql += '`';
    return sql;
}

void check_level(isolation level, bool read_only, bool detects_lost_updates) {
    if (level == isolation::snapshot && !read_only && !detects_lost_updates)
        fail(error_kind::not_supported, "this server overwrites silently what another transaction "
                                        "changed; use read_committed with "
                                        "locking reads, or serializable");
}

void refuse_commit() {
    error_info info;
    info.kind = error_kind::transaction_rolled_back;
    info.transaction = transaction_state::rolled_back;
    info.retry = retry_advice::transaction;
    info.message = "the transaction was rolled back instead of committed";
    throw error(std::move(info));
}

void refuse_implicit_commit() {
    error_info info;
    info.kind = error_kind::invalid_argument;
    info.outcome = outcome::unknown;  // the statement was done, and so is what came before it
    info.transaction = transaction_state::unknown;
    info.message = "the statement committed the transaction implicitly";
    throw error(std::move(info));
}

void refuse_in_failed(bool rolled_back) {
    error_info info;
    info.kind = error_kind::transaction_failed;
    info.outcome = outcome::not_sent;
    info.transaction = rolled_back ? transaction_state::rolled_back : transaction_state::failed;
    info.retry = retry_advice::transaction;
    info.message = "an earlier error ended this transaction: roll back";
    throw error(std::move(info));
}

void refuse_dead() {
    error_info info;
    info.kind = error_kind::connection_lost;
    info.outcome = outcome::not_sent;
    info.retry = retry_advice::reconnect;
    info.connection_usable = false;
    info.message = "the connection to the server was lost";
    throw error(std::move(info));
}

void refuse_while_reading() {
    fail(error_kind::invalid_argument, "another result of this connection is still open: read it "
                                       "to its end or finish it first");
}

void mark_in_doubt(error_info& info) {
    info.kind = error_kind::in_doubt;
    info.outcome = outcome::in_doubt;
    info.transaction = transaction_state::unknown;
    info.retry = retry_advice::no;
    info.message = "the connection was lost while the commit was on its way";
}

}  // namespace relata::mysql_family
