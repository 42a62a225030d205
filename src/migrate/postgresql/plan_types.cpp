// SPDX-License-Identifier: BSL-1.0

#include "migrate/postgresql/planning.hpp"

#include <algorithm>
#include <utility>

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

class replacing {
public:
    /// \param change    what happens to the type, for refusals
    /// \param casts     values are read anew from their text
    replacing(schema_change& c, catalog::object_name name, std::string change, bool casts)
        : c_(c), name_(std::move(name)), old_{name_.space, name_.name + std::string(replaced)},
          change_(std::move(change)), casts_(casts) {}

    void make() {
        refuse_dependents();
        refuse_names();
        for (auto const& table : c_.after.tables) visit(table);
        for (auto const& [table, column] : columns_) make_references_anew(c_, table, {column});
        for (auto& e : c_.before.enumerations)
            if (e.name == name_) e.name = old_;
        for (auto& d : c_.before.domains)
            if (d.name == name_) d.name = old_;
    }

private:
    [[noreturn]] void refuse_because(std::string const& of) const {
        refuse(change_ + ' ' + name_.name + ", which " + of + " needs");
    }

    void refuse_dependents() const {
        for (auto const& d : c_.before.dependencies)
            if (d.on.kind == "type" && d.on.name == name_ && d.of.kind != "view" &&
                d.of.kind != "table")
                refuse_because("the " + d.of.kind + ' ' + d.of.name.name);
    }

    // The old type has another name meanwhile, which PostgreSQL would cut.
    void refuse_names() const {
        auto const is_old = [&](auto const& each) { return each.name == old_; };
        for (auto const* side : {&c_.before, &c_.after})
            if (old_.name.size() > 63 ||
                std::any_of(side->enumerations.begin(), side->enumerations.end(), is_old) ||
                std::any_of(side->domains.begin(), side->domains.end(), is_old) ||
                std::any_of(side->tables.begin(), side->tables.end(), is_old) ||
                std::any_of(side->views.begin(), side->views.end(), is_old) ||
                std::any_of(side->others.begin(), side->others.end(), is_old))
                refuse(change_ + ' ' + name_.name + ": the old one would be called \"" + old_.name +
                       "\" meanwhile, which is " +
                       (old_.name.size() > 63 ? "too long; give it a shorter name first"
                                              : "taken; rename what has that name first"));
    }

    void visit(catalog::table const& table) {
        auto const has = [&](auto const& column) { return names(column.type, name_); };
        if (std::none_of(table.columns.begin(), table.columns.end(), has)) return;
        auto* const t = altered(c_, table.name);
        if (!t) return;
        if (!table.partitioning.by.empty() || !table.partitioning.bound.empty() ||
            has_option(table.options, "inherits"))
            refuse_because("the table " + table.name.name + " with its partitions or parents");
        for (auto const& after : table.columns)
            if (has(after)) retype(*t, after);
        remake_conditions(*t);
    }

    void retype(table_change& t, catalog::column const& after) {
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
        at->before->type = quote_name(old_);
        if (casts_) at->before->options.push_back({by_text, ""});
        columns_.emplace_back(t.after.name, after.name);
    }

    // What compares a column with a label was read with the old type.
    static void remake_conditions(table_change& t) {
        for (auto const& c : t.after.checks) make_anew(t.checks, t.before.checks, c);
        for (auto const& i : t.after.indexes) {
            auto const is_expression = [](auto const& part) { return part.column.empty(); };
            bool const plain =
                i.where.empty() && std::none_of(i.parts.begin(), i.parts.end(), is_expression);
            if (!plain) make_anew(t.indexes, t.before.indexes, i);
        }
    }

    schema_change& c_;
    catalog::object_name name_;
    catalog::object_name old_;
    std::string change_;
    bool casts_;
    std::vector<std::pair<catalog::object_name, std::string>> columns_;
};

// The changes of these types, those that are replaced as two.
template <class T, class Replace>
void replace(with_new_types& out, std::vector<change<T>>& changes, Replace replaces) {
    auto const all = std::exchange(changes, {});
    std::vector<change<T>> made;
    for (auto const& each : all) {
        if (!each.before || !each.after || !replaces(*each.before, *each.after)) {
            made.push_back(each);
            continue;
        }
        out.names.insert(each.before->name);
        auto old = *each.before;
        old.name.name += replaced;
        made.push_back({std::move(old), {}});
        made.push_back({{}, each.after});
    }
    changes = std::move(made);
}

}  // namespace

with_new_types replace_types(schema_change changes) {
    with_new_types out{std::move(changes), {}};
    auto& c = out.changes;
    replace(out, c.enumerations, [&](auto const& before, auto const& after) {
        steps labels;
        if (add_labels(labels, before, after)) return false;
        replacing(c, before.name, "labels that go or move in the enumeration", true).make();
        return true;
    });
    replace(out, c.domains, [&](auto const& before, auto const& after) {
        if (before.type == after.type && before.collation == after.collation) return false;
        replacing(c, before.name, "another type of the domain",
                  is_text(before.type) && !is_text(after.type))
            .make();
        return true;
    });
    return out;
}

}  // namespace relata::migrate::postgresql
