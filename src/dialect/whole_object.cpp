// SPDX-License-Identifier: BSL-1.0
//
// Statements for one whole object. Their placeholders are the fields of a plan: for an INSERT all
// columns but those that the database makes; for an UPDATE all columns that are not of the key, then
// those of the key; else the key's.

#include "dialect/renderer.hpp"

#include <relata/core/error.hpp>

#include <algorithm>
#include <utility>

namespace relata::dialect {

// The type is that of the given value, if there is one: a key may be looked up by a wider integer.
void renderer::field_placeholder(schema::column const& c) {
    auto const number = out_.types.size();
    auto const* type = number < count_ ? params_[number].type : c.type;
    if (number < count_) out_.values.push_back(params_[number]);
    out_.order.push_back(static_cast<std::uint16_t>(number));
    out_.types.push_back(type);
    placeholder(static_cast<unsigned>(number), *type);
}

void renderer::insert_object(schema::table const& model) {
    char const* separator = " (";
    for (auto const& c : model.columns) {
        if (c.generated) continue;
        put(std::exchange(separator, ", "));
        name(c.name);
    }
    separator = ") VALUES (";
    for (auto const& c : model.columns) {
        if (c.generated) continue;
        put(std::exchange(separator, ", "));
        field_placeholder(c);
    }
    if (!out_.types.empty()) put(")");
    else put(my() ? " () VALUES ()" : " DEFAULT VALUES");
}

void renderer::whole_object(node const& n) {
    auto const& model = schema::model_of(n.b->table());
    if (model.primary.columns.empty())
        fail(error_kind::invalid_schema,
             "table " + model.name + " has no primary key, so no row can be told from the others");
    qualify_ = false;
    if (n.kind == op::find_object) {
        put("SELECT ");
        all_columns(*n.b);
        put(" FROM ");
    } else {
        put(n.kind == op::update_object ? "UPDATE " : "DELETE FROM ");
    }
    name(model.name);
    if (n.kind == op::update_object) set_object(model);
    char const* separator = " WHERE ";
    for (auto const i : model.primary.columns) {
        put(std::exchange(separator, " AND "));
        name(model.columns[i].name);
        put(" = ");
        field_placeholder(model.columns[i]);
    }
}

void renderer::set_object(schema::table const& model) {
    auto const& key = model.primary.columns;
    char const* separator = " SET ";
    for (unsigned i = 0; i < model.columns.size(); ++i) {
        auto const& c = model.columns[i];
        if (c.generated || std::find(key.begin(), key.end(), i) != key.end()) continue;
        put(std::exchange(separator, ", "));
        name(c.name);
        put(" = ");
        field_placeholder(c);
    }
    if (out_.types.empty())
        fail(error_kind::invalid_argument,
             "table " + model.name + " has no columns besides its key: nothing can be updated");
}

}  // namespace relata::dialect
