// SPDX-License-Identifier: BSL-1.0

#include "migrate/product.hpp"

#include "migrate/postgresql/planning.hpp"

#include <algorithm>

namespace relata::migrate::postgresql {

namespace {

// Dependents go before what they need changes, and come back after it.
class planner {
public:
    explicit planner(with_new_types changes)
        : c_(std::move(changes.changes)), new_types_(std::move(changes.names)) {
        for (auto const& name : new_types_) touched_.insert({"type", name});
        for (auto const& t : c_.altered)
            if (disturbs(t)) touched_.insert({"table", t.before.name});
        for (auto const& t : c_.altered)
            for (auto& view : views_by_key(c_, t)) touched_.insert(std::move(view));
        for (auto const& t : c_.dropped) touched_.insert({"table", t.name});
        for (auto const& v : c_.views)
            if (v.before && is_remade(v)) touched_.insert({"view", v.before->name});
        spread();
    }

    steps made() {
        refuse_what_is_missing(c_);
        drop_dependents();
        for (auto const& t : c_.altered) drop_references(out_, t);
        for (auto const& t : c_.dropped)
            for (auto const& f : t.references)
                add("ALTER TABLE " + quote_name(t.name) + " DROP CONSTRAINT " + quote_name(f.name));
        for (auto const& t : c_.altered) drop_constraints(out_, t);
        drop_tables();
        rename();
        make_what_tables_need();
        alter_tables();
        finish_tables();
        make_views();
        make_last();
        drop_rest();
        change_comments(out_, c_, touched_);
        return std::move(out_);
    }

private:
    void add(std::string text) { out_.push_back({std::move(text)}); }
    void add(statements const& all) {
        for (auto const& each : all) add(each);
    }

    // What needs a disturbed table or view, in turn; only views are made anew.
    void spread() {
        for (bool more = true; more;) {
            more = false;
            for (auto const& d : c_.before.dependencies)
                if (d.of.kind == "view" && touched_.count(d.on) != 0 &&
                    touched_.insert(d.of).second)
                    more = true;
        }
    }
    [[nodiscard]] bool is_touched(catalog::object_name const& relation) const {
        return touched_.count({"table", relation}) != 0 || touched_.count({"view", relation}) != 0;
    }
    [[nodiscard]] bool is_dropped(catalog::object_name const& relation) const {
        return touched_.count({"view", relation}) != 0 ||
               std::any_of(c_.dropped.begin(), c_.dropped.end(),
                           [&](auto const& t) { return t.name == relation; });
    }

    // Those that are changed, and those on relations that are in the way.
    [[nodiscard]] bool is_changed(catalog::opaque const& o, bool before) const {
        if (is_touched(o.on)) return true;
        return std::any_of(c_.others.begin(), c_.others.end(), [&](auto const& change) {
            auto const& one = before ? change.before : change.after;
            return one && *one == o;
        });
    }

    void drop_dependents() {
        for (auto const& o : c_.others)
            if (o.before && !o.after && o.before->kind == "comment") add(drop_statement(*o.before));
        for (auto kind = on_others.rbegin(); kind != on_others.rend(); ++kind)
            for (auto const& o : c_.before.others)
                if (o.kind == *kind && *kind != "comment" && is_changed(o, true) &&
                    !is_dropped(o.on))
                    add(drop_statement(o));
        for (auto const& thing : ordered(c_.before, true))
            if (thing.kind == "view" && touched_.count(thing) != 0)
                for (auto const& v : c_.before.views)
                    if (v.name == thing.name)
                        add((v.materialized ? "DROP MATERIALIZED VIEW " : "DROP VIEW ") +
                            quote_name(v.name));
    }

    void drop_tables() {
        for (auto const& thing : ordered(c_.before, true))
            for (auto const& t : c_.dropped)
                if (thing.kind == "table" && thing.name == t.name)
                    out_.push_back({drop_statement(thing), true, true});
    }

