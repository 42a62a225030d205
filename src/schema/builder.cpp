// SPDX-License-Identifier: BSL-1.0
//
// From constant items to tables, columns and constraints with names.

#include "schema/builder.hpp"

#include "schema/names.hpp"

#include <relata/core/error.hpp>

#include <utility>

namespace relata::schema {
namespace {

constexpr unsigned bits_of_member = 8;  // a path holds one member per byte, from the lowest

class builder {
public:
    explicit builder(table_data const& data) : data_(data) {
        out_.name = data.name;
        out_.data = &data;
    }

    table build() && {
        members(*data_.object, 0, 0, 0, "");
        for (std::uint32_t i = 0; i < data_.item_count; ++i) apply(data_.items[i]);
        name_constraints();
        return std::move(out_);
    }

private:
    [[noreturn]] void refuse(std::string const& what) const {
        fail(error_kind::invalid_schema, "table " + out_.name + ": " + what);
    }

    item const* item_on(column_path path, item_kind kind) const {
        for (std::uint32_t i = 0; i < data_.item_count; ++i)
            if (data_.items[i].kind == kind && data_.items[i].columns[0] == path)
                return &data_.items[i];
        return nullptr;
    }

    void members(object_info const& object, column_path outer, unsigned depth, std::uint32_t offset,
                 std::string const& prefix) {
        if (depth == sizeof(column_path)) refuse("structs are embedded more than four deep");
        if (object.count > 255) refuse("a struct has more than 255 members");
        for (std::uint32_t i = 0; i < object.count; ++i) {
            auto const& m = object.members[i];
            auto const path = outer | (i + 1) << (depth * bits_of_member);
            if (item_on(path, item_kind::ignore)) continue;
            auto const* rename = item_on(path, item_kind::rename);
            auto name = rename ? std::string(rename->name) : prefix + std::string(m.name());
            if (m.type->kind == kind::object && !m.type->nullable)
                members(*m.type->object, path, depth + 1, offset + m.offset, name + '_');
            else add_column(m, path, offset + m.offset, std::move(name));
        }
    }

    void add_column(member_info const& m, column_path path, std::uint32_t offset,
                    std::string name) {
        if (m.type->kind == kind::none)
            refuse("member " + name + " has a type that is no column; ignore it or write a codec");
        if (m.type->kind == kind::object)
            refuse("member " + name + " is an optional struct; embedded structs are never absent");
        column c{};
        c.name = std::move(name);
        c.type = m.type;
        c.path = path;
        c.offset = offset;
        out_.columns.push_back(std::move(c));
    }

    // Positions of the columns at a path; an embedded struct stands for all of its columns.
    void positions(column_path path, std::vector<unsigned>& out) const {
        auto const before = out.size();
        column_path mask = 0;
        while (path & ~mask) mask = mask << bits_of_member | 0xffU;
        for (unsigned i = 0; i < out_.columns.size(); ++i)
            if ((out_.columns[i].path & mask) == path) out.push_back(i);
        if (out.size() == before) refuse("a constraint names a member that is ignored");
    }

    std::vector<unsigned> positions_of(item const& it) const {
        std::vector<unsigned> found;
        for (unsigned i = 0; i < it.column_count; ++i) positions(it.columns[i], found);
        return found;
    }

    column& only_column(item const& it) {
        auto const found = positions_of(it);
        if (found.size() != 1) refuse("a default or collation is for one column");
        return out_.columns[found[0]];
    }

    key make_key(item const& it) {
        key k;
        if (it.name) k.name = it.name;
        k.columns = positions_of(it);
        for (auto const i : k.columns) out_.columns[i].in_key = true;
        return k;
    }

    void apply(item const& it) {
        switch (it.kind) {
        case item_kind::key: return primary(it);
        case item_kind::unique: out_.uniques.push_back(make_key(it)); return;
        case item_kind::index: out_.indexes.push_back(make_key(it)); return;
        case item_kind::reference: return add_reference(it);
        case item_kind::check: add_check(it); return;
        case item_kind::default_value:
            only_column(it).default_value = data_.params + it.first_param;
            return;
        case item_kind::default_now: only_column(it).default_now = true; return;
        case item_kind::collation: only_column(it).ascii_ci = true; return;
        case item_kind::rename:
        case item_kind::ignore: return;  // taken into account while flattening
        case item_kind::renamed_from:
            if (it.column_count != 0) (void)only_column(it);
            return;
        }
    }

    void primary(item const& it) {
        if (!out_.primary.columns.empty()) refuse("it has two primary keys");
        out_.primary = make_key(it);
        if (it.generated) {
            if (out_.primary.columns.size() != 1) refuse("a generated key is one column");
            out_.columns[out_.primary.columns[0]].generated = true;
        }
    }

    void add_check(item const& it) {
        std::string name = it.name ? it.name : "check" + std::to_string(++unnamed_checks_);
        if (!it.named) name = fitted_name(out_.name + '_' + name);
        out_.checks.push_back(
            {std::move(name), it.tree, data_.params + it.first_param, it.param_count});
    }

    void add_reference(item const& it) {
        reference r{};
        if (it.name) r.name = it.name;
        r.columns = positions_of(it);
        // the server may index them, so text is as long as the text that it refers to
        for (auto const i : r.columns) out_.columns[i].in_key = true;
        r.other = it.other;
        for (unsigned i = 0; i < it.column_count; ++i)
            r.other_columns.push_back(it.other_columns[i]);
        if (r.columns.size() != r.other_columns.size())
            refuse("a reference names embedded structs; name their members");
        r.deleted = it.deleted;
        r.updated = it.updated;
        out_.references.push_back(std::move(r));
    }

    std::string joined(std::vector<unsigned> const& columns) const {
        std::string text;
        for (auto const i : columns) {
            if (!text.empty()) text += '_';
            text += out_.columns[i].name;
        }
        return text;
    }

    void name_constraints() {
        auto const named = [&](std::string& name, std::vector<unsigned> const& columns,
                               char const* suffix) {
            if (name.empty()) name = constraint_name(out_.name, joined(columns), suffix);
        };
        if (!out_.primary.columns.empty() && out_.primary.name.empty())
            out_.primary.name = constraint_name(out_.name, "", "pkey");
        for (auto& k : out_.uniques) named(k.name, k.columns, "key");
        for (auto& k : out_.indexes) named(k.name, k.columns, "idx");
        for (auto& r : out_.references) named(r.name, r.columns, "fkey");
    }

    table_data const& data_;
    table out_;
    unsigned unnamed_checks_ = 0;
};

}  // namespace

table build_model(table_data const& data) {
    auto model = builder(data).build();
    check_model(model);
    return model;
}

}  // namespace relata::schema
