// SPDX-License-Identifier: BSL-1.0
#include "firebird_errors.hpp"

namespace relata::soci::detail {
namespace {

struct meaning {
    ISC_STATUS code;
    error_kind kind;
    char const* words;
};

// the first code of the status vector that is here counts
constexpr meaning meanings[] = {
    {isc_unique_key_violation, error_kind::unique_violation, "duplicate value"},
    {isc_no_dup, error_kind::unique_violation, "duplicate value"},
    {isc_foreign_key, error_kind::foreign_key_violation,
     "a row refers to one that does not exist, or is still referred to"},
    {isc_check_constraint, error_kind::check_violation, "a check of the table refuses the row"},
    {isc_not_valid, error_kind::not_null_violation, "NULL in a column that does not allow it"},
    {isc_update_conflict, error_kind::serialization_failure, "another transaction was faster"},
    {isc_lock_timeout, error_kind::lock_timeout, "a lock was not given in time"},
    {isc_obj_in_use, error_kind::lock_timeout, "another statement uses the table"},
    {isc_lock_conflict, error_kind::lock_timeout, "a lock was not given in time"},
    {isc_deadlock, error_kind::deadlock, "two transactions waited for each other"},
    {isc_string_truncation, error_kind::value_too_long, "a value is too long for its column"},
    {isc_blob_truncation, error_kind::value_too_long, "a value is too long for its column"},
    {isc_exception_integer_divide_by_zero, error_kind::division_by_zero, "division by zero"},
    {isc_exception_float_divide_by_zero, error_kind::division_by_zero, "division by zero"},
    {isc_numeric_out_of_range, error_kind::out_of_range, "a number does not fit"},
    {isc_exception_integer_overflow, error_kind::out_of_range, "a number does not fit"},
    {isc_arith_except, error_kind::out_of_range, "a number or text does not fit"},
    {isc_convert_error, error_kind::type_mismatch, "a value of another type than its place"},
    {isc_malformed_string, error_kind::text_invalid, "a text is not UTF-8"},
    {isc_precision_err, error_kind::out_of_range, "the server's decimals have 18 digits at most"},
    {isc_dsql_table_not_found, error_kind::table_not_found, "no such table or view"},
    {isc_dsql_relation_err, error_kind::table_not_found, "no such table or view"},
    {isc_dsql_field_err, error_kind::column_not_found, "no such column"},
    {isc_no_priv, error_kind::permission_denied, "the user may not do this"},
    {isc_read_only_trans, error_kind::read_only, "the transaction may only read"},
    {isc_read_only_database, error_kind::read_only, "the database may only be read"},
    {isc_cancelled, error_kind::cancelled, "the statement was cancelled"},
    {isc_invalid_savepoint, error_kind::invalid_argument, "no such savepoint"},
    {isc_login, error_kind::auth_failed, "the server refuses this user or password"},
    {isc_network_error, error_kind::connection_lost, "the connection to the server was lost"},
    {isc_net_read_err, error_kind::connection_lost, "the connection to the server was lost"},
    {isc_net_write_err, error_kind::connection_lost, "the connection to the server was lost"},
    {isc_connect_reject, error_kind::connection_lost, "the server did not take the connection"},
    {isc_att_shutdown, error_kind::connection_lost, "the server has ended the session"},
    {isc_shutdown, error_kind::connection_lost, "the database was shut down"},
    {isc_io_error, error_kind::database_not_found, "the database file cannot be opened"},
    {isc_dsql_error, error_kind::syntax, "the server does not understand the statement"},
};

// The text between the quotes after `words`.
std::string name_after(std::string const& text, std::string_view words) {
    auto at = text.find(words);
    if (at == text.npos) return {};
    at += words.size();
    if (at < text.size() && text[at] == '"') ++at;
    return text.substr(at, text.find_first_of("\" \n", at) - at);
}

void find_place(error_info& info, std::string const& text) {
    info.constraint = name_after(text, " constraint ");
    if (info.constraint.empty()) info.constraint = name_after(text, " CHECK constraint ");
    info.table = name_after(text, "on table ");
    if (info.table.empty()) info.table = name_after(text, "on view or table ");
    if (info.kind == error_kind::not_null_violation) {
        info.table = name_after(text, "validation error for column ");
        info.columns = {name_after(text, "\".")};
    }
}

}  // namespace

bool has_code(std::vector<ISC_STATUS> const& status, ISC_STATUS code) {
    for (std::size_t i = 0; i + 1 < status.size() && status[i] != isc_arg_end; i += 2) {
        if (status[i] == isc_arg_gds && status[i + 1] == code) return true;
        if (status[i] == isc_arg_cstring) ++i;  // length and address
    }
    return false;
}

bool firebird_too_large(std::string const& words) {
    return words.find("request size limit exceeded") != words.npos;
}

error_info describe_firebird(std::vector<ISC_STATUS> const& status, std::string words) {
    error_info info;
    info.message = "the server reported an error";
    for (auto const& each : meanings) {
        if (!has_code(status, each.code)) continue;
        info.kind = each.kind;
        info.message = each.words;
        break;
    }
    // a name is a row of the catalogue, too
    bool const taken =
        info.kind == error_kind::unique_violation && has_code(status, isc_no_meta_update);
    if (taken || words.find(" already exists") != words.npos) {
        info.kind = error_kind::already_exists;
        info.message = "the name is taken";
    }
    if (firebird_too_large(words)) {
        info.kind = error_kind::limit_exceeded;
        info.message = "the statement is more than the server takes at once";
    }
    info.native_code = status.size() > 1 ? int(status[1]) : 0;
    if (info.kind == error_kind::connection_lost) {
        info.connection_usable = false;
        info.outcome = outcome::unknown;
        info.retry = retry_advice::reconnect;
    }
    if (info.kind == error_kind::deadlock || info.kind == error_kind::serialization_failure)
        info.retry = retry_advice::transaction;
    if (info.kind == error_kind::lock_timeout) info.retry = retry_advice::statement;
    find_place(info, words);
    info.native_message = std::move(words);
    return info;
}

}  // namespace relata::soci::detail
