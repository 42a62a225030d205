// SPDX-License-Identifier: BSL-1.0

#include "migrate/mysql/alter.hpp"

#include "migrate/mysql/ddl.hpp"

#include <algorithm>

namespace relata::migrate::mysql {

namespace {

using column_change = change<catalog::column>;

// No column becomes virtual, or ceases to be it, in its place.
bool is_made_anew(column_change const& c) {
    return c.before && c.after && c.before->computed != c.after->computed;
}
bool in_place(column_change const& c) { return c.before && c.after && !is_made_anew(c); }

template <class T> bool drops(std::vector<change<T>> const& list) {
    return std::ranges::any_of(list, [](auto const& c) { return c.before.has_value(); });
}

bool collation_changes(table_change const& c) {
    auto const* const before = find_option(c.before.options, "collate");
    auto const* const after = find_option(c.after.options, "collate");
    return before && after && *before != *after;
}

// The parts of one ALTER TABLE.
class altering {
public:
    altering(table_change const& change, catalog::engine engine)
        : change_(change), engine_(engine) {}

    void run(script& to) {
        auto const table = "ALTER TABLE " + quoted(change_.after.name);
        bool const spread = change_.partitioning;
        if (spread && !change_.before.partitioning.by.empty())
            to.add(step{table + " REMOVE PARTITIONING", false, false, true});
        drop_keys();
        for (auto const& each : change_.columns) alter(each);
        modify_more();
        add_keys();
        change_options();
        if (!text_.empty()) to.add(step{table + text_, false, destroys_, copies_});
        if (spread && !change_.after.partitioning.by.empty()) {
            to.in_session(&plain_mode, nullptr);
            to.add(step{table + ' ' + partition_clause(change_.after.partitioning), false, false,
                        true});
        }
    }

private:
    void add(std::string const& clause) {
        text_ += text_.empty() ? " " : ", ";
        text_ += clause;
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

    template <class T>
    void drop_listed(std::vector<change<T>> const& changes, std::vector<T> const& after) {
        for (auto const& each : changes)
            if (each.before) add("DROP INDEX " + quoted(each.before->name));
        for (auto const& each : after)
            if (is_again(changes, each)) add("DROP INDEX " + quoted(each.name));
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
                add((engine_ == catalog::engine::mariadb ? "DROP CONSTRAINT " : "DROP CHECK ") +
                    quoted(each.before->name));
        if (change_.primary && change_.primary->before) add("DROP PRIMARY KEY");
        drop_listed(change_.uniques, change_.after.uniques);
        drop_listed(change_.indexes, change_.after.indexes);
    }

    void add_keys() {
        if (change_.primary) copies_ = true;
        if (change_.primary && change_.primary->after)
            add("ADD " + primary_clause(*change_.primary->after));
        for (auto const& each : change_.uniques)
            if (each.after) add("ADD " + unique_clause(*each.after));
        for (auto const& each : change_.after.uniques)
            if (is_again(change_.uniques, each)) add("ADD " + unique_clause(each));
        for (auto const& each : change_.indexes)
            if (each.after) add("ADD " + index_clause(*each.after));
        for (auto const& each : change_.after.indexes)
            if (is_again(change_.indexes, each)) add("ADD " + index_clause(each));
        for (auto const& each : change_.checks)
            if (each.after && !is_of_column(*each.after)) add("ADD " + check_clause(*each.after));
    }

    // Where a column stands: behind the one that is before it in the new table.
    [[nodiscard]] std::string place_of(catalog::column const& column) const {
        auto const& all = change_.after.columns;
        auto const at = std::ranges::find(all, column.name, &catalog::column::name);
        if (at == all.begin()) return " FIRST";
        return " AFTER " + quoted(std::prev(at)->name);
    }
    void alter(column_change const& each) {
        bool const drop = each.before && (!each.after || is_made_anew(each));
        if (drop) {
            add("DROP COLUMN " + quoted(each.before->name));
            destroys_ |= each.before->computed == catalog::computed::none;
        }
        if (each.after && !in_place(each)) {
            copies_ |= each.after->computed == catalog::computed::stored;
            add("ADD COLUMN " + column_clause(change_.after, *each.after) + place_of(*each.after));
        }
        if (in_place(each)) modify(*each.before, *each.after);
    }
    void modify(catalog::column const& before, catalog::column const& after) {
        copies_ |= before.type != after.type || before.nullable != after.nullable ||
                   before.collation != after.collation || before.expression != after.expression;
        auto const clause =
            column_clause(change_.after, after) + (change_.order ? place_of(after) : "");
        if (before.name == after.name) add("MODIFY COLUMN " + clause);
        else add("CHANGE COLUMN " + quoted(before.name) + ' ' + clause);
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
            if (all || std::ranges::any_of(change_.checks, checks)) modify(column, column);
        }
        copies_ |= all;
    }

    void change_options() {
        if (change_.options) {
            copies_ = true;
            bool const versions = find_option(change_.after.options, "system versioning");
            if (versions != (find_option(change_.before.options, "system versioning") != nullptr))
                add(versions ? "ADD SYSTEM VERSIONING" : "DROP SYSTEM VERSIONING");
            for (auto const& o : change_.after.options)
                if (o.name != "system versioning")
                    add(o.value.empty() ? o.name : o.name + '=' + o.value);
            for (auto const& o : change_.before.options)
                if (o.name != "system versioning" && !find_option(change_.after.options, o.name))
                    add(o.name + '=' + usual_value(o.name));
        }
        if (change_.comment) add("COMMENT=" + text_literal(change_.after.comment));
    }
    static std::string usual_value(std::string_view option) {
        for (std::string_view const numeric :
             {"key_block_size", "checksum", "delay_key_write", "avg_row_length", "max_rows",
              "min_rows", "transactional"})
            if (option == numeric) return "0";
        return "DEFAULT";
    }

    table_change const& change_;
    catalog::engine engine_;
    std::string text_;
    bool destroys_ = false;
    bool copies_ = false;
};

}  // namespace

void add_alter_steps(script& to, table_change const& change, catalog::engine engine) {
    altering(change, engine).run(to);
}

bool disturbs_keys(table_change const& change, std::vector<std::string> const& columns) {
    auto const among = [&](column_change const& c) {
        return c.before && std::ranges::find(columns, c.before->name) != columns.end();
    };
    return drops(change.indexes) || drops(change.uniques) || change.primary.has_value() ||
           change.partitioning || change.options || std::ranges::any_of(change.columns, among);
}

}  // namespace relata::migrate::mysql
