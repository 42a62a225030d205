// SPDX-License-Identifier: BSL-1.0
//
// Path of a query, step 4 of 5 for SOCI. Next: relata/driver/decode.hpp reads the cells.

#include "statement.hpp"

namespace relata::soci::detail {
namespace {

std::string_view words(error_kind kind) {
    switch (kind) {
    case error_kind::null_value:
        return "the column holds NULL, the program's type has no place for it";
    case error_kind::type_mismatch: return "the column holds another type than the program reads";
    case error_kind::out_of_range: return "the value does not fit";
    case error_kind::value_too_long: return "the value is too long";
    case error_kind::text_invalid: return "the text is not UTF-8 or contains a NUL";
    case error_kind::not_supported: return "values of this type do not come through SOCI unchanged";
    default: return "the type does not allow this value";
    }
}

}  // namespace

void refuse_value(error_kind kind, unsigned placeholder) {
    error_info info;
    info.kind = kind;
    info.message = std::string(words(kind)) + " (value " + std::to_string(placeholder + 1) + ")";
    info.outcome = outcome::not_sent;
    throw error(std::move(info));
}

void refuse_cell(statement& owner, error_kind kind, field const& f) {
    owner.wrong_column(kind, f.column);
}

statement::statement(connection& owner, std::string_view sql, type_info const* const* types,
                     unsigned count)
    : owner_(owner), sql_(sql), values_(count) {
    owner_.guard(sql_, [&] { wire_ = owner_.make_wire(sql, types, count, values_); });
}

void statement::start(unsigned count) {
    if (state_ != state::idle) finish();
    if (count != values_.size())
        fail(error_kind::invalid_argument, "another number of values than placeholders");
}

void statement::run() {
    affected_ = last_id_ = 0;
    owner_.guard(sql_, [&] {
        owner_.running([&] { wire_->run(values_); });
        affected_ = wire_->affected();
        last_id_ = wire_->last_id();
    });
    state_ = state::next;
}

void statement::execute(param const* values, unsigned count) {
    start(count);
    sink to{values_, owner_.kept(), owner_.uuid_as_text()};
    for (unsigned i = 0; i < count; ++i) driver::encode_param(to, i, values[i]);
    run();
}

void statement::execute_from(field const* plan, unsigned count, void const* object) {
    start(count);
    sink to{values_, owner_.kept(), owner_.uuid_as_text()};
    for (field const *f = plan, *end = plan + count; f != end; ++f)
        driver::encode_field(to, *f, object);
    run();
}

bool statement::advance() {
    if (state_ == state::next) {
        bool more = false;
        owner_.guard(sql_, [&] { owner_.running([&] { more = wire_->next(); }); });
        state_ = more ? state::row : state::done;
    }
    return state_ == state::row;
}

bool statement::ready() { return advance(); }

std::size_t statement::fetch(field const* plan, unsigned fields, void* rows, std::size_t stride,
                             std::size_t max) {
    char* at = static_cast<char*>(rows);
    row from{*this, *wire_, owner_.kept()};
    std::size_t have = 0;
    for (; have < max && advance(); ++have, at += stride) {
        state_ = state::next;
        owner_.guard(sql_, [&] { driver::decode_row(from, plan, fields, at); });
    }
    return have;
}

void statement::finish() noexcept {
    if (state_ == state::idle) return;
    wire_->close();
    state_ = state::idle;
}

unsigned statement::columns() {
    unsigned count = 0;
    owner_.guard(sql_, [&] { count = wire_->columns(); });
    return count;
}

std::string statement::column_name(unsigned column) {
    if (column >= columns())
        fail(error_kind::invalid_argument, "a column that the result does not have");
    std::string name;
    owner_.guard(sql_, [&] { name = wire_->name(column); });
    return name;
}

void statement::wrong_column(error_kind kind, unsigned column) {
    error_info info;
    info.kind = kind;
    info.message = words(kind);
    if (column >= wire_->columns()) {
        info.kind = error_kind::invalid_argument;
        info.message = "the result has fewer columns than the program reads";
    } else {
        info.columns.push_back(wire_->origin(column));
    }
    info.transaction = owner_.transaction();
    throw error(std::move(info));
}

}  // namespace relata::soci::detail
