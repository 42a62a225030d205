// SPDX-License-Identifier: BSL-1.0
// relata:renamed from=NAME in the comment of a table or column; what structs say is put there too.

#include "migrate/diff_rules.hpp"
#include "migrate/characters.hpp"

#include <relata/core/error.hpp>
#include <relata/schema/model.hpp>

#include <algorithm>

namespace relata::migrate {

namespace {

namespace catalog = schema::catalog;

constexpr std::string_view mark_words = "relata:renamed";

// The mark that begins at `at`: the name in it, empty where it has none, and its end.
struct mark {
    std::string from;
    std::size_t end;
};
mark mark_at(std::string_view text, std::size_t at) {
    at += mark_words.size();
    while (at < text.size() && is_space(text[at])) ++at;
    constexpr std::string_view from = "from=";
    if (text.substr(at, from.size()) != from) return {{}, at};
    at += from.size();
    mark found{{}, at};
    if (at < text.size() && text[at] == '"') {
        for (++at; at < text.size(); ++at) {
            if (text[at] == '"' && text.substr(at, 2) != "\"\"") break;
            found.from += text[at];
            if (text[at] == '"') ++at;
        }
        found.end = std::min(at + 1, text.size());
        return found;
    }
    while (at < text.size() && !is_space(text[at]) && text[at] != ';' && text[at] != ',') ++at;
    found.from = text.substr(found.end, at - found.end);
    found.end = at;
    return found;
}

// The comment without what stands from `begin` to `end`, and without the separator that is left over.
void cut(std::string& comment, std::size_t begin, std::size_t end) {
    auto const is_separator = [](char c) { return is_space(c) || c == ';'; };
    while (begin > 0 && is_separator(comment[begin - 1])) --begin;
    if (begin == 0)
        while (end < comment.size() && is_separator(comment[end])) ++end;
    comment.erase(begin, end - begin);
}

// Takes all marks out of a comment and returns their names. One that is not understood stays, or is refused.
std::vector<std::string> take_marks(std::string& comment, std::string const& of, bool refuses) {
    std::vector<std::string> names;
    for (auto at = comment.find(mark_words); at != std::string::npos;
         at = comment.find(mark_words)) {
        auto found = mark_at(comment, at);
        if (found.from.empty() && !refuses) break;
        if (found.from.empty())
            fail(error_kind::invalid_argument, "the comment of " + of +
                                                   " has a mark that is not understood; write " +
                                                   std::string(mark_words) + " from=OLD_NAME");
        names.push_back(std::move(found.from));
        cut(comment, at, found.end);
    }
    return names;
}

std::string const& name_at(schema::table const& in, schema::column_path path) {
    return std::find_if(in.columns.begin(), in.columns.end(),
                        [&](auto const& c) { return c.path == path; })
        ->name;
}

catalog::column& column_of(catalog::table& t, std::string_view name) {
    return *std::find_if(t.columns.begin(), t.columns.end(),
                         [&](auto const& c) { return c.name == name; });
}

bool is_told(diff_options const& options, renamed_table const& mark, engine_equality const& by) {
    return std::any_of(options.tables.begin(), options.tables.end(), [&](auto const& each) {
        return by.names(each.from, mark.from) || by.names(each.to, mark.to);
    });
}
bool is_told(diff_options const& options, renamed_column const& mark, engine_equality const& by) {
    return std::any_of(options.columns.begin(), options.columns.end(), [&](auto const& each) {
        return by.names(each.table, mark.table) &&
               (by.names(each.from, mark.from) || by.names(each.to, mark.to));
    });
}

}  // namespace

std::string only_marks(std::string_view comment) {
    std::string all;
    for (auto at = comment.find(mark_words); at != comment.npos;) {
        auto const end = mark_at(comment, at).end;
        all.append(all.empty() ? "" : " ").append(comment.substr(at, end - at));
        at = comment.find(mark_words, end);
    }
    return all;
}

void put_mark(std::string& comment, std::string_view from) {
    comment.append(comment.empty() ? "" : "; ").append(mark_words).append(" from=\"");
    for (char const c : from) comment.append(c == '"' ? 2 : 1, c);
    comment += '"';
}

void put_marks(catalog::schema& of, std::vector<schema::table_ref> const& tables) {
    for (auto const each : tables) {
        auto const& data = each();
        auto const& model = schema::model_of(data);
        auto const table = std::find_if(of.tables.begin(), of.tables.end(),
                                        [&](auto const& t) { return t.name.name == model.name; });
        if (table == of.tables.end()) continue;
        for (auto const* item = data.items; item != data.items + data.item_count; ++item) {
            if (item->kind != schema::item_kind::renamed_from) continue;
            if (item->column_count == 0) put_mark(table->comment, item->name);
            else put_mark(column_of(*table, name_at(model, item->columns[0])).comment, item->name);
        }
    }
}

void take_marks(catalog::schema& of, diff_options* to) {
    engine_equality const by(of.engine);
    diff_options found;
    for (auto& table : of.tables) {
        for (auto& name : take_marks(table.comment, table.name.name, to != nullptr))
            found.tables.push_back({{table.name.space, std::move(name)}, table.name});
        for (auto& column : table.columns)
            for (auto& name :
                 take_marks(column.comment, table.name.name + '.' + column.name, to != nullptr))
                found.columns.push_back({table.name, std::move(name), column.name});
    }
    if (!to) return;
    std::erase_if(found.tables, [&](auto const& each) { return is_told(*to, each, by); });
    std::erase_if(found.columns, [&](auto const& each) { return is_told(*to, each, by); });
    to->tables.insert(to->tables.end(), found.tables.begin(), found.tables.end());
    to->columns.insert(to->columns.end(), found.columns.begin(), found.columns.end());
}

}  // namespace relata::migrate
