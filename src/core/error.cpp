// SPDX-License-Identifier: BSL-1.0
//
// Texts of errors. what() is composed once, from facts that hold neither values nor secrets.

#include <relata/core/error.hpp>

#include <array>
#include <atomic>
#include <utility>

namespace relata {
namespace {

// In the order of the enumeration; a kind's place is its stable code.
constexpr std::array<std::string_view, 51> kind_names = {
    "",
    "invalid_url",
    "driver_not_found",
    "driver_mismatch",
    "invalid_argument",
    "not_supported",
    "invalid_schema",
    "connection_failed",
    "connection_lost",
    "auth_failed",
    "database_not_found",
    "tls_failed",
    "pool_timeout",
    "syntax",
    "table_not_found",
    "column_not_found",
    "already_exists",
    "permission_denied",
    "read_only",
    "type_mismatch",
    "null_value",
    "out_of_range",
    "value_too_long",
    "text_invalid",
    "value_invalid",
    "division_by_zero",
    "not_found",
    "too_many_rows",
    "unique_violation",
    "foreign_key_violation",
    "not_null_violation",
    "check_violation",
    "constraint_violation",
    "serialization_failure",
    "deadlock",
    "lock_timeout",
    "timeout",
    "cancelled",
    "transaction_failed",
    "transaction_rolled_back",
    "in_doubt",
    "disk_full",
    "out_of_memory",
    "limit_exceeded",
    "corrupt",
    "unknown",
    "migration_folder_invalid",
    "migration_incomplete",
    "schema_drift",
    "data_step_missing",
    "data_loss",
};
static_assert(kind_names.size() == std::size_t(error_kind::data_loss) + 1);

std::string_view words(outcome o) {
    switch (o) {
    case outcome::not_sent: return "statement not sent";
    case outcome::rejected: return "statement rejected";
    case outcome::unknown: return "outcome unknown";
    case outcome::in_doubt: return "commit in doubt";
    }
    return "";
}

std::string_view words(transaction_state t) {
    switch (t) {
    case transaction_state::none: return "no transaction";
    case transaction_state::open: return "transaction open";
    case transaction_state::failed: return "transaction failed";
    case transaction_state::rolled_back: return "transaction rolled back";
    case transaction_state::unknown: return "transaction state unknown";
    }
    return "";
}

std::string_view words(retry_advice r) {
    switch (r) {
    case retry_advice::no: return "retry: no";
    case retry_advice::statement: return "retry: the statement";
    case retry_advice::transaction: return "retry: the whole transaction";
    case retry_advice::reconnect: return "retry: on a new connection";
    }
    return "";
}

// The step that only this kind has; empty where the retry advice says it all.
std::string_view next_step(error_kind kind) {
    switch (kind) {
    case error_kind::table_not_found: return "create the table first";
    case error_kind::transaction_failed: return "roll back";
    case error_kind::in_doubt: return "read back what was written before trying again";
    case error_kind::pool_timeout:
        return "raise pool_size or pool_timeout, or return connections sooner";
    default: return "";
    }
}

// "table.column" or "table.(a, b)"; the place of the error in the schema.
std::string place(error_info const& info) {
    std::string out = info.table;
    if (info.columns.empty()) return out;
    if (!out.empty()) out += '.';
    if (info.columns.size() > 1) out += '(';
    char const* separator = "";
    for (auto const& column : info.columns) {
        out += std::exchange(separator, ", ");
        out += column;
    }
    if (info.columns.size() > 1) out += ')';
    return out;
}

std::string compose(error_info const& info) {
    std::string out = code_of(info.kind);
    out += ' ';
    out += name_of(info.kind);
    if (!info.message.empty()) out += ": " + info.message;
    if (auto where = place(info); !info.constraint.empty() || !where.empty()) {
        out += " [";
        out += info.constraint;
        if (!info.constraint.empty() && !where.empty()) out += " on ";
        out += where + ']';
    }
    if (info.row >= 0) out += "; row " + std::to_string(info.row);
    out += "; ";
    out += words(info.outcome);
    out += ", ";
    out += words(info.transaction);
    if (!info.connection_usable) out += ", connection closed";
    out += "; ";
    out += words(info.retry);
    if (auto step = next_step(info.kind); !step.empty()) (out += "; next: ") += step;
    for (char& c : out)
        if (c == '\n' || c == '\r') c = ' ';
    return out;
}

}  // namespace

struct error::shared {
    std::atomic<unsigned> uses{1};
    error_info info;
    std::string what;
};

error::error(error_info info) : shared_(new shared) {
    shared_->what = compose(info);
    shared_->info = std::move(info);
}

error::error(error_kind kind, std::string message)
    : error([&] {
          error_info info;
          info.kind = kind;
          info.outcome = relata::outcome::not_sent;
          info.message = std::move(message);
          return info;
      }()) {}

error::error(error const& other) noexcept : std::exception(other), shared_(other.shared_) {
    shared_->uses.fetch_add(1, std::memory_order_relaxed);
}

error& error::operator=(error const& other) noexcept {
    error copy(other);
    std::swap(shared_, copy.shared_);
    return *this;
}

error::~error() {
    if (shared_->uses.fetch_sub(1, std::memory_order_acq_rel) == 1) delete shared_;
}

char const* error::what() const noexcept { return shared_->what.c_str(); }
error_info const& error::info() const noexcept { return shared_->info; }
error_kind error::kind() const noexcept { return shared_->info.kind; }
relata::outcome error::outcome() const noexcept { return shared_->info.outcome; }
transaction_state error::transaction() const noexcept { return shared_->info.transaction; }
retry_advice error::retry() const noexcept { return shared_->info.retry; }
int error::native_code() const noexcept { return shared_->info.native_code; }
std::string const& error::sqlstate() const noexcept { return shared_->info.sqlstate; }
std::string const& error::message() const noexcept { return shared_->info.message; }
std::string const& error::constraint() const noexcept { return shared_->info.constraint; }
std::string const& error::table() const noexcept { return shared_->info.table; }
std::vector<std::string> const& error::columns() const noexcept { return shared_->info.columns; }
std::string const& error::statement() const noexcept { return shared_->info.statement; }

std::string_view name_of(error_kind kind) noexcept {
    auto const i = std::size_t(kind);
    return kind_names[i < kind_names.size() ? i : std::size_t(error_kind::unknown)];
}

std::string code_of(error_kind kind) {
    auto digits = std::to_string(unsigned(kind));
    return "RL-E" + std::string(3 - std::min<std::size_t>(3, digits.size()), '0') + digits;
}

void fail(error_kind kind, std::string_view message) { throw error(kind, std::string(message)); }

}  // namespace relata
