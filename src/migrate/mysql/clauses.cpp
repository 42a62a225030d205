// SPDX-License-Identifier: BSL-1.0

#include "migrate/mysql/clauses.hpp"

#include "migrate/mysql/ddl.hpp"
#include "migrate/mysql/words.hpp"

#include <algorithm>

namespace relata::migrate::mysql {

namespace {

using column_change = change<catalog::column>;

// No column becomes virtual, or ceases to be it, in its place.
bool is_made_anew(column_change const& c) {
    return c.before && c.after && c.before->computed != c.after->computed;
}
bool in_place(column_change const& c) { return c.before && c.after && !is_made_anew(c); }

// In the order in which one statement has them.
class altering {
public:
    altering(table_change const& change, ways const& how, catalog::engine engine, bool apart)
        : change_(change), how_(how), engine_(engine), apart_(apart) {}

    std::vector<clause> made() {
        drop_keys();
        for (auto const& each : change_.columns) alter(each);
        modify_more();
        add_keys();
        change_options();
        return std::move(out_);
    }

private:
    clause& add(stage at, std::string text, way online) {
        out_.push_back({std::move(text), at, std::move(online)});
        return out_.back();
    }

    // Whether this key has a column that is dropped and made anew in the same statement, which would
    // quietly leave it out of the key.
    template <class T> [[nodiscard]] bool loses_column(T const& key) const {
        return std::ranges::any_of(key.parts, [&](catalog::part const& part) {
            return std::ranges::any_of(change_.columns, [&](column_change const& c) {
                return is_made_anew(c) && c.after->name == part.column;
            });
        });
    }
    // Whether it can go in the statement that makes the new one of its name.
    template <class T> [[nodiscard]] bool goes_at_once(change<T> const& key) const {
        return apart_ && key.before && key.after && key.before->name == key.after->name &&
               std::ranges::none_of(key.before->parts, [&](catalog::part const& part) {
                   return std::ranges::any_of(change_.columns, [&](column_change const& c) {
                       return c.before && c.before->name == part.column &&
                              (!in_place(c) || c.before->type != c.after->type);
                   });
               });
    }

    template <class T>
    void drop_listed(std::vector<change<T>> const& changes, std::vector<T> const& after) {
        for (auto const& each : changes)
            if (each.before && !goes_at_once(each)) drop_index(each.before->name);
        for (auto const& each : after)
            if (is_again(changes, each)) drop_index(each.name);
    }
    void drop_index(std::string const& name) {
        add(stage::keys_go, "DROP INDEX " + quote_name(name), ways::drop_key());
    }
    template <class T>
    [[nodiscard]] bool is_again(std::vector<change<T>> const& changes, T const& key) const {
        return loses_column(key) && std::ranges::none_of(changes, [&](auto const& each) {
                   return each.after && each.after->name == key.name;
               });
    }

    void drop_keys() {
        for (auto const& each : change_.checks)
            if (each.before && !is_of_column(*each.before))
                add(stage::checks_go,
                    (engine_ == catalog::engine::mariadb ? "DROP CONSTRAINT " : "DROP CHECK ") +
                        quote_name(each.before->name),
                    {});
        if (change_.primary && change_.primary->before && !primary_goes_at_once())
            add(stage::keys_go, "DROP PRIMARY KEY", how_.primary()).writes_rows = true;
        drop_listed(change_.uniques, change_.after.uniques);
        drop_listed(change_.indexes, change_.after.indexes);
    }
    [[nodiscard]] bool primary_goes_at_once() const {
        return apart_ && change_.primary->before && change_.primary->after;
    }

    void add_keys() {
        if (change_.primary && change_.primary->after) add_primary(*change_.primary->after);
        add_listed(change_.uniques, change_.after.uniques, unique_clause);
        add_listed(change_.indexes, change_.after.indexes, index_clause);
        for (auto const& each : change_.checks)
            if (each.after && !is_of_column(*each.after))
                add(stage::checks_come, "ADD " + check_clause(*each.after), ways::add_check());
    }
    void add_primary(catalog::key const& key) {
        add(stage::keys_come,
            (primary_goes_at_once() ? "DROP PRIMARY KEY, ADD " : "ADD ") + primary_clause(key),
            how_.primary())
            .writes_rows = true;
    }
    template <class T>
    void add_listed(std::vector<change<T>> const& changes, std::vector<T> const& after,
                    std::string (*spelled)(T const&)) {
        for (auto const& each : changes)
            if (each.after)
                add_key(*each.after, spelled,
                        goes_at_once(each) ? "DROP INDEX " + quote_name(each.before->name) + ", "
                                           : "");
        for (auto const& each : after)
            if (is_again(changes, each)) add_key(each, spelled, "");
    }
    template <class T>
    void add_key(T const& key, std::string (*spelled)(T const&), std::string const& first) {
        auto& made = add(stage::keys_come, first + "ADD " + spelled(key), how_.add(key));
        made.alone = made.online.how == manner::shared ||
                     std::ranges::any_of(key.parts, [](auto const& p) { return p.column.empty(); });
    }

