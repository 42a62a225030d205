// SPDX-License-Identifier: BSL-1.0

#include "migrate/effects/effects.hpp"

#include "migrate/values.hpp"

#include <algorithm>

namespace relata::migrate::effects {

namespace {

using sql_text::is;
using sql_text::name_of;
using sql_text::same_name;

// Where the name of a table begins.
std::size_t skip_words(statement const& s, std::size_t token) {
    for (auto const& words : {std::initializer_list<std::string_view>{"only"}, {"if", "exists"}}) {
        auto at = token;
        for (auto const word : words)
            if (at < s.tokens.size() && is(s.tokens[at], word)) ++at;
        if (at == token + words.size()) token = at;
    }
    return token;
}

catalog::object_name name_at(statement const& s, std::size_t token) {
    catalog::object_name found;
    if (token < s.tokens.size()) found.name = name_of(s.tokens[token]);
    if (token + 2 < s.tokens.size() && is(s.tokens[token + 1], ".")) {
        found.space = found.name == "public" ? "" : found.name;
        found.name = name_of(s.tokens[token + 2]);
    }
    return found;
}

effect effect_of(statement const& s, tables const& known, std::span<step const> earlier,
                 catalog::engine engine) {
    switch (engine) {
    case catalog::engine::postgresql: return on_postgresql(s, known, earlier);
    case catalog::engine::sqlite: return on_sqlite(s, known);
    default: return on_mysql(s, known);
    }
}

// Whether the statement writes a column anew as something that does not hold all its values.
bool loses_digits(step const& made, statement const& s, catalog::table const* table,
                  schema_change const& changes) {
    if (!table || !made.copies_rows) return false;
    auto const loses = [&](change<catalog::column> const& c) {
        return c.before && c.after && c.before->type != c.after->type && s.names(c.after->name) &&
               values::conversion_of(values::type_of(c.before->type, changes.engine),
                                     values::type_of(c.after->type, changes.engine),
                                     changes.engine) != values::conversion::keeps;
    };
    auto const change = std::ranges::find(changes.altered, table->name,
                                          [](auto const& t) { return t.before.name; });
    return change != changes.altered.end() && std::ranges::any_of(change->columns, loses);
}

}  // namespace

std::string text_of(catalog::object_name const& name) {
    return name.space.empty() ? name.name : name.space + '.' + name.name;
}

catalog::table const* tables::find(catalog::object_name const& name) const {
    auto const called = [&](catalog::object_name const& other) {
        return other.space == name.space && same_name(other.name, name.name);
    };
    for (auto const& each : changes_.altered)
        if (called(each.after.name)) return &each.before;
    auto const& all = changes_.before.tables;
    auto const found = std::ranges::find_if(all, called, &catalog::table::name);
    return found == all.end() ? nullptr : &*found;
}

catalog::table const* tables::at(statement const& s, std::size_t token) const {
    return find(name_at(s, skip_words(s, token)));
}

catalog::table const* tables::after(statement const& s, std::string_view word) const {
    auto const found = s.find({word});
    return found == std::string_view::npos ? nullptr : at(s, found + 1);
}

catalog::table const* tables::of_index(statement const& s, std::size_t token) const {
    auto const name = name_at(s, skip_words(s, token));
    auto const has = [&](catalog::table const& t) {
        return t.name.space == name.space && std::ranges::any_of(t.indexes, [&](auto const& i) {
                   return same_name(i.name, name.name);
               });
    };
    auto const& all = changes_.before.tables;
    auto const found = std::ranges::find_if(all, has);
    return found == all.end() ? nullptr : &*found;
}

void add(std::vector<step>& steps, schema_change const& changes) {
    tables const known(changes);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        auto& each = steps[i];
        auto const read = sql_text::read(each.text, changes.engine);
        for (auto const& s : read.statements) {
            auto const found = effect_of(s, known, std::span(steps).first(i), changes.engine);
            if (found.table) {
                each.table = text_of(found.table->name);
                each.estimated_rows = found.table->estimated_rows;
            }
            if (each.lock.empty() && (found.table || changes.engine == catalog::engine::sqlite)) {
                each.lock = found.lock;
                each.waits = found.waits;
            }
            each.reads_rows |= found.table && found.reads_rows;
            if (each.destroys || loses_digits(each, s, found.table, changes))
                each.reversible = false;
        }
    }
}

}  // namespace relata::migrate::effects

char const* relata::migrate::name_of(waiters who) noexcept {
    switch (who) {
    case waiters::nobody: return "nobody";
    case waiters::writers: return "writers";
    case waiters::everybody: break;
    }
    return "everybody";
}
