// SPDX-License-Identifier: BSL-1.0
//
// Keys, unique constraints, indexes and references that the mapping can say.

#include "migrate/generate/draft.hpp"

#include "migrate/diff_rules.hpp"
#include "schema/names.hpp"

#include <algorithm>

namespace relata::migrate::generate {

namespace {

using relata::kind;
using positions = std::vector<std::size_t>;

constexpr std::size_t most_columns = 6;
constexpr unsigned largest_key = 3072;
constexpr int most_changes = 20;  // of one column's type: the longest chain of references

bool is_my(catalog::engine e) {
    return e == catalog::engine::mysql || e == catalog::engine::mariadb;
}

std::optional<std::vector<std::string>> names_of(std::vector<catalog::part> const& parts) {
    std::vector<std::string> names;
    for (auto const& part : parts) {
        if (part.column.empty() || part.descending || !part.options.empty()) return {};
        names.push_back(part.column);
    }
    return names;
}

// Whether the schema floor takes these columns as a key.
bool can_be_key(draft_table const& t, positions const& columns) {
    unsigned bytes = 0;
    for (auto const i : columns) {
        auto key_column = t.columns[i].mapped;
        key_column.in_key = true;
        if (key_column.type.is == kind::json) return false;
        bytes +=
            key_column.type.is == kind::bytes ? 255U : std::max(4 * key_column.text_bound(), 8U);
        if (std::count(columns.begin(), columns.end(), i) > 1) return false;
    }
    return !columns.empty() && columns.size() <= most_columns && bytes <= largest_key;
}

std::string column_names(draft_table const& t, positions const& columns) {
    std::string out;
    for (auto const i : columns) (out += out.empty() ? "" : "_") += t.columns[i].mapped.name;
    return out;
}

// The key with the name that it has, or the one that the schema floor makes.
std::optional<draft_key> named_key(draft_table const& t, positions columns, std::string const& name,
                                   char const* suffix) {
    if (!can_be_key(t, columns)) return {};
    auto const usual = schema::constraint_name(
        t.original->name.name, suffix == std::string_view("pkey") ? "" : column_names(t, columns),
        suffix);
    draft_key key{std::move(columns), name.empty() ? usual : name, false};
    key.named = key.name != usual;
    if (!can_be_said(key.name)) return {};
    return key;
}

bool is_taken(draft_table const& t, std::string const& name) {
    auto const same = [&](draft_key const& k) { return k.name == name; };
    return (t.primary && same(*t.primary)) ||
           std::any_of(t.uniques.begin(), t.uniques.end(), same) ||
           std::any_of(t.indexes.begin(), t.indexes.end(), same) ||
           std::any_of(t.references.begin(), t.references.end(),
                       [&](auto const& r) { return same(r.from); });
}

class key_adder {
public:
    key_adder(catalog::schema const& from, draft_table& t) : engine_(from.engine), t_(t) {}

    void add() {
        if (auto const& key = t_.original->primary) primary(*key);
        for (auto const& key : t_.original->uniques) add(t_.uniques, key.parts, key.name, "key");
        for (auto const& index : t_.original->indexes) {
            bool const plain = index.where.empty() && index.include.empty() && index.method.empty();
            if (plain && !is_of_reference(index))
                add(index.unique ? t_.uniques : t_.indexes, index.parts, index.name,
                    index.unique ? "key" : "idx");
        }
    }

private:
    std::optional<positions> columns_of(std::vector<catalog::part> const& parts) const {
        auto const names = names_of(parts);
        return names ? t_.find_all(engine_, *names) : std::nullopt;
    }

    void add(std::vector<draft_key>& to, std::vector<catalog::part> const& parts,
             std::string const& name, char const* suffix) {
        auto const columns = columns_of(parts);
        if (!columns) return;
        auto key = named_key(t_, *columns, name, suffix);
        if (key && !is_taken(t_, key->name)) to.push_back(std::move(*key));
    }

    void primary(catalog::key const& key) {
        auto const columns = columns_of(key.parts);
        if (!columns) return;
        // MySQL's primary keys have no name
        t_.primary = named_key(t_, *columns, is_my(engine_) ? "" : key.name, "pkey");
        if (!t_.primary) return;
        for (auto const i : *columns) t_.columns[i].optional = false;
        bool const ours = !key.name.empty() && !t_.primary->named;
        if (columns->size() == 1) generate(t_.columns[columns->front()], ours);
    }

