// SPDX-License-Identifier: BSL-1.0

#include "migrate/diff_rules.hpp"
#include "migrate/characters.hpp"

#include <algorithm>

namespace relata::migrate {

namespace {

namespace catalog = schema::catalog;

void fold(std::string& text) { text = lowered(std::move(text)); }
void fold(std::vector<std::string>& texts) {
    for (auto& each : texts) fold(each);
}
void fold(std::vector<catalog::part>& parts) {
    for (auto& each : parts) {
        fold(each.column);
        for (auto& option : each.options) fold(option.value);
    }
}

}  // namespace

std::string folded(catalog::engine engine, std::string_view name) {
    std::string text(name);
    if (engine == catalog::engine::sqlite) fold(text);
    return text;
}

bool engine_equality::names(std::string_view a, std::string_view b) const {
    return a == b ||
           (engine_ == catalog::engine::sqlite && folded(engine_, a) == folded(engine_, b));
}

bool engine_equality::names(catalog::object_name const& a, catalog::object_name const& b) const {
    return names(a.space, b.space) && names(a.name, b.name);
}

bool engine_equality::same_without_case(catalog::column a, catalog::column b) {
    for (auto* each : {&a, &b}) {
        fold(each->name);
        fold(each->type);
        fold(each->collation);
    }
    return a == b;
}

bool engine_equality::same_without_case(catalog::key a, catalog::key b) {
    for (auto* each : {&a, &b}) fold(each->parts);
    return a == b;
}

bool engine_equality::same_without_case(catalog::index a, catalog::index b) {
    for (auto* each : {&a, &b}) {
        fold(each->name);
        fold(each->parts);
    }
    return a == b;
}

bool engine_equality::same_without_case(catalog::reference a, catalog::reference b) {
    for (auto* each : {&a, &b}) {
        fold(each->columns);
        fold(each->other.name);
        fold(each->other_columns);
    }
    return a == b;
}

}  // namespace relata::migrate