    void rename() {
        for (auto const& s : c_.spaces)
            if (s.after) add("CREATE SCHEMA " + quote_name(*s.after));
        for (auto const& name : new_types_)
            add("ALTER TYPE " + quote_name(name) + " RENAME TO " +
                quote_name(name.name + std::string(replaced)));
        for (auto const& t : c_.altered) {
            if (t.renamed) {
                if (t.before.name.space != t.after.name.space)
                    refuse("a table that moves to another schema: " + t.after.name.name);
                add("ALTER TABLE " + quote_name(t.before.name) + " RENAME TO " +
                    quote_name(t.after.name.name));
            }
            rename_columns(out_, t);
        }
    }

    // All things of a schema in the order in which they are made.
    [[nodiscard]] static std::vector<catalog::thing> ordered(catalog::schema const& s,
                                                             bool reversed) {
        std::vector<making> all;
        auto const put = [&all](std::string kind, catalog::object_name const& name, int rank) {
            all.push_back({{std::move(kind), name}, rank});
        };
        for (auto const& e : s.enumerations) put("type", e.name, 1);
        for (auto const& d : s.domains) put("type", d.name, 1);
        for (auto const& q : s.sequences) put("sequence", q.name, 2);
        for (auto const& t : s.tables) put("table", t.name, 3);
        for (auto const& o : s.others)
            if (!comes_last(o))
                put(o.kind, o.name,
                    o.kind == "extension" || o.kind == "collation" ? 0
                    : o.kind == "type"                             ? 1
                                                                   : 4);
        for (auto const& v : s.views) put("view", v.name, 5);
        auto order = in_order(std::move(all), s.dependencies).things;
        if (reversed) std::reverse(order.begin(), order.end());
        return order;
    }

    template <class T>
    [[nodiscard]] static change<T> const* find(std::vector<change<T>> const& changes,
                                               catalog::object_name const& name) {
        auto const at = std::find_if(changes.begin(), changes.end(), [&](auto const& each) {
            return each.after && each.after->name == name && is_remade(each);
        });
        return at == changes.end() ? nullptr : &*at;
    }

    void make_what_tables_need() {
        for (auto const& e : c_.enumerations)
            if (e.before && e.after && !same_but_comment(*e.before, *e.after)) {
                steps labels;
                (void)add_labels(labels, *e.before, *e.after);
                out_.insert(out_.begin(), labels.begin(), labels.end());
            }
        bool const routines = std::any_of(c_.others.begin(), c_.others.end(), [](auto const& o) {
            return o.after && (o.after->kind == "function" || o.after->kind == "procedure");
        });
        // The body of a function can name what is made after it.
        if (routines) add("SET LOCAL check_function_bodies = off");
        for (auto const& thing : ordered(c_.after, false)) make(thing);
    }

    void make(catalog::thing const& thing) {
        if (thing.kind == "type") make_type(thing.name);
        if (thing.kind == "sequence")
            if (auto const* q = find(c_.sequences, thing.name))
                add(q->before ? alter_sequence(*q->after) : create_sequence(*q->after));
        if (thing.kind == "table")
            for (auto const& t : c_.created)
                if (t.name == thing.name) add(create_table(t, true));
        for (auto const& o : c_.others)
            if (o.after && o.after->kind == thing.kind && o.after->name == thing.name)
                add(o.after->definition);
    }

    void make_type(catalog::object_name const& name) {
        if (auto const* e = find(c_.enumerations, name); e && !e->before)
            add(create_enumeration(*e->after));
        if (auto const* d = find(c_.domains, name)) {
            statements made;
            if (d->before) alter_domain(out_, *d->before, *d->after);
            else create_domain(made, *d->after);
            add(made);
        }
    }

    void alter_tables() {
        for (auto const& t : c_.altered) {
            alter_columns(out_, t);
            alter_options(out_, t);
        }
    }

