// SPDX-License-Identifier: BSL-1.0
/// \file
/// What a server, its rules and its connections share: the script and the record.
#pragma once

#include <relata/mock/rule.hpp>

#include <relata/dialect/dialect.hpp>
#include <relata/driver/capabilities.hpp>

#include <mutex>
#include <optional>
#include <utility>

namespace relata::mock::detail {

/// What happens at a call.
struct answer {
    std::shared_ptr<std::vector<row> const> rows;  ///< null: none were scripted
    std::vector<std::string> columns;
    std::int64_t affected = 0;
    std::optional<std::int64_t> key;
    bool makes_keys = false;  ///< 1, 2, 3, … unless a key is given
    std::optional<error_info> failure;
    bool drops = false;
    std::size_t after = 0;  ///< rows before the failure or the drop
    std::chrono::milliseconds delay{0};

    [[nodiscard]] bool breaks() const { return failure || drops; }
};

struct rule_data {
    std::optional<mock::step> only;  ///< empty: statements of any kind
    std::string pattern;             ///< plain, see pattern.hpp
    std::string shown;               ///< as it was given
    std::optional<std::vector<cell>> values;
    detail::answer answer;
    unsigned most = 0;     ///< 0: as often as you like
    bool ordered = false;  ///< must come after the ordered rules before it
    unsigned runs = 0;

    [[nodiscard]] bool used_up() const { return most != 0 && runs >= most; }
};

/// Family and version of the database that is played, and what follows from them.
struct role {
    dialect::dialect const* spelling;
    driver::capabilities can;
};
role make_role(dialect::family family, std::uint32_t version);

/// Thread-safe: every member function locks; members are used under the mutex.
struct state {
    state(std::string given_name, detail::role given_role)
        : name(std::move(given_name)), role(std::move(given_role)) {}

    std::string const name;
    detail::role const role;

    /// Records a call and finds what happens. Throws where the script forbids it.
    answer make(call made);
    /// The names of a statement's columns, by the rule that would answer it: none when it has no
    /// result, nothing when the rule does not tell. Throws for a statement without a rule.
    std::optional<std::vector<std::string>> columns_of(std::string_view sql);
    rule_data& add(rule_data made);
    unsigned open();  ///< a connection; returns its number
    void close() noexcept;
    [[nodiscard]] unsigned drop_count();

    std::mutex mutex;
    std::vector<std::unique_ptr<rule_data>> rules;
    std::vector<call> calls;
    std::vector<std::string> complaints;
    unsigned opened = 0;       ///< connections, ever
    unsigned connections = 0;  ///< that are open
    unsigned drops = 0;        ///< how often all were dropped

private:
    rule_data* find(call const& made);
    rule_data* head() noexcept;
    [[noreturn]] void out_of_order(rule_data const& found, call const& made);
    [[noreturn]] void unscripted(std::string_view sql);
    [[noreturn]] void complain(std::string message);
};

/// The server of a name, or nullptr.
std::shared_ptr<state> find_server(std::string const& name);
/// Makes it known until it is destroyed. Throws already_exists.
void keep_server(std::shared_ptr<state> const& server);

}  // namespace relata::mock::detail