    // Where a column stands: behind the one that is before it in the new table.
    [[nodiscard]] std::string place_of(catalog::column const& column) const {
        if (apart_) return {};
        auto const& all = change_.after.columns;
        auto const at = std::ranges::find(all, column.name, &catalog::column::name);
        if (at == all.begin()) return " FIRST";
        return " AFTER " + quote_name(std::prev(at)->name);
    }
    void alter(column_change const& each) {
        if (in_place(each)) return modify(*each.before, *each.after);
        if (each.before) {
            bool const computed = each.before->computed != catalog::computed::none;
            add(computed ? stage::computed_go : stage::columns_go,
                "DROP COLUMN " + quote_name(each.before->name), how_.drop(*each.before))
                .destroys = !computed;
        }
        if (each.after) {
            bool const computed = each.after->computed != catalog::computed::none;
            add(computed ? stage::computed_come : stage::columns_come,
                "ADD COLUMN " + column_clause(change_.after, *each.after) + place_of(*each.after),
                how_.add(*each.after))
                .writes_rows = each.after->computed == catalog::computed::stored;
        }
    }
    void modify(catalog::column const& before, catalog::column const& after) {
        auto const line =
            column_clause(change_.after, after) + (change_.order ? place_of(after) : "");
        add(stage::columns_change,
            before.name == after.name ? "MODIFY COLUMN " + line
                                      : "CHANGE COLUMN " + quote_name(before.name) + ' ' + line,
            how_.modify(before, after))
            .writes_rows = before.type != after.type || before.nullable != after.nullable ||
                           before.collation != after.collation ||
                           before.expression != after.expression;
    }

    // Columns that are the same, but whose line is not: a check in it (MariaDB), the collation that
    // they have from the table, their place.
    void modify_more() {
        bool const all = change_.order || collation_changes(change_);
        for (auto const& column : change_.after.columns) {
            auto const changed = [&](column_change const& c) {
                return c.after && c.after->name == column.name;
            };
            if (std::ranges::any_of(change_.columns, changed)) continue;
            auto const checks = [&](change<catalog::check> const& c) {
                return (c.before && is_of_column(*c.before) && c.before->name == column.name) ||
                       (c.after && is_of_column(*c.after) && c.after->name == column.name);
            };
            if (!all && std::ranges::none_of(change_.checks, checks)) continue;
            modify(column, column);
            out_.back().writes_rows = all;
        }
    }

    void change_options() {
        if (change_.comment)
            add(stage::options, "COMMENT=" + text_literal(change_.after.comment), how_.comment());
        if (!change_.options) return;
        bool const versions = find_option(change_.after.options, "system versioning");
        if (versions != (find_option(change_.before.options, "system versioning") != nullptr))
            set("system versioning", versions ? "ADD SYSTEM VERSIONING" : "DROP SYSTEM VERSIONING");
        for (auto const& o : change_.after.options)
            if (o.name != "system versioning" && !is_kept(o))
                set(o.name, o.value.empty() ? o.name : o.name + '=' + o.value);
        for (auto const& o : change_.before.options)
            if (o.name != "system versioning" && !find_option(change_.after.options, o.name))
                set(o.name, o.name + '=' + usual_value(o.name));
    }
    [[nodiscard]] bool is_kept(catalog::option const& option) const {
        return std::ranges::find(change_.before.options, option) != change_.before.options.end();
    }
    void set(std::string const& option, std::string text) {
        add(stage::options, std::move(text), how_.option(option)).writes_rows = true;
    }
    static std::string usual_value(std::string_view option) {
        for (std::string_view const numeric :
             {"key_block_size", "checksum", "delay_key_write", "avg_row_length", "max_rows",
              "min_rows", "transactional"})
            if (option == numeric) return "0";
        return "DEFAULT";
    }

    table_change const& change_;
    ways const& how_;
    catalog::engine engine_;
    bool apart_;
    std::vector<clause> out_;
};

}  // namespace

std::vector<clause> clauses_of(table_change const& change, ways const& how, catalog::engine engine,
                               bool apart) {
    return altering(change, how, engine, apart).made();
}

}  // namespace relata::migrate::mysql