    void finish_tables() {
        statements all;
        for (auto const& q : c_.sequences)
            if (q.after && !(q.before && q.before->owner == q.after->owner) &&
                (q.before || !q.after->owner.empty()))
                all.push_back("ALTER SEQUENCE " + quote_name(q.after->name) + " OWNED BY " +
                              (q.after->owner.empty() ? "NONE" : q.after->owner));
        for (auto const& t : c_.created) attach_partition(all, t);
        for (auto const& t : c_.created) finish_table(all, t, true);
        for (auto const& t : c_.created)
            for (auto const& i : t.indexes) all.push_back(create_index(t.name, i, manner_on(t)));
        for (auto const& t : c_.created)
            for (auto const& i : t.indexes) finish_index(all, t.name, i);
        add(all);
        for (auto const& t : c_.altered) add_constraints(out_, t);
        for (auto const& t : c_.created)
            for (auto const& f : t.references) add(add_reference(t, f));
        for (auto const& t : c_.altered) add_references(out_, t);
    }

    void make_views() {
        for (auto const& thing : ordered(c_.after, false)) {
            if (thing.kind != "view") continue;
            bool const remade = touched_.count(thing) != 0 || find(c_.views, thing.name);
            for (auto const& v : c_.after.views) {
                if (!remade || v.name != thing.name) continue;
                add(create_view(v));
                statements all;
                for (auto const& i : v.indexes)
                    all.push_back(create_index(v.name, i, index_manner::usual));
                for (auto const& i : v.indexes) finish_index(all, v.name, i);
                add(all);
            }
        }
    }

    void make_last() {
        for (auto const kind : on_others)
            for (auto const& o : c_.after.others)
                if (o.kind == kind && is_made_last(o)) add(o.definition);
    }
    [[nodiscard]] bool is_made_last(catalog::opaque const& o) const {
        bool const on_new = std::any_of(c_.created.begin(), c_.created.end(),
                                        [&](auto const& t) { return t.name == o.on; });
        bool const may_be_lost = o.kind == "comment" && !touched_.empty();
        return may_be_lost || on_new || is_changed(o, false);
    }

    void drop_rest() {
        for (auto const& thing : ordered(c_.before, true))
            if (is_gone(thing))
                out_.push_back({drop_statement(thing), true, thing.kind == "sequence"});
        for (auto const& s : c_.spaces)
            if (s.before && !s.after) add("DROP SCHEMA " + quote_name(*s.before));
    }
    [[nodiscard]] bool is_gone(catalog::thing const& thing) const {
        auto const goes = [&](auto const& changes) {
            return std::any_of(changes.begin(), changes.end(), [&](auto const& each) {
                return each.before && !each.after && each.before->name == thing.name;
            });
        };
        if (thing.kind == "type" && (goes(c_.enumerations) || goes(c_.domains))) return true;
        if (thing.kind == "sequence") return goes(c_.sequences);
        return std::any_of(c_.others.begin(), c_.others.end(), [&](auto const& each) {
            return each.before && !each.after && each.before->kind == thing.kind &&
                   each.before->name == thing.name;
        });
    }

    schema_change const c_;
    std::set<catalog::object_name> const new_types_;
    std::set<catalog::thing> touched_;
    steps out_;
};

}  // namespace

steps usual_plan(schema_change const& changes) {
    if (changes.empty()) return {};
    auto const& b = changes.before;
    bool const from_nothing = b.spaces.empty() && b.tables.empty() && b.views.empty() &&
                              b.enumerations.empty() && b.domains.empty() && b.sequences.empty() &&
                              b.others.empty();
    if (from_nothing) {
        steps all;
        for (auto& statement : create_all(changes.after)) all.push_back({std::move(statement)});
        return all;
    }
    auto all = replace_types(changes);
    all.changes = with_computed_anew(std::move(all.changes));
    return planner(std::move(all)).made();
}

}  // namespace relata::migrate::postgresql
