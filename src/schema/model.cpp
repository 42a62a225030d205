// SPDX-License-Identifier: BSL-1.0

#include <relata/schema/model.hpp>

#include "schema/builder.hpp"

#include <relata/core/error.hpp>

#include <memory>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

namespace relata::schema {

std::uint32_t column::text_bound() const {
    auto const& t = stored();
    switch (t.kind) {
    case kind::text: return in_key ? 255 : 0;
    case kind::bounded_text:
    case kind::enumeration: return t.length;
    default: return 0;
    }
}

int table::find(column_path path) const noexcept {
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i].path == path) return static_cast<int>(i);
    return -1;
}

column const& table::at(column_path path) const {
    auto const i = find(path);
    if (i < 0)
        fail(error_kind::invalid_schema,
             "table " + name + " has no column for this member: it is ignored or a struct");
    return columns[static_cast<std::size_t>(i)];
}

int table::generated_key() const noexcept {
    if (primary.columns.size() != 1 || !columns[primary.columns[0]].generated) return -1;
    return static_cast<int>(primary.columns[0]);
}

namespace {

// Models live as long as the program: others hold references to them.
struct model_store {
    std::shared_mutex mutex;
    std::unordered_map<table_data const*, std::unique_ptr<table const>> models;
};

model_store& store() {
    static auto& instance = *new model_store;  // never destroyed: used by destructors of statics
    return instance;
}

}  // namespace

table const& model_of(table_data const& data) {
    auto& s = store();
    {
        std::shared_lock const lock(s.mutex);
        if (auto const found = s.models.find(&data); found != s.models.end()) return *found->second;
    }
    // Built outside the lock; if another thread was faster its model is the one that stays.
    auto model = std::make_unique<table const>(build_model(data));
    std::unique_lock const lock(s.mutex);
    return *s.models.try_emplace(&data, std::move(model)).first->second;
}

std::vector<field> plan_of(table const& table, std::uint16_t first_column, std::uint32_t base,
                           bool without_generated) {
    std::vector<field> plan;
    plan.reserve(table.columns.size());
    for (auto const& c : table.columns) {
        if (c.generated && without_generated) continue;
        plan.push_back(make_field(*c.type, first_column++, base + c.offset));
    }
    return plan;
}

}  // namespace relata::schema