    // A key that the database makes is one of three integers.
    void generate(draft_column& c, bool ours) {
        auto& is = c.mapped.type.is;
        if (!is_integer(is) || !makes_value(*c.original, ours)) return;
        c.generated = true;
        if (is == kind::int8 || is == kind::int16 || is == kind::uint8 || is == kind::uint16)
            is = kind::int32;
        if (is == kind::uint64) is = kind::int64;
    }
    [[nodiscard]] bool makes_value(catalog::column const& c, bool ours) const {
        if (c.identity != catalog::identity::none) return true;
        if (engine_ == catalog::engine::postgresql)
            return c.default_value && c.default_value->starts_with("nextval(");
        // the rowid of SQLite, for which relata itself would have said AUTOINCREMENT
        auto const words = words_of_type(c.type);
        return engine_ == catalog::engine::sqlite && !ours && words.name == "integer" &&
               std::none_of(t_.original->options.begin(), t_.original->options.end(),
                            [](auto const& o) { return o.name == "without rowid"; });
    }

    // MySQL makes an index for a reference by itself and calls it so.
    [[nodiscard]] bool is_of_reference(catalog::index const& index) const {
        if (!is_my(engine_) || index.unique) return false;
        auto const names = names_of(index.parts);
        return names && std::any_of(t_.original->references.begin(), t_.original->references.end(),
                                    [&](auto const& r) {
                                        return r.name == index.name && r.columns == *names;
                                    });
    }

    catalog::engine engine_;
    draft_table& t_;
};

class reference_adder {
public:
    reference_adder(catalog::schema const& from, draft& all) : engine_(from.engine), all_(all) {}

    void add() {
        for (auto& t : all_.tables)
            for (auto const& r : t.original->references) add(t, r);
        while (unify_types()) {}
        for (auto& t : all_.tables)
            std::erase_if(t.references, [&](auto const& r) { return !same_types(t, r); });
    }

private:
    void add(draft_table& t, catalog::reference const& r) {
        auto* to = find(r.other);
        auto const from = t.find_all(engine_, r.columns);
        if (!to || !from || r.deleted == catalog::action::set_default ||
            r.updated == catalog::action::set_default)
            return;
        auto const other = r.other_columns.empty() && to->primary
                               ? std::optional(to->primary->columns)
                               : to->find_all(engine_, r.other_columns);
        if (!other || other->size() != from->size() || !is_key(*to, *other)) return;
        auto key = named_key(t, *from, r.name, "fkey");
        if (!key || is_taken(t, key->name)) return;
        t.references.push_back({std::move(*key), to, *other, r.deleted, r.updated});
    }

    draft_table* find(catalog::object_name const& name) {
        engine_equality const by(engine_);
        for (auto& t : all_.tables)
            if (by.names(t.original->name, name)) return &t;
        return nullptr;
    }

    static bool is_key(draft_table const& t, positions const& columns) {
        auto const same = [&](draft_key const& k) { return k.columns == columns; };
        return (t.primary && same(*t.primary)) ||
               std::any_of(t.uniques.begin(), t.uniques.end(), same);
    }

    // Both sides of a reference have one type in C++: that of the side that is
    // referred to.
    bool unify_types() {
        bool changed = false;
        for (auto& t : all_.tables)
            for (auto const& r : t.references)
                for (std::size_t i = 0; i < r.other.size(); ++i)
                    changed = take_type(t, r, i) || changed;
        return changed;
    }
    bool take_type(draft_table& t, draft_reference const& r, std::size_t i) {
        auto& mine = t.columns[r.from.columns[i]];
        auto const& wanted = r.to->columns[r.other[i]].mapped.type;
        bool const alike = (is_integer(mine.mapped.type.is) && is_integer(wanted.is)) ||
                           (is_text(mine.mapped.type.is) && is_text(wanted.is));
        if (!alike || mine.mapped.type == wanted || mine.generated) return false;
        if (++changes_[&mine] > most_changes) return false;  // refers to two that differ
        mine.mapped.type = wanted;
        return true;
    }
    static bool same_types(draft_table const& t, draft_reference const& r) {
        for (std::size_t i = 0; i < r.other.size(); ++i) {
            auto const& a = t.columns[r.from.columns[i]];
            auto const& b = r.to->columns[r.other[i]];
            if (!(a.mapped.type == b.mapped.type) || a.enumeration != b.enumeration) return false;
        }
        return true;
    }

    catalog::engine engine_;
    draft& all_;
    std::map<draft_column const*, int> changes_;
};

}  // namespace

void add_keys(catalog::schema const& from, draft_table& t) { key_adder(from, t).add(); }

void add_references(catalog::schema const& from, draft& all) { reference_adder(from, all).add(); }

void bound_keys(draft& all) {
    for (auto& t : all.tables) {
        auto const mark = [&](draft_key const& k) {
            for (auto const i : k.columns) t.columns[i].mapped.in_key = true;
        };
        if (t.primary) mark(*t.primary);
        for (auto const& k : t.uniques) mark(k);
        for (auto const& k : t.indexes) mark(k);
        for (auto const& r : t.references) mark(r.from);
    }
}

}  // namespace relata::migrate::generate
