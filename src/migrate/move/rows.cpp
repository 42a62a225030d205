// SPDX-License-Identifier: BSL-1.0

#include "migrate/move/rows.hpp"

#include <relata/sql/raw.hpp>
#include <relata/types/bytes.hpp>
#include <relata/types/decimal.hpp>
#include <relata/types/json.hpp>
#include <relata/types/time.hpp>
#include <relata/types/uuid.hpp>

#include <algorithm>

namespace relata::migrate::moving {

using relata::kind;

template <class T> constexpr row_layout::life row_layout::life_of() {
    return {[](void* at) { new (at) std::optional<T>(); },
            [](void* at) { std::destroy_at(static_cast<std::optional<T>*>(at)); }};
}

template <class T> void row_layout::add(generate::cpp_type const& type) {
    auto const* is = &type_of<std::optional<T>>;
    if (generate::is_decimal(type.is)) {
        auto& plain = own_.emplace_back(type_of<T>);
        plain.precision = std::uint8_t(type.precision);
        plain.scale = std::uint8_t(type.scale);
        auto& optional = own_.emplace_back(*is);
        optional.precision = plain.precision;
        optional.scale = plain.scale;
        optional.inner = &plain;
        is = &optional;
    }
    size_ = (size_ + is->align - 1) / is->align * is->align;
    plan_.push_back(make_field(*is, std::uint16_t(plan_.size()), size_));
    size_ += is->size;
    types_.push_back(is);
    lives_.push_back(life_of<T>());
}

void row_layout::add_column(generate::cpp_type const& type) {
    switch (type.is) {
    case kind::boolean: return add<bool>(type);
    case kind::int8: return add<std::int8_t>(type);
    case kind::int16: return add<std::int16_t>(type);
    case kind::int32: return add<std::int32_t>(type);
    case kind::int64: return add<std::int64_t>(type);
    case kind::uint8: return add<std::uint8_t>(type);
    case kind::uint16: return add<std::uint16_t>(type);
    case kind::uint32: return add<std::uint32_t>(type);
    case kind::uint64: return add<std::uint64_t>(type);
    case kind::float32: return add<float>(type);
    case kind::float64: return add<double>(type);
    case kind::decimal: return add<decimal<18, 0>>(type);
    case kind::decimal_wide: return add<decimal<38, 0>>(type);
    case kind::bytes: return add<std::vector<std::byte>>(type);
    case kind::date: return add<date>(type);
    case kind::time: return add<time_of_day>(type);
    case kind::timestamp: return add<timestamp>(type);
    case kind::instant: return add<instant>(type);
    case kind::uuid: return add<uuid>(type);
    case kind::json: return add<json>(type);
    default: return add<std::string>(type);  // enumerations are stored as text
    }
}

row_layout::row_layout(std::vector<column_route> const& columns)
    : query_{{0}, true, false, &sql::node_of<detail::any_text>, {}} {
    for (auto const& c : columns) add_column(c.type);
    size_ = (size_ + alignof(std::max_align_t) - 1) / alignof(std::max_align_t) *
            alignof(std::max_align_t);
    query_.row.form = sql::row_form::flat;
    query_.row.types = types_.data();
    query_.row.count = std::uint32_t(types_.size());
    query_.row.size = size_;
}

param row_layout::value(void const* row, std::size_t column) const {
    return relata::detail::element(*types_[column],
                                   static_cast<char const*>(row) + plan_[column].offset);
}

row::row(row_layout const& layout)
    : layout_(layout), memory_(new std::max_align_t[layout.size_ / sizeof(std::max_align_t) + 1]) {
    for (std::size_t i = 0; i < layout.plan_.size(); ++i)
        layout.lives_[i].begin(static_cast<char*>(data()) + layout.plan_[i].offset);
}

row::~row() {
    for (std::size_t i = 0; i < layout_.plan_.size(); ++i)
        layout_.lives_[i].end(static_cast<char*>(data()) + layout_.plan_[i].offset);
}

row_cursor::row_cursor(handle const& from, row_layout& layout, std::string_view text,
                       std::vector<param> const& values)
    : cursor_(nullptr) {
    relata::query<std::int64_t> const wanted(layout.query(), text, values.data(),
                                             unsigned(values.size()));
    cursor_ =
        relata::engine::open_cursor(relata::engine::source_of::handle_source(from), wanted.data());
}

void row_cursor::close() {
    relata::engine::close_cursor(cursor_);
    cursor_ = nullptr;
}

}  // namespace relata::migrate::moving
