// SPDX-License-Identifier: BSL-1.0

#include "conformance/value.hpp"

#include <relata/core/error.hpp>
#include <relata/dialect/dialect.hpp>

#include <new>

namespace relata::conformance {

value value::optional() const {
    if (!ops_->optional) return *this;
    return value(ops_->optional, ops_->wrap(object()));
}

value value::null() const {
    if (!ops_->optional) return blank(*ops_);
    return value(ops_->optional, ops_->wrap(nullptr));
}

std::string value::shown() const {
    constexpr std::size_t most = 80;
    std::string text;
    try {
        dialect::append_literal(text, bind(), dialect::dialect_for(dialect::family::sqlite, 34000));
    } catch (error const&) {
        text = "(a value that has no literal)";
    }
    if (text.size() <= most) return text;
    auto const size = text.size();
    text.resize(most);
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0x80U) != 0) text.pop_back();
    return text + "… (" + std::to_string(size) + " bytes)";
}

std::vector<value_ops const*> ops_of_row(row_values const& row) {
    std::vector<value_ops const*> out;
    for (auto const& each : row) out.push_back(&each.ops());
    return out;
}

namespace {

constexpr std::align_val_t alignment{alignof(std::max_align_t)};

std::size_t rounded_up(std::size_t size, std::size_t align) {
    return (size + align - 1) / align * align;
}

}  // namespace

row_block::row_block(std::vector<value_ops const*> columns, std::size_t rows)
    : columns_(std::move(columns)), rows_(rows) {
    std::size_t offset = 0;
    for (auto const* each : columns_) {
        offset = rounded_up(offset, each->type->align);
        plan_.push_back(
            make_field(*each->type, std::uint16_t(plan_.size()), std::uint32_t(offset)));
        offset += each->type->size;
    }
    stride_ = rounded_up(offset, alignof(std::max_align_t));
    memory_ = static_cast<char*>(::operator new(stride_ * rows_ + 1, alignment));
    for (std::size_t r = 0; r < rows_; ++r)
        for (std::size_t c = 0; c < columns_.size(); ++c)
            columns_[c]->construct(memory_ + r * stride_ + plan_[c].offset);
}

row_block::~row_block() {
    for (std::size_t r = 0; r < rows_; ++r)
        for (std::size_t c = 0; c < columns_.size(); ++c)
            columns_[c]->destroy(memory_ + r * stride_ + plan_[c].offset);
    ::operator delete(memory_, alignment);
}

void* row_block::row(std::size_t index) const { return memory_ + index * stride_; }

void row_block::set(std::size_t row, row_values const& values) {
    for (std::size_t c = 0; c < columns_.size(); ++c)
        columns_[c]->assign(memory_ + row * stride_ + plan_[c].offset, values.at(c).object());
}

value row_block::at(std::size_t row, unsigned column) const {
    return value(*columns_[column], memory_ + row * stride_ + plan_[column].offset);
}

row_values row_block::values(std::size_t row) const {
    row_values out;
    for (unsigned c = 0; c < columns_.size(); ++c) out.push_back(at(row, c));
    return out;
}

}  // namespace relata::conformance
