// SPDX-License-Identifier: BSL-1.0
/// \file
/// The driver under test, as a case sees it: connections, scratch tables, and checks that are counted.
#pragma once

#include "conformance/capability.hpp"
#include "conformance/ledger.hpp"
#include "conformance/value.hpp"

#include <relata/driver/driver.hpp>
#include <relata/engine/database.hpp>
#include <relata/schema/model.hpp>

#include <deque>
#include <initializer_list>
#include <memory>
#include <source_location>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace relata::conformance {

/// Ends a case early; caught by the frame only, so it is no std::exception.
struct end_of_case {};

/// One or several kinds of error.
class kinds {
public:
    kinds(error_kind one) : list_{one} {}
    kinds(std::initializer_list<error_kind> several) : list_(several) {}
    [[nodiscard]] bool has(error_kind kind) const;
    [[nodiscard]] std::string text() const;

private:
    std::vector<error_kind> list_;
};

/// How a value is written in messages.
template <class T> std::string shown(T const& it) {
    if constexpr (std::is_same_v<T, bool>) return it ? "true" : "false";
    else if constexpr (std::is_same_v<T, error_kind>) return std::string(name_of(it));
    else if constexpr (std::is_enum_v<T>) return std::to_string(std::int64_t(it));
    else if constexpr (std::is_arithmetic_v<T>) return std::to_string(it);
    else if constexpr (std::is_convertible_v<T const&, std::string_view>)
        return "'" + std::string(std::string_view(it)) + "'";
    else if constexpr (requires { it.shown(); }) return it.shown();
    else if constexpr (requires { it.has_value(); }) return it ? shown(*it) : "nothing";
    else {
        std::string text = "[";
        for (auto const& each : it) text += (text.size() > 1 ? ", " : "") + shown(each);
        return text + "]";
    }
}

/// What a case is given. Used by one thread, except for check, equal, throws and note.
class subject {
public:
    using where = std::source_location;

    subject(driver::entry const& entry, std::string url, std::string case_id, ledger& to);
    ~subject();
    subject(subject const&) = delete;
    subject& operator=(subject const&) = delete;

    /// On a slow or busy machine all limits of time are stretched by this factor.
    void stretch(double factor) { seconds_factor_ = factor; }
    /// A limit in milliseconds, stretched.
    [[nodiscard]] std::int64_t limit(std::int64_t milliseconds) const {
        return std::int64_t(double(milliseconds) * seconds_factor_);
    }

    // --- the driver ---

    [[nodiscard]] driver::entry const& entry() const { return entry_; }
    [[nodiscard]] std::string const& url() const { return url_; }
    /// The URL with further options, such as "pool_size=1&statement_cache=0".
    [[nodiscard]] std::string url_with(std::string_view options) const;
    /// The URL taken apart.
    [[nodiscard]] driver::address const& address() const { return address_; }
    /// The options that the driver takes in such a URL.
    [[nodiscard]] std::vector<std::string_view> options() const;
    [[nodiscard]] bool has_option(std::string_view name) const;
    /// A new connection through the driver interface; with other options; to another address.
    [[nodiscard]] std::unique_ptr<driver::connection> connect() const;
    [[nodiscard]] std::unique_ptr<driver::connection> connect(std::string_view options) const;
    [[nodiscard]] std::unique_ptr<driver::connection>
    connect_to(driver::address const& there) const;
    /// A database of the engine, with its pool. `options` as in url_with.
    [[nodiscard]] database open(std::string_view options = "") const;
    /// The case's own connection, made on first use.
    [[nodiscard]] driver::connection& connection();
    /// What the driver declares.
    [[nodiscard]] driver::capabilities const& can() { return connection().can(); }
    [[nodiscard]] dialect::dialect const& spelling() { return connection().spelling(); }

    // --- capabilities ---

    /// Ends the case as "declared" when the driver says that it lacks this.
    void needs(bool driver::capabilities::* member);
    /// The same for an isolation level.
    void needs(isolation level);
    /// The same for what no member of type bool tells: `name` is that of the declaration.
    void needs(bool there, std::string_view name);

    // --- scratch room ---

    /// A name for a table that no other case and no other run uses. `hint` is a few small letters.
    [[nodiscard]] std::string fresh_name(std::string_view hint = "t");
    /// Creates a table (through the dialect, with a fresh name where it has none) that is dropped at
    /// the end of the case, also when the driver crashes.
    schema::table const& create(schema::table shape);
    /// Tells of a table that the case makes by itself: it is dropped in the end.
    void drop_later(std::string const& table);
    /// An empty folder, removed in the end.
    [[nodiscard]] std::string const& folder();

    // --- checks ---

    /// Counts a check; a failed one is written down and the case goes on.
    bool check(bool holds, std::string_view what, where at = where::current());
    /// Checks that two things are equal.
    template <class E, class A>
    bool equal(E const& expected, A const& actual, std::string_view what,
               where at = where::current()) {
        if (same(expected, actual)) return check(true, what, at);
        return mismatch(shown(expected), shown(actual), what, at);
    }
    /// A check that the rest of the case builds on: ends the case when it fails.
    void demand(bool holds, std::string_view what, where at = where::current());
    /// Checks that `action` throws a relata::error of one of the kinds, whose what() is one line
    /// without a secret and without the texts in `hidden`. Returns what is known about the error.
    template <class Action>
    error_info throws(kinds const& expected, Action&& action, std::string_view what,
                      std::vector<std::string> const& hidden = {}, where at = where::current()) {
        try {
            step(what, at);
            static_cast<Action&&>(action)();
        } catch (error const& e) {
            return judge(expected, e, what, hidden, at);
        }
        return nothing_thrown(expected, what, at);
    }
    /// A remark for the report.
    void note(std::string_view text);
    /// Says what the case is at: told when the driver crashes or hangs. Checks do it too.
    void step(std::string_view what, where at = where::current());

private:
    template <class E, class A> static bool same(E const& expected, A const& actual) {
        if constexpr (std::is_integral_v<E> && std::is_integral_v<A> && !std::is_same_v<E, bool> &&
                      !std::is_same_v<A, bool>)
            return std::cmp_equal(expected, actual);
        else return expected == actual;
    }
    bool mismatch(std::string const& expected, std::string const& actual, std::string_view what,
                  where at);
    error_info judge(kinds const& expected, error const& e, std::string_view what,
                     std::vector<std::string> const& hidden, where at);
    error_info nothing_thrown(kinds const& expected, std::string_view what, where at);
    void drop_tables() noexcept;
    void needs_rows(driver::capabilities const& can) const;

    double seconds_factor_ = 1;
    driver::entry const& entry_;
    std::string url_;
    driver::address address_;
    std::string case_id_;
    ledger& ledger_;
    std::unique_ptr<driver::connection> connection_;
    std::deque<schema::table> tables_;
    std::string folder_;
    unsigned names_ = 0;
};

}  // namespace relata::conformance
