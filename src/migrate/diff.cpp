// SPDX-License-Identifier: BSL-1.0

#include <relata/migrate/diff.hpp>

#include "migrate/diff_rules.hpp"

#include <relata/core/error.hpp>

#include <algorithm>
#include <tuple>

namespace relata::migrate {

namespace {

namespace catalog = schema::catalog;

catalog::table const* find(catalog::schema const& in, catalog::object_name const& name,
                           engine_equality const& by) {
    if (auto const* exact = in.find(name)) return exact;
    auto const at = std::find_if(in.tables.begin(), in.tables.end(),
                                 [&](auto const& t) { return by.names(t.name, name); });
    return at == in.tables.end() ? nullptr : &*at;
}

bool has_column(catalog::table const& t, std::string_view name, engine_equality const& by) {
    return std::any_of(t.columns.begin(), t.columns.end(),
                       [&](auto const& c) { return by.names(c.name, name); });
}

// Objects of the schema by what identifies them. Both lists are sorted by it or short.
template <class T, class Key>
std::vector<change<T>> compare_objects(std::vector<T> const& before, std::vector<T> const& after,
                                       Key const& key) {
    std::vector<change<T>> changes;
    auto const in = [&](std::vector<T> const& list, T const& wanted) {
        auto const at = std::find_if(list.begin(), list.end(),
                                     [&](T const& each) { return key(each) == key(wanted); });
        return at == list.end() ? nullptr : &*at;
    };
    for (auto const& each : before) {
        auto const* now = in(after, each);
        if (!now) changes.push_back({each, std::nullopt});
        else if (!(each == *now)) changes.push_back({each, *now});
    }
    for (auto const& each : after)
        if (!in(before, each)) changes.push_back({std::nullopt, each});
    return changes;
}

class schema_difference {
public:
    schema_difference(catalog::schema const& before, catalog::schema const& after,
                      diff_options const& options)
        : options_(options), by_(after.engine) {
        to_.engine = after.engine;
        to_.before = before;
        to_.after = after;
        take_marks(to_.before, nullptr);
        take_marks(to_.after, &options_);
        renamed_ = to_.before;
    }

    schema_change made() {
        apply_marks();
        compare_tables_of_schema();
        compare_rest();
        find_ambiguous_tables();
        for (auto const& each : to_.altered) find_ambiguous_columns(each);
        return std::move(to_);
    }

private:
    // Marks may be chained: one takes the name that another frees, in whatever order they come.
    void apply_marks() {
        while (apply_any(options_.tables) || apply_any(options_.columns)) {}
        refuse_exchanges(options_.tables);
        refuse_exchanges(options_.columns);
    }
    template <class Marks> bool apply_any(Marks const& marks) {
        return std::any_of(marks.begin(), marks.end(), [&](auto const& each) {
            if (!is_wanted(each) || is_taken(each)) return false;
            apply(each);
            return true;
        });
    }
    // Whether these marks give two names to each other. After the exchange the same names are
    // there, so that nobody could tell whether it is still to be done.
    template <class Marks> void refuse_exchanges(Marks const& marks) const {
        for (auto const& each : marks)
            if (is_wanted(each) && is_taken(each) && in_circle(marks, each))
                throw error(error_kind::invalid_argument,
                            "marks of renames give names to each other in a circle; rename over a "
                            "third name, in two migrations");
    }
    template <class Marks, class Mark>
    [[nodiscard]] bool in_circle(Marks const& marks, Mark const& start) const {
        auto const* at = &start;
        for (std::size_t steps = 0; steps < marks.size(); ++steps) {
            auto const next = std::find_if(marks.begin(), marks.end(),
                                           [&](auto const& each) { return frees(each, *at); });
            if (next == marks.end()) return false;
            at = &*next;
            if (at == &start) return steps > 0;  // else a mark that changes case only
        }
        return false;
    }

    void apply(renamed_table const& mark) {
        rename_table(renamed_, find(renamed_, mark.from, by_)->name, mark.to);
    }
    [[nodiscard]] bool is_wanted(renamed_table const& mark) const {
        return !mark.to.name.empty() && find(renamed_, mark.from, by_) &&
               find(to_.after, mark.to, by_);
    }
    [[nodiscard]] bool is_taken(renamed_table const& mark) const {
        return find(renamed_, mark.to, by_) != nullptr;
    }
    [[nodiscard]] bool frees(renamed_table const& one, renamed_table const& wanted) const {
        return by_.names(one.from, wanted.to);
    }

