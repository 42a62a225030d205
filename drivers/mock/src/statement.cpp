// SPDX-License-Identifier: BSL-1.0
//
// Executes by asking the script, and reads the script's rows as rows of a database are read.

#include "statement.hpp"

#include "cell_sink.hpp"
#include "errors.hpp"
#include "words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace relata::mock {

void cell_reader::wrong(error_kind kind) const {
    row.owner.wrong(is_null() ? error_kind::null_value : kind, f, from);
}

namespace detail {

cell_reader scripted_row::at(field const& f) const { return {*this, f, cells[f.column]}; }

void scripted_row::wrong(error_kind kind, field const& f) const {
    owner.wrong(kind, f, cells[f.column]);
}

statement::statement(connection& owner, std::string_view sql, unsigned count)
    : owner_(owner), sql_(sql), params_(count) {}

statement::~statement() { finish(); }

void statement::start(unsigned count) {
    finish();
    if (count != params_)
        fail(error_kind::invalid_argument, "another number of values than placeholders");
    owner_.check_free(this);
    if (owner_.transaction() != transaction_state::failed) return;
    error_info info = usual(error_kind::transaction_failed);
    info.retry = retry_advice::transaction;
    info.message = "an earlier error has ended this transaction";
    owner_.raise(std::move(info));
}

void statement::execute(param const* values, unsigned count) {
    start(count);
    run(cells_of(values, count));
}

void statement::execute_from(field const* plan, unsigned count, void const* object) {
    start(count);
    run(cells_of(plan, count, object));
}

void statement::run(std::vector<cell> values) {
    std::vector<row> sent;
    sent.emplace_back(std::move(values));
    answer_ = owner_.perform(step::execute, sql_, std::move(sent));
    position_ = 0;
    rows_ = answer_.rows;
    if (!rows_) {
        std::vector<row> made;
        if (answer_.key) made.push_back({cell(*answer_.key)});
        rows_ = std::make_shared<std::vector<row> const>(std::move(made));
    }
    bool const one_by_one = mode_ == driver::read_mode::stream && size() != 0;
    if (one_by_one && !owner_.can().concurrent_streams) owner_.streaming = this;
}

void statement::break_if_due() {
    if (!rows_ || !answer_.breaks() || position_ != answer_.after) return;
    finish();
    owner_.break_off(answer_, step::execute, sql_);
}

bool statement::ready() {
    break_if_due();
    return position_ < size();
}

// A row that is longer or shorter than what the program reads is a mistake of the script.
void statement::check_width(field const* plan, unsigned fields, row const& next) {
    std::size_t wanted = 0;
    for (field const *f = plan, *end = plan + fields; f != end; ++f)
        wanted = std::max<std::size_t>(wanted, f->column + 1u);
    if (next.size() == wanted) return;
    error_info info;
    info.kind = error_kind::invalid_argument;
    info.message = fmt::format("row {} of the script has {} values, the program reads {}",
                               position_ + 1, next.size(), wanted);
    info.statement = sql_;
    owner_.raise(std::move(info));
}

std::size_t statement::fetch(field const* plan, unsigned fields, void* rows, std::size_t stride,
                             std::size_t max) {
    char* at = static_cast<char*>(rows);
    std::size_t have = 0;
    for (; have < max; ++have, at += stride) {
        break_if_due();
        if (position_ == size()) break;
        row const& next = (*rows_)[position_];
        check_width(plan, fields, next);
        scripted_row reader{*this, next};
        driver::decode_row(reader, plan, fields, at);
        ++position_;
    }
    if (position_ == size() && owner_.streaming == this) owner_.streaming = nullptr;
    return have;
}

void statement::finish() noexcept {
    rows_.reset();
    position_ = 0;
    if (owner_.streaming == this) owner_.streaming = nullptr;
}

std::int64_t statement::last_id() {
    if (answer_.key) return *answer_.key;
    fail(error_kind::invalid_argument,
         "the mock's rule for this insert gives no key; add inserts(…)");
}

unsigned statement::columns() {
    auto const names = owner_.shared().columns_of(sql_);
    return names ? unsigned(names->size()) : unknown_columns;
}

std::string statement::column_name(unsigned column) {
    auto const names = owner_.shared().columns_of(sql_);
    return names && column < names->size() ? (*names)[column] : std::string();
}

void statement::wrong(error_kind kind, field const& f, cell const& there) {
    auto const& names = answer_.columns;
    std::string const name =
        f.column < names.size() ? names[f.column] : fmt::format("column {}", f.column + 1);
    error_info info;
    info.kind = kind;
    info.message = fmt::format("row {} of the script has {} in {}, the program reads {}",
                               position_ + 1, name_of(there.kind()), name, name_of(f.type->kind));
    info.statement = sql_;
    info.columns.push_back(name);
    owner_.raise(std::move(info));
}

}  // namespace detail
}  // namespace relata::mock
