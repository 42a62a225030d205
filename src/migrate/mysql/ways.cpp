// SPDX-License-Identifier: BSL-1.0

#include "migrate/mysql/ways.hpp"

#include "migrate/mysql/ddl.hpp"
#include "migrate/mysql/words.hpp"
#include "migrate/values.hpp"

#include <algorithm>
#include <initializer_list>

namespace relata::migrate::mysql {

namespace {

way copied(std::string why) { return {manner::copied, true, std::move(why)}; }

way slower(way a, way b) {
    auto& worse = a.how < b.how ? b : a;
    worse.writes_rows = a.writes_rows || b.writes_rows;
    return worse;
}

bool is_special(catalog::index const& i) { return i.method == "fulltext" || i.method == "spatial"; }
bool counts(std::optional<catalog::column> const& c) {
    return c && c->identity != catalog::identity::none;
}
bool has_column(std::vector<catalog::part> const& parts, std::string const& column) {
    return std::ranges::find(parts, column, &catalog::part::column) != parts.end();
}

std::string value_of(catalog::table const& table, std::string_view option) {
    auto const* const found = find_option(table.options, option);
    return found ? *found : std::string();
}
bool is_small_word(std::string const& text, std::string_view wanted) {
    return std::ranges::equal(text, wanted, [](char a, char b) { return (a | 0x20) == b; });
}

// A unique key without NULL serves where there is no primary one.
bool orders_by_unique(catalog::table const& t) {
    auto const is_nullable = [&](catalog::part const& part) {
        auto const at = std::ranges::find(t.columns, part.column, &catalog::column::name);
        return at == t.columns.end() || at->nullable;
    };
    return !t.primary && std::ranges::any_of(t.uniques, [&](catalog::key const& key) {
        return std::ranges::none_of(key.parts, is_nullable);
    });
}

// A value that is the same in all rows.
bool is_constant(std::string const& value) {
    return value.find('(') == value.npos || value.starts_with('\'') ||
           is_small_word(value.substr(0, std::string_view("current_timestamp").size()),
                         "current_timestamp");
}

std::string charset_of(std::string const& collation) {
    return collation.substr(0, collation.find('_'));
}

// Bytes of a character; 0: we do not know.
std::int64_t width_of(std::string const& charset) {
    if (charset == "utf8mb4") return 4;
    if (charset == "utf8mb3" || charset == "utf8") return 3;
    if (charset == "latin1" || charset == "ascii" || charset == "binary") return 1;
    return 0;
}

// The members of an enumeration are numbers of one or two bytes, and bits of a set.
std::size_t bytes_of(values::type const& t) {
    if (t.name == "enum") return t.labels.size() < 256 ? 1 : 2;
    auto const bytes = (t.labels.size() + 7) / 8;
    return bytes > 4 ? 8 : bytes;
}
bool gets_labels(values::type const& was, values::type const& now) {
    return was.is == values::type::family::enumeration && was.name == now.name &&
           was.labels.size() <= now.labels.size() &&
           std::equal(was.labels.begin(), was.labels.end(), now.labels.begin()) &&
           bytes_of(was) == bytes_of(now);
}

bool is_among(std::string_view name, std::initializer_list<std::string_view> all) {
    return std::ranges::find(all, name) != all.end();
}

}  // namespace

bool collation_changes(table_change const& c) {
    auto const* const before = find_option(c.before.options, "collate");
    auto const* const after = find_option(c.after.options, "collate");
    return before && after && *before != *after;
}

ways::ways(table_change const& change, catalog::engine engine) : change_(change), engine_(engine) {
    for (auto const* side : {&change.before, &change.after}) {
        special_ = special_ || std::ranges::any_of(side->indexes, is_special);
        computed_ = computed_ || std::ranges::any_of(side->columns, [](auto const& c) {
                        return c.computed != catalog::computed::none;
                    });
        compressed_ = compressed_ || is_small_word(value_of(*side, "row_format"), "compressed") ||
                      find_option(side->options, "key_block_size") != nullptr;
    }
}

std::optional<way> ways::together() const {
    for (auto const* side : {&change_.before, &change_.after}) {
        if (!is_small_word(value_of(*side, "engine"), "innodb"))
            return copied("only InnoDB changes tables that are in use");
        if (find_option(side->options, "system versioning"))
            return copied("the table keeps old versions of its rows");
    }
    if (collation_changes(change_)) return copied("the table gets another collation");
    if (change_.order) return copied("the columns get another order");
    auto const recounts = [](auto const& c) {
        return (counts(c.before) || counts(c.after)) &&
               !(c.before && c.after && c.before->identity == c.after->identity);
    };
    if (std::ranges::any_of(change_.columns, recounts))
        return copied("AUTO_INCREMENT comes and goes together with a key");
    // a column that counts is never without a key
    auto const loses_key = [&](auto const& c) {
        return c.before && !c.before->parts.empty() &&
               std::ranges::any_of(change_.before.columns, [&](auto const& column) {
                   return counts(column) && column.name == c.before->parts.front().column;
               });
    };
    if (std::ranges::any_of(change_.uniques, loses_key) ||
        std::ranges::any_of(change_.indexes, loses_key))
        return copied("the key of an AUTO_INCREMENT column changes");
    if ((orders_by_unique(change_.before) || orders_by_unique(change_.after)) && changes_keys())
        return copied("without a primary key a unique one orders the rows");
    if (!change_.primary || !change_.primary->before) return std::nullopt;
    for (auto const& c : change_.columns)
        for (auto const* key : {&change_.primary->before, &change_.primary->after})
            if (*key && ((c.before && has_column((*key)->parts, c.before->name)) ||
                         (c.after && has_column((*key)->parts, c.after->name))))
                return computed_ ? copied("the table has computed columns") : way{};
    return std::nullopt;
}

bool ways::changes_keys() const {
    return change_.primary || !change_.uniques.empty() ||
           std::ranges::any_of(change_.columns, [](auto const& c) {
               return c.before && c.after && c.before->nullable != c.after->nullable;
           });
}

way ways::rewrite() const {
    if (special_) return copied("the table has a FULLTEXT or SPATIAL index");
    return {manner::in_place, true};
}

// One column more or less.
way ways::column_set() const {
    if (special_ || compressed_) return rewrite();
    return {};
}

way ways::add(catalog::column const& column) const {
    auto const has_check = [&](auto const& c) { return is_of_column(c) && c.name == column.name; };
    if (std::ranges::any_of(change_.after.checks, has_check)) return add_check();
    if (column.computed == catalog::computed::stored)
        return copied("a stored expression is computed for all rows");
    if (column.computed == catalog::computed::on_read) return {};
    if (column.default_value && !is_constant(*column.default_value))
        return copied("the default is computed for each row");
    return column_set();
}

way ways::drop(catalog::column const& column) const {
    return column.computed == catalog::computed::on_read ? way{} : column_set();
}

way ways::modify(catalog::column const& before, catalog::column const& after) const {
    auto const proves = [&](auto const& c) {
        return c.after && is_of_column(*c.after) && c.after->name == after.name;
    };
    if (std::ranges::any_of(change_.checks, proves)) return add_check();
    if (before.expression != after.expression)
        return copied("a computed column gets another expression");
    for (auto const* option : {"srid", "without system versioning"}) {
        auto const* const was = find_option(before.options, option);
        auto const* const is = find_option(after.options, option);
        if ((was ? *was : "") != (is ? *is : "") || (was == nullptr) != (is == nullptr))
            return copied("a column gets another option");
    }
    way all;
    if (before.nullable != after.nullable)
        all = on_mariadb() && computed_ ? copied("the table has computed columns") : rewrite();
    if (before.type != after.type) all = slower(all, retype(before, after));
    if (collation_of(before, true) != collation_of(after, false))
        all = slower(all, recollate(before, after));
    return all;
}

std::string ways::collation_of(catalog::column const& column, bool before) const {
    if (!column.collation.empty()) return column.collation;
    return value_of(before ? change_.before : change_.after, "collate");
}

// The number of bytes that say how long a text is stays the same. MariaDB can do it for some columns where it
// does not.
bool ways::is_longer(catalog::column const& before, catalog::column const& after) const {
    auto const was = values::type_of(before.type, engine_);
    auto const now = values::type_of(after.type, engine_);
    bool const bytes = was.name == "varbinary";
    if (was.name != now.name || (was.name != "varchar" && !bytes) || was.size > now.size)
        return false;
    auto const known = bytes ? 1 : width_of(charset_of(collation_of(before, true)));
    for (std::int64_t const width : {1, 2, 3, 4})
        if ((known == 0 || known == width) && (was.size * width < 256) != (now.size * width < 256))
            return false;
    return true;
}

bool ways::is_in_key(catalog::column const& column) const {
    auto const has = [&](auto const& key) { return has_column(key.parts, column.name); };
    return (change_.before.primary && has(*change_.before.primary)) ||
           std::ranges::any_of(change_.before.uniques, has) ||
           std::ranges::any_of(change_.before.indexes, has);
}

way ways::retype(catalog::column const& before, catalog::column const& after) const {
    if (gets_labels(values::type_of(before.type, engine_), values::type_of(after.type, engine_)))
        return {};
    if (is_longer(before, after)) return {on_mariadb() ? manner::instant : manner::in_place};
    return copied("another type is written into all rows");
}

way ways::recollate(catalog::column const& before, catalog::column const& after) const {
    bool const same =
        charset_of(collation_of(before, true)) == charset_of(collation_of(after, false));
    if (same && !computed_ && !is_in_key(before)) return {manner::in_place};
    return copied("a column gets another collation");
}

way ways::primary() const {
    if (!change_.primary->after) return copied("rows lie in the order of the primary key");
    return rewrite();
}

way ways::add(catalog::key const& unique) const {
    // MariaDB keeps a hidden column for it
    if (auto const* const method = find_option(unique.options, "method");
        method && is_small_word(*method, "hash"))
        return copied("a unique key over long values is computed for all rows");
    return {manner::in_place, false, {}, true};
}

way ways::add(catalog::index const& index) const {
    if (is_special(index))
        return {manner::shared, true, "a FULLTEXT or SPATIAL index is filled", true};
    return {manner::in_place, false, {}, true};
}

way ways::add_check() { return copied("a check is proved on all rows"); }

way ways::option(std::string const& name) const {
    if (is_among(name, {"row_format", "key_block_size"})) return rewrite();
    if (is_among(name, {"stats_persistent", "stats_auto_recalc", "stats_sample_pages"}))
        return {manner::in_place};
    return copied("the table gets another option");
}

way ways::comment() const { return {on_mariadb() ? manner::instant : manner::in_place}; }

}  // namespace relata::migrate::mysql
