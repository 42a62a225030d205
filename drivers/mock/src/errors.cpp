// SPDX-License-Identifier: BSL-1.0

#include "errors.hpp"

namespace relata::mock::detail {
namespace {

bool breaks_connection(error_kind kind) {
    switch (kind) {
    case error_kind::connection_failed:
    case error_kind::connection_lost:
    case error_kind::auth_failed:
    case error_kind::database_not_found:
    case error_kind::tls_failed:
    case error_kind::in_doubt: return true;
    default: return false;
    }
}

outcome outcome_of(error_kind kind) {
    switch (kind) {
    case error_kind::connection_failed:
    case error_kind::auth_failed:
    case error_kind::database_not_found:
    case error_kind::tls_failed: return outcome::not_sent;
    case error_kind::connection_lost: return outcome::unknown;
    case error_kind::in_doubt: return outcome::in_doubt;
    default: return outcome::rejected;
    }
}

retry_advice advice_for(error_kind kind) {
    switch (kind) {
    case error_kind::serialization_failure:
    case error_kind::deadlock:
    case error_kind::transaction_rolled_back: return retry_advice::transaction;
    case error_kind::lock_timeout: return retry_advice::statement;
    case error_kind::connection_failed:
    case error_kind::connection_lost: return retry_advice::reconnect;
    default: return retry_advice::no;
    }
}

}  // namespace

error_info usual(error_kind kind) {
    error_info info;
    info.kind = kind;
    info.outcome = outcome_of(kind);
    info.retry = advice_for(kind);
    info.connection_usable = !breaks_connection(kind);
    info.message = "the script of the mock says so";
    return info;
}

}  // namespace relata::mock::detail
