// SPDX-License-Identifier: BSL-1.0

#include "engine/plan.hpp"

#include <relata/core/error.hpp>
#include <relata/schema/model.hpp>

#include <algorithm>

namespace relata::engine {
namespace {

using sql::op;

// The list of what a query selects or a command returns; nullptr for hand-written SQL.
sql::node const* selected(sql::node const* tree) {
    for (; tree; tree = tree->a)
        if (tree->kind == op::select || tree->kind == op::returning) return tree->b;
    return nullptr;
}

std::uint32_t align_up(std::uint32_t at, std::uint32_t align) {
    return (at + align - 1) / align * align;
}

// The column that tells whether an optional object is there: one that is never NULL in its table.
std::uint16_t presence_column(schema::table const& table) {
    if (!table.primary.columns.empty()) return std::uint16_t(table.primary.columns.front());
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        if (!table.columns[i].type->nullable) return std::uint16_t(i);
    fail(error_kind::invalid_schema,
         "an outer join can select a whole object only if a column of its table is not optional");
}

class planner {
public:
    void value(type_info const& type, std::uint32_t offset) {
        out_.push_back(make_field(type, column_++, offset));
    }

    /// The members of a struct one after the other, and those of embedded structs in their place.
    void members(object_info const& object, std::uint32_t offset) {
        for (unsigned i = 0; i < object.count; ++i) {
            auto const& member = object.members[i];
            if (member.type->kind == kind::object)
                members(*member.type->object, offset + member.offset);
            else value(*member.type, offset + member.offset);
        }
    }

    void object(schema::table const& table, type_info const& type, std::uint32_t offset) {
        auto fields = schema::plan_of(table, column_, type.nullable ? 0 : offset, false);
        if (type.nullable) {
            if (fields.size() > 255)
                fail(error_kind::limit_exceeded, "an optional object has at most 255 columns");
            auto head = make_field(type, std::uint16_t(column_ + presence_column(table)), offset);
            head.scale = std::uint8_t(fields.size());
            out_.push_back(head);
        }
        column_ = std::uint16_t(column_ + fields.size());
        out_.insert(out_.end(), fields.begin(), fields.end());
    }

    std::vector<field> take() { return std::move(out_); }

private:
    std::vector<field> out_;
    std::uint16_t column_ = 0;
};

void add_cell(planner& to, sql::node const*& list, type_info const& type, std::uint32_t offset) {
    sql::node const* item = list && list->kind == op::list ? list->a : nullptr;
    if (list && list->kind == op::list) list = list->b;
    if (item && item->kind == op::all_columns)
        to.object(schema::model_of(item->a->table()), type, offset);
    else to.value(type, offset);
}

std::vector<field> flat_plan(sql::query_info const& query) {
    planner to;
    auto const* list = selected(query.tree);
    std::uint32_t at = 0;
    for (unsigned i = 0; i < query.row.count; ++i) {
        type_info const& type = *query.row.types[i];
        at = align_up(at, type.align);
        add_cell(to, list, type, at);
        at += type.size;
    }
    return to.take();
}

std::vector<field> user_plan(sql::query_info const& query) {
    planner to;
    auto const* list = selected(query.tree);
    if (!list) to.members(*query.row.object, 0);
    for (unsigned i = 0; list && i < query.row.object->count; ++i) {
        auto const& member = query.row.object->members[i];
        add_cell(to, list, *member.type, member.offset);
    }
    return to.take();
}

// Values of an object in the order of the placeholders: the changed columns, then the key.
std::vector<field> object_command_plan(schema::table const& table, op kind) {
    if (kind == op::insert) return schema::plan_of(table, 0, 0, true);
    std::vector<field> out;
    auto in_key = [&](unsigned i) {
        return std::find(table.primary.columns.begin(), table.primary.columns.end(), i) !=
               table.primary.columns.end();
    };
    auto add = [&](unsigned i) {
        out.push_back(
            make_field(*table.columns[i].type, std::uint16_t(out.size()), table.columns[i].offset));
    };
    if (kind == op::update_object)
        for (unsigned i = 0; i < table.columns.size(); ++i)
            if (!in_key(i) && !table.columns[i].generated) add(i);
    for (unsigned i : table.primary.columns) add(i);
    return out;
}

}  // namespace

std::vector<field> build_plan(sql::query_info const& query) {
    switch (query.row.form) {
    case sql::row_form::none: return {};
    case sql::row_form::flat: return flat_plan(query);
    case sql::row_form::user: return user_plan(query);
    case sql::row_form::object: break;
    }
    auto const& table = schema::model_of(query.row.table());
    if (query.inserts_object) return object_command_plan(table, query.tree->kind);
    return schema::plan_of(table, 0, 0, false);
}

unsigned result_columns(std::vector<field> const& plan) {
    unsigned n = 0;
    for (auto const& f : plan)
        if (f.code != code_of(kind::object, true)) ++n;
    return n;
}

}  // namespace relata::engine