    void apply(renamed_column const& mark) {
        rename_column(renamed_, find(renamed_, mark.table, by_)->name, mark.from, mark.to);
    }
    [[nodiscard]] bool is_wanted(renamed_column const& mark) const {
        auto const* old = find(renamed_, mark.table, by_);
        auto const* now = find(to_.after, mark.table, by_);
        return !mark.to.empty() && old && now && has_column(*old, mark.from, by_) &&
               has_column(*now, mark.to, by_);
    }
    [[nodiscard]] bool is_taken(renamed_column const& mark) const {
        return has_column(*find(renamed_, mark.table, by_), mark.to, by_);
    }
    [[nodiscard]] bool frees(renamed_column const& one, renamed_column const& wanted) const {
        return by_.names(one.table, wanted.table) && by_.names(one.from, wanted.to);
    }

    void compare_tables_of_schema() {
        for (std::size_t i = 0; i < renamed_.tables.size(); ++i) {
            auto const& original = to_.before.tables[i];
            auto const* now = find(to_.after, renamed_.tables[i].name, by_);
            if (!now) to_.dropped.push_back(original);
            else if (original != *now)
                add(compare_tables(original, renamed_.tables[i], *now, by_, options_.order));
        }
        for (auto const& each : to_.after.tables)
            if (!find(renamed_, each.name, by_)) to_.created.push_back(each);
    }

    void add(table_change found) {
        bool const changes =
            found.renamed || found.partitioning || found.comment || found.options || found.order ||
            found.primary || !found.columns.empty() || !found.uniques.empty() ||
            !found.indexes.empty() || !found.references.empty() || !found.checks.empty();
        if (changes) to_.altered.push_back(std::move(found));
    }

    void compare_rest() {
        auto const& after = to_.after;
        auto const name = [](auto const& each) -> auto const& { return each.name; };
        to_.spaces = compare_objects(renamed_.spaces, after.spaces,
                                     [](std::string const& each) { return each; });
        to_.views = compare_objects(renamed_.views, after.views, name);
        to_.enumerations = compare_objects(renamed_.enumerations, after.enumerations, name);
        to_.domains = compare_objects(renamed_.domains, after.domains, name);
        to_.sequences = compare_objects(renamed_.sequences, after.sequences, name);
        to_.others = compare_objects(renamed_.others, after.others, [](catalog::opaque const& o) {
            return std::tie(o.kind, o.name, o.on);
        });
    }

    void find_ambiguous_columns(table_change const& in) {
        for (auto const& old : in.columns) {
            if (old.after || is_marked(in.after.name, old.before->name)) continue;
            for (auto const& made : in.columns)
                if (!made.before && by_.names(made.after->type, old.before->type))
                    to_.ambiguous.push_back(
                        {in.after.name, {}, old.before->name, made.after->name});
        }
    }

    [[nodiscard]] bool is_marked(catalog::object_name const& table,
                                 std::string const& column) const {
        return std::any_of(options_.columns.begin(), options_.columns.end(), [&](auto const& m) {
            return m.to.empty() && by_.names(m.table, table) && by_.names(m.from, column);
        });
    }

    void find_ambiguous_tables() {
        for (auto const& old : to_.dropped) {
            auto const marked =
                std::any_of(options_.tables.begin(), options_.tables.end(), [&](auto const& m) {
                    return m.to.name.empty() && by_.names(m.from, old.name);
                });
            if (marked) continue;
            for (auto const& made : to_.created)
                if (same_columns(old, made)) to_.ambiguous.push_back({old.name, made.name, {}, {}});
        }
    }

    [[nodiscard]] bool same_columns(catalog::table const& a, catalog::table const& b) const {
        return std::equal(a.columns.begin(), a.columns.end(), b.columns.begin(), b.columns.end(),
                          [&](auto const& x, auto const& y) {
                              return by_.names(x.name, y.name) && by_.names(x.type, y.type);
                          });
    }

    diff_options options_;
    engine_equality by_;
    catalog::schema renamed_;  // before, under its new names; tables at the same places
    schema_change to_;
};

}  // namespace

bool schema_change::empty() const noexcept {
    return spaces.empty() && created.empty() && dropped.empty() && altered.empty() &&
           views.empty() && enumerations.empty() && domains.empty() && sequences.empty() &&
           others.empty();
}

schema_change diff(catalog::schema const& before, catalog::schema const& after,
                   diff_options const& options) {
    if (before.engine != after.engine)
        throw error(error_kind::invalid_argument,
                    "schemas of two engines are not compared: their types have other names");
    return schema_difference(before, after, options).made();
}

}  // namespace relata::migrate
