// SPDX-License-Identifier: BSL-1.0
//
// Tables and their columns.

#include "migrate/generate/draft.hpp"

#include "migrate/diff_rules.hpp"
#include "migrate/generate/names.hpp"
#include "schema/names.hpp"

#include <algorithm>

namespace relata::migrate::generate {

namespace {

using relata::kind;

constexpr std::size_t most_members = 64;

class drafter {
public:
    drafter(catalog::schema const& from, told_types const& told) : from_(from), told_(told) {
        for (auto const& t : from.tables)
            for (auto const& c : t.columns) reserved_.insert(identifier(c.name));
    }

    draft made() {
        for (auto const& t : from_.tables) table(t);
        for (auto& t : all_.tables) enumerations(t);
        for (auto& t : all_.tables) add_keys(from_, t);
        add_references(from_, all_);
        bound_keys(all_);
        for (auto& t : all_.tables) {
            add_defaults(from_, t);
            add_checks(from_, t);
            t.verbatim = needs_any_names(t);
        }
        order();
        return std::move(all_);
    }

private:
    void table(catalog::table const& t) {
        bool const usable =
            t.name.space.empty() && can_be_said(t.name.name) && t.partitioning.parent.name.empty();
        if (!usable) return;
        draft_table d{&t, {}, false, {}, {}, {}, {}, {}, {}};
        std::set<std::string> members;
        for (auto const& c : t.columns) {
            auto const told = told_.find({t.name.name, c.name});
            auto type = told == told_.end() ? type_of_column(from_, t, c) : told->second;
            bool const computed = c.computed != catalog::computed::none;
            if (type.is == kind::none || computed || !can_be_said(c.name)) continue;
            auto member = taken_name(members, identifier(c.name));
            d.columns.push_back({&c, {c.name, std::move(type), false}, std::move(member)});
            d.columns.back().optional = c.nullable;
        }
        if (d.columns.empty() || d.columns.size() > most_members) return;
        d.structure = taken_name(names_, identifier(t.name.name));
        all_.tables.push_back(std::move(d));
    }

    // Named after the type of PostgreSQL, else after table and column.
    void enumerations(draft_table& t) {
        for (auto& c : t.columns) {
            if (c.mapped.type.is != kind::enumeration) continue;
            auto const* shared = shared_type(c.original->type);
            if (shared && shared_.contains(shared)) {
                c.enumeration = shared_[shared];
                continue;
            }
            auto name = shared ? identifier(shared->name.name) : t.structure + "_" + c.member;
            if (reserved_.contains(name)) name += "_kind";
            c.enumeration = taken_name(names_, name);
            if (shared) shared_[shared] = c.enumeration;
            all_.enumerations.push_back({c.enumeration, c.mapped.type.labels});
        }
    }
    catalog::enumeration const* shared_type(std::string const& type) const {
        for (auto const& e : from_.enumerations)
            if (type == (e.name.space.empty() ? e.name.name : e.name.space + "." + e.name.name))
                return &e;
        return nullptr;
    }

    static bool needs_any_names(draft_table const& t) {
        bool plain = schema::valid_name(t.original->name.name);
        auto const look = [&](std::string const& name) {
            plain = plain && schema::valid_name(name);
        };
        for (auto const& c : t.columns) look(c.mapped.name);
        if (t.primary) look(t.primary->name);
        for (auto const* list : {&t.uniques, &t.indexes})
            for (auto const& k : *list) look(k.name);
        for (auto const& r : t.references) look(r.from.name);
        for (auto const& c : t.checks) look(c.name);
        return !plain;
    }

    // Referenced tables first. Moving elements would break what points to them.
    void order() {
        std::vector<draft_table const*> begun, sorted;
        for (auto const& t : all_.tables) visit(t, begun, sorted);
        std::deque<draft_table> moved;
        std::map<draft_table const*, draft_table const*> now;
        for (auto const* t : sorted) now[t] = &moved.emplace_back(*t);
        for (auto& t : moved)
            for (auto& r : t.references) r.to = now.at(r.to);
        all_.tables = std::move(moved);
    }
    void visit(draft_table const& t, std::vector<draft_table const*>& begun,
               std::vector<draft_table const*>& sorted) {
        if (std::find(begun.begin(), begun.end(), &t) != begun.end()) return;
        begun.push_back(&t);
        for (auto const& r : t.references) visit(*r.to, begun, sorted);
        sorted.push_back(&t);
    }

    catalog::schema const& from_;
    told_types const& told_;
    draft all_;
    std::set<std::string> names_;     // of structs and enumerations
    std::set<std::string> reserved_;  // members, which an enumeration must not be called
    std::map<catalog::enumeration const*, std::string> shared_;
};

}  // namespace

bool can_be_said(std::string_view name) {
    return !name.empty() && name.size() <= schema::longest_name &&
           name.find('\0') == std::string_view::npos;
}

std::optional<std::size_t> draft_table::find(catalog::engine engine, std::string_view name) const {
    engine_equality const by(engine);
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (by.names(columns[i].mapped.name, name)) return i;
    return {};
}

std::optional<std::vector<std::size_t>>
draft_table::find_all(catalog::engine engine, std::vector<std::string> const& names) const {
    std::vector<std::size_t> found;
    for (auto const& name : names) {
        auto const at = find(engine, name);
        if (!at) return {};
        found.push_back(*at);
    }
    return found;
}

draft make_draft(catalog::schema const& from, told_types const& told) {
    return drafter(from, told).made();
}

}  // namespace relata::migrate::generate
