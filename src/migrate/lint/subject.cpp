// SPDX-License-Identifier: BSL-1.0

#include "migrate/lint/rule.hpp"

#include <relata/core/error.hpp>

#include <algorithm>

namespace relata::migrate::lints {

void subject::report(std::string object, std::string message, std::string safe_sql) const {
    auto const dot = object.rfind('.');
    auto const first = object.substr(0, dot);
    auto const table = first.substr(first.rfind('.') + 1);
    auto const column = dot == object.npos ? "" : object.substr(dot + 1);
    std::size_t line = 0;
    for (auto const& each : sql.statements) {
        if (!each.names(table) || (!column.empty() && !each.names(column))) continue;
        line = each.line();
        break;
    }
    report_at(line, std::move(object), std::move(message), std::move(safe_sql));
}

void subject::report(statement const& at, std::string object, std::string message,
                     std::string safe_sql) const {
    report_at(at.line(), std::move(object), std::move(message), std::move(safe_sql));
}

void subject::report_at(std::size_t line, std::string object, std::string message,
                        std::string safe_sql) const {
    found_.push_back({rule_.id,
                      rule_.severity,
                      std::move(object),
                      line,
                      std::move(message),
                      std::move(safe_sql),
                      {}});
}

void subject::each_new_column(std::function<void(new_column const&)> const& look) const {
    for (auto const& t : changes.created)
        for (auto const& c : t.columns) look({t, c, true});
    for (auto const& t : changes.altered)
        for (auto const& c : t.columns)
            if (!c.before && c.after) look({t.after, *c.after, false});
}

void subject::each_changed_column(std::function<void(table_change const&, catalog::column const&,
                                                     catalog::column const&)> const& look) const {
    for (auto const& t : changes.altered)
        for (auto const& c : t.columns)
            if (c.before && c.after) look(t, *c.before, *c.after);
}

statement const*
subject::find(catalog::table const& about,
              std::initializer_list<std::initializer_list<std::string_view>> words) const {
    for (auto const& each : sql.statements)
        if (each.names(about.name.name) &&
            std::all_of(words.begin(), words.end(), [&](auto run) { return each.has(run); }))
            return &each;
    return nullptr;
}

bool subject::prepares(catalog::table const& rows_of) const {
    return std::any_of(sql.statements.begin(), sql.statements.end(), [&](statement const& each) {
        return (each.begins({"update"}) || each.begins({"delete"}) || each.begins({"insert"})) &&
               same_name(each.table(), rows_of.name.name);
    });
}

bool subject::is_new(std::string_view table) const {
    return std::any_of(changes.created.begin(), changes.created.end(),
                       [&](auto const& t) { return same_name(t.name.name, table); });
}

std::string subject::quoted(std::string_view name) const {
    char const quote = on_mysql() ? '`' : '"';
    std::string text(1, quote);
    for (char const c : name) text.append(c == quote ? 2 : 1, c);
    return text + quote;
}
std::string subject::quoted(catalog::object_name const& name) const {
    return name.space.empty() ? quoted(name.name) : quoted(name.space) + '.' + quoted(name.name);
}
std::string subject::list(std::vector<std::string> const& columns) const {
    std::string text;
    for (auto const& each : columns) text += (text.empty() ? "" : ", ") + quoted(each);
    return text;
}
std::string subject::alter(catalog::table const& t) const {
    return "ALTER TABLE " + quoted(t.name);
}

std::string subject::planned(std::function<void(catalog::schema&)> const& change) const {
    auto wanted = changes.before;
    change(wanted);
    std::string text;
    try {
        for (auto const& step : plan(diff(changes.before, wanted)))
            text += (step.in_transaction || on_mysql() ? "" : "-- relata:outside\n") + step.text +
                    ";\n";
    } catch (error const& e) {
        if (e.kind() != error_kind::not_supported && e.kind() != error_kind::invalid_argument)
            throw;
        return {};
    }
    return text;
}
std::string subject::planned(catalog::object_name const& of,
                             std::function<void(catalog::table&)> const& change) const {
    return planned([&](catalog::schema& all) {
        for (auto& each : all.tables)
            if (each.name == of) change(each);
    });
}

std::vector<std::string> columns_of(std::vector<catalog::part> const& parts) {
    std::vector<std::string> columns;
    for (auto const& each : parts)
        if (!each.column.empty()) columns.push_back(each.column);
    return columns;
}

std::string const* option_of(std::vector<catalog::option> const& in, std::string_view name) {
    auto const at =
        std::find_if(in.begin(), in.end(), [&](auto const& each) { return each.name == name; });
    return at == in.end() ? nullptr : &at->value;
}

bool is_unique(catalog::table const& in, std::string_view column) {
    auto const has = [&](std::vector<catalog::part> const& parts) {
        return std::any_of(parts.begin(), parts.end(),
                           [&](auto const& part) { return part.column == column; });
    };
    return (in.primary && has(in.primary->parts)) ||
           std::any_of(in.uniques.begin(), in.uniques.end(),
                       [&](auto const& key) { return has(key.parts); }) ||
           std::any_of(in.indexes.begin(), in.indexes.end(),
                       [&](auto const& index) { return index.unique && has(index.parts); });
}

}  // namespace relata::migrate::lints
