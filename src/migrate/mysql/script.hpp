// SPDX-License-Identifier: BSL-1.0
// Statements in their order, and the session that each of them needs.
#pragma once

#include "migrate/mysql/words.hpp"

#include <relata/migrate/plan.hpp>

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace relata::migrate::mysql {

namespace catalog = schema::catalog;

/// As dumps are loaded: no rule about values, and no other reading of SQL.
inline std::string const plain_mode = "NO_AUTO_VALUE_ON_ZERO";

/// Collects statements, and puts the session back in the end. None of them is in a transaction: each
/// statement that changes a schema ends the one that runs.
class script {
public:
    /// Changes the session first where the statement needs it: text of the catalogue has backslashes
    /// as escapes, which not every sql_mode reads as such.
    void add(std::string statement) {
        if (statement.find('\\') != std::string::npos) in_session(&plain_mode, nullptr);
        push({std::move(statement), false});
    }
    void add(step statement) {
        if (statement.text.find('\\') != std::string::npos) in_session(&plain_mode, nullptr);
        push(std::move(statement));
    }
    /// A program, in the session that `in_session` has prepared.
    void add_as_it_is(std::string statement) { push({std::move(statement), false}); }
    /// From here on the session has these; null: it keeps what it has.
    void in_session(std::string const* mode, std::string const* zone) {
        set("sql_mode", mode, mode_);
        set("time_zone", zone, zone_);
    }
    [[nodiscard]] std::vector<step> finish() {
        if (mode_) push({"SET sql_mode = @relata_sql_mode", false});
        if (zone_) push({"SET time_zone = @relata_time_zone", false});
        return std::move(out_);
    }

private:
    void push(step made) {
        made.in_transaction = false;
        out_.push_back(std::move(made));
    }
    void set(std::string const& variable, std::string const* wanted,
             std::optional<std::string>& now) {
        if (!wanted || now == *wanted) return;
        if (!now) push({"SET @relata_" + variable + " = @@" + variable, false});
        push({"SET " + variable + " = " + text_literal(*wanted), false});
        now = *wanted;
    }

    std::vector<step> out_;
    std::optional<std::string> mode_;
    std::optional<std::string> zone_;
};

/// Whether a default such as 0000-00-00 is there, which the usual sql_mode refuses.
[[nodiscard]] bool has_zero_date(std::vector<catalog::table> const& tables);
/// Makes these views in the order in which they need each other.
void add_views(script& to, std::vector<catalog::view> const& views);
/// Makes those of these kinds, triggers in the order in which they run.
void add_programs(script& to, std::vector<catalog::opaque> const& all,
                  std::initializer_list<std::string_view> kinds);

}  // namespace relata::migrate::mysql
