// SPDX-License-Identifier: BSL-1.0
// A rule and what it looks at. Each group of rules has a file.
#pragma once

#include "migrate/sql_text.hpp"
#include "migrate/values.hpp"

#include <relata/migrate/lint.hpp>

#include <functional>

namespace relata::migrate::lints {

namespace catalog = schema::catalog;
using catalog::engine;
using sql_text::is;
using sql_text::name_of;
using sql_text::same_name;
using sql_text::statement;
using sql_text::suppression;
using sql_text::text;
using sql_text::token;
using values::conversion;
using values::conversion_of;
using values::type;
using values::type_of;

inline std::vector<engine> const on_sqlite{engine::sqlite};
inline std::vector<engine> const on_postgresql{engine::postgresql};
inline std::vector<engine> const on_mysql{engine::mysql, engine::mariadb};
inline std::vector<engine> const on_servers{engine::postgresql, engine::mysql, engine::mariadb};
inline std::vector<engine> const on_all{engine::sqlite, engine::postgresql, engine::mysql,
                                        engine::mariadb};

/// A column that is there after the migration and was not, or not so, before.
struct new_column {
    catalog::table const& table;
    catalog::column const& column;
    bool of_new_table;
};

/// One migration before the eyes of one rule.
class subject {
public:
    subject(schema_change const& of, text const& written, lint_options const& with,
            lint_rule const& by, std::vector<finding>& to)
        : changes(of), sql(written), options(with), rule_(by), found_(to) {}

    schema_change const& changes;
    text const& sql;
    lint_options const& options;

    /// \param object table or table.column; its first mention gives the line
    void report(std::string object, std::string message, std::string safe_sql) const;
    /// … at this statement.
    void report(statement const& at, std::string object, std::string message,
                std::string safe_sql) const;
    void report_at(std::size_t line, std::string object, std::string message,
                   std::string safe_sql) const;

    /// Columns of new tables, and new ones of those that were there.
    void each_new_column(std::function<void(new_column const&)> const& look) const;
    /// Columns that stay, under whatever name.
    void each_changed_column(std::function<void(table_change const&, catalog::column const& before,
                                                catalog::column const& after)> const& look) const;

    /// The first statement about this table that has all these runs of words.
    [[nodiscard]] statement const*
    find(catalog::table const& about,
         std::initializer_list<std::initializer_list<std::string_view>> words) const;
    /// Whether rows of the table are changed first.
    [[nodiscard]] bool prepares(catalog::table const& rows_of) const;
    [[nodiscard]] bool is_new(std::string_view table) const;

    [[nodiscard]] bool on_mysql() const {
        return changes.engine == engine::mysql || changes.engine == engine::mariadb;
    }
    /// Spelled for the engine, in quotes.
    [[nodiscard]] std::string quoted(std::string_view name) const;
    [[nodiscard]] std::string quoted(catalog::object_name const& name) const;
    [[nodiscard]] std::string list(std::vector<std::string> const& columns) const;
    /// ALTER TABLE x
    [[nodiscard]] std::string alter(catalog::table const& t) const;
    /// The statements of a plan for another change of the schema before; empty where there is no plan.
    [[nodiscard]] std::string planned(std::function<void(catalog::schema&)> const& change) const;
    /// The same for one table that is there before.
    [[nodiscard]] std::string planned(catalog::object_name const& of,
                                      std::function<void(catalog::table&)> const& change) const;

private:
    lint_rule const& rule_;
    std::vector<finding>& found_;
};

struct rule {
    lint_rule about;
    void (*look)(subject const& at);
};

[[nodiscard]] inline std::string text_of(catalog::table const& t) {
    return t.name.space.empty() ? t.name.name : t.name.space + '.' + t.name.name;
}
[[nodiscard]] inline std::string text_of(catalog::table const& t, std::string_view column) {
    return text_of(t) + '.' + std::string(column);
}
[[nodiscard]] std::vector<std::string> columns_of(std::vector<catalog::part> const& parts);
[[nodiscard]] std::string const* option_of(std::vector<catalog::option> const& in,
                                           std::string_view name);
/// Columns of the primary key, of unique constraints and of unique indexes.
[[nodiscard]] bool is_unique(catalog::table const& in, std::string_view column);

void add_data_rules(std::vector<rule>& to);
void add_row_rules(std::vector<rule>& to);
void add_program_rules(std::vector<rule>& to);
void add_postgresql_lock_rules(std::vector<rule>& to);
void add_postgresql_scan_rules(std::vector<rule>& to);
void add_postgresql_type_rules(std::vector<rule>& to);
void add_mysql_rules(std::vector<rule>& to);
void add_mysql_type_rules(std::vector<rule>& to);
void add_sqlite_rules(std::vector<rule>& to);
void add_key_rules(std::vector<rule>& to);
void add_name_rules(std::vector<rule>& to);
void add_folder_rules(std::vector<rule>& to);

[[nodiscard]] std::vector<rule> const& all_rules();

}  // namespace relata::migrate::lints
