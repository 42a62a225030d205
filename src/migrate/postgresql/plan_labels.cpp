// SPDX-License-Identifier: BSL-1.0

#include "migrate/postgresql/planning.hpp"

#include <algorithm>

namespace relata::migrate::postgresql {

namespace {

bool is_public(std::string const& space) { return space.empty() || space == "public"; }

// A type as columns spell it names this object, or an array of it.
bool names(std::string type, catalog::object_name const& name) {
    if (type.ends_with("[]")) type.resize(type.size() - 2);
    std::vector<std::string> parts(1);
    bool inside = false;
    for (std::size_t i = 0; i < type.size(); ++i) {
        if (type[i] == '"' && inside && i + 1 < type.size() && type[i + 1] == '"') ++i;
        else if (type[i] == '"') {
            inside = !inside;
            continue;
        }
        if (type[i] == '.' && !inside) parts.emplace_back();
        else parts.back() += type[i];
    }
    if (parts.back() != name.name) return false;
    auto const space = parts.size() > 1 ? parts.front() : std::string();
    return space == name.space || (is_public(space) && is_public(name.space));
}

// Both halves of a change apart: what is the same in both is dropped and made again.
template <class T> void remake(std::vector<change<T>>& to, T const& one) {
    auto const known = [&](auto const& c) {
        return (c.before && c.before->name == one.name) || (c.after && c.after->name == one.name);
    };
    if (std::any_of(to.begin(), to.end(), known)) return;
    to.push_back({one, {}});
    to.push_back({{}, one});
}

class replacing {
public:
    replacing(schema_change& c, catalog::enumeration const& e) : c_(c), name_(e.name) {}

    void make() {
        refuse_dependents();
        for (auto const& table : c_.after.tables) visit(table);
        for (auto const& [table, column] : columns_) remake_references(table, column);
        for (auto& e : c_.before.enumerations)
            if (e.name == name_) e.name.name += replaced;
    }

private:
    [[noreturn]] void refuse_because(std::string const& of) const {
        refuse("labels that go or move in the enumeration " + name_.name + ", which " + of +
               " needs");
    }

    void refuse_dependents() const {
        for (auto const& d : c_.before.dependencies)
            if (d.on.kind == "type" && d.on.name == name_ && d.of.kind != "view" &&
                d.of.kind != "table")
                refuse_because("the " + d.of.kind + ' ' + d.of.name.name);
    }

    // The change of a table that is in both schemas, made if there is none.
    table_change* altered(catalog::table const& after) {
        for (auto& t : c_.altered)
            if (t.after.name == after.name) return &t;
        auto const* const before = c_.before.find(after.name);
        if (!before) return nullptr;
        auto& made = c_.altered.emplace_back();
        made.before = *before;
        made.after = after;
        return &made;
    }

    void visit(catalog::table const& table) {
        auto const has = [&](auto const& column) { return names(column.type, name_); };
        if (std::none_of(table.columns.begin(), table.columns.end(), has)) return;
        auto* const t = altered(table);
        if (!t) return;
        if (!table.partitioning.by.empty() || !table.partitioning.bound.empty() ||
            has_option(table.options, "inherits"))
            refuse_because("the table " + table.name.name + " with its partitions or parents");
        for (auto const& after : table.columns)
            if (has(after)) retype(*t, after);
        remake_conditions(*t);
    }

    void retype(table_change& t, catalog::column const& after) {
        for (auto const& each : t.after.columns)
            if (each.computed != catalog::computed::none &&
                each.expression.find(after.name) != std::string::npos)
                refuse_because("the computed column " + t.after.name.name + '.' + each.name);
        auto at = std::find_if(t.columns.begin(), t.columns.end(), [&](auto const& c) {
            return c.after && c.after->name == after.name;
        });
        if (at == t.columns.end()) {
            auto const old = std::find_if(t.before.columns.begin(), t.before.columns.end(),
                                          [&](auto const& c) { return c.name == after.name; });
            if (old == t.before.columns.end()) return;
            at = t.columns.insert(at, {*old, after});
        }
        if (!at->before || !names(at->before->type, name_)) return;
        at->before->type =
            quoted(catalog::object_name{name_.space, name_.name + std::string(replaced)});
        columns_.emplace_back(t.after.name, after.name);
    }

    // What compares a column with a label was read with the old type.
    static void remake_conditions(table_change& t) {
        for (auto const& c : t.after.checks)
            if (has(t.before.checks, c)) remake(t.checks, c);
        for (auto const& i : t.after.indexes) {
            auto const is_expression = [](auto const& part) { return part.column.empty(); };
            bool const plain =
                i.where.empty() && std::none_of(i.parts.begin(), i.parts.end(), is_expression);
            if (!plain && has(t.before.indexes, i)) remake(t.indexes, i);
        }
    }
    template <class T> static bool has(std::vector<T> const& all, T const& one) {
        return std::find(all.begin(), all.end(), one) != all.end();
    }

    // Both sides of a reference change their type, one after the other.
    void remake_references(catalog::object_name const& table, std::string const& column) {
        auto const in = [&](auto const& all) {
            return std::find(all.begin(), all.end(), column) != all.end();
        };
        for (auto const& from : c_.after.tables)
            for (auto const& f : from.references)
                if ((from.name == table && in(f.columns)) ||
                    (f.other == table && in(f.other_columns)))
                    if (auto* const t = altered(from); t && has(t->before.references, f))
                        remake(t->references, f);
    }

    schema_change& c_;
    catalog::object_name name_;
    std::vector<std::pair<catalog::object_name, std::string>> columns_;
};

}  // namespace

with_new_types replace_types(schema_change changes) {
    with_new_types out;
    auto const all = std::move(changes.enumerations);
    changes.enumerations.clear();
    for (auto const& e : all) {
        steps labels;
        if (!e.before || !e.after || add_labels(labels, *e.before, *e.after)) {
            changes.enumerations.push_back(e);
            continue;
        }
        replacing(changes, *e.before).make();
        out.names.insert(e.before->name);
        auto old = *e.before;
        old.name.name += replaced;
        changes.enumerations.push_back({std::move(old), {}});
        changes.enumerations.push_back({{}, e.after});
    }
    out.changes = std::move(changes);
    return out;
}

}  // namespace relata::migrate::postgresql
