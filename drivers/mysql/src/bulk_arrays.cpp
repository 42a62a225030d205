// SPDX-License-Identifier: BSL-1.0
//
// Bulk insert by array binding: each column is an array, and one execution sends a few thousand
// rows. Texts and time stamps are arrays of pointers; so the client library wants it.

#include "bulk.hpp"

#include "sink.hpp"

#include <relata/driver/encode.hpp>

#include <memory>

namespace relata::mysql::detail {
namespace {

constexpr unsigned most_rows = 2000;         // in one execution
constexpr std::size_t most_bytes = 1 << 20;  // of texts in one execution

struct column_array {
    enum_field_types type{};
    bool is_unsigned = false;
    std::vector<std::int64_t> numbers;  // or doubles, by their bits
    std::vector<void const*> pointers;  // of texts and times
    std::vector<unsigned long> lengths;
    std::vector<char> indicators;
    std::vector<MYSQL_TIME> times;
};

bool is_number(enum_field_types type) {
    return type == MYSQL_TYPE_LONGLONG || type == MYSQL_TYPE_DOUBLE;
}

bool is_moment(enum_field_types type) {
    return type == MYSQL_TYPE_DATE || type == MYSQL_TYPE_TIME || type == MYSQL_TYPE_DATETIME;
}

// Puts the values of one row at its place in the arrays.
class array_sink {
public:
    using int128 = relata::detail::int128;

    array_sink(column_array* columns, arena& texts) : columns_(columns), texts_(texts) {}

    void go_to(unsigned at, std::int64_t row) noexcept {
        at_ = at;
        row_ = row;
    }

    void null(unsigned i, type_info const&) {
        columns_[i].indicators[at_] = STMT_INDICATOR_NULL;
        if (!is_number(columns_[i].type)) columns_[i].pointers[at_] = "";
    }
    void boolean(unsigned i, bool value) { number(i, value ? 1 : 0); }
    void integer(unsigned i, std::int64_t value, type_info const&) { number(i, value); }
    void unsigned_integer(unsigned i, std::uint64_t value) { number(i, std::int64_t(value)); }
    void real(unsigned i, double value, type_info const&) {
        number(i, std::bit_cast<std::int64_t>(value));
    }
    void decimal(unsigned i, int128 mantissa, type_info const& t) {
        char digits[relata::detail::decimal_text_size];
        chars(i, {digits, relata::detail::format_decimal(mantissa, t.scale, digits)});
    }
    void text(unsigned i, std::string_view value) { chars(i, value); }
    void json(unsigned i, std::string_view value) { chars(i, value); }
    void bytes(unsigned i, std::string_view value) { chars(i, value); }
    void uuid(unsigned i, unsigned char const* from) {
        chars(i, {reinterpret_cast<char const*>(from), 16});
    }
    void date(unsigned i, std::int32_t days) { put_date(moment(i), days); }
    void time(unsigned i, std::int64_t micros) { put_time(moment(i), micros); }
    void timestamp(unsigned i, std::int64_t micros) { put_moment(moment(i), micros); }
    void instant(unsigned i, std::int64_t micros) { put_moment(moment(i), micros); }
    std::string_view keep(std::string_view value) { return value; }  // chars() copies
    [[noreturn]] void wrong(error_kind kind, unsigned i) { refuse_value(kind, i, row_); }

private:
    void number(unsigned i, std::int64_t value) {
        columns_[i].indicators[at_] = STMT_INDICATOR_NONE;
        columns_[i].numbers[at_] = value;
    }
    void chars(unsigned i, std::string_view value) {
        auto& column = columns_[i];
        column.indicators[at_] = STMT_INDICATOR_NONE;
        column.pointers[at_] = value.empty() ? "" : texts_.copy(value).data();
        column.lengths[at_] = value.size();
    }
    MYSQL_TIME& moment(unsigned i) {
        auto& column = columns_[i];
        column.indicators[at_] = STMT_INDICATOR_NONE;
        column.pointers[at_] = &column.times[at_];
        return column.times[at_];
    }

    column_array* columns_;
    arena& texts_;
    unsigned at_ = 0;
    std::int64_t row_ = 0;
};

class array_insert {
public:
    array_insert(session& s, std::string_view sql, field const* plan, unsigned fields)
        : session_(s), sql_(sql), statement_(nullptr, closer{&s}), columns_(fields) {
        s.ready_for_statement();
        statement_.reset(mysql_stmt_init(s.client()));
        if (!statement_) fail(error_kind::out_of_memory, "out of memory");
        if (mysql_stmt_prepare(statement_.get(), sql.data(), sql.size())) raise();
        if (statement_->param_count != fields)
            fail(error_kind::invalid_argument, "as many placeholders as columns are expected");
        for (unsigned i = 0; i < fields; ++i) make_column(plan[i]);
    }

    std::int64_t run(field const* plan, unsigned fields, driver::row_source rows) {
        array_sink to(columns_.data(), texts_);
        std::size_t const limit =
            most_bytes < session_.max_packet() / 4 ? most_bytes : session_.max_packet() / 4;
        while (void const* const object = rows.next(rows.context)) {
            std::size_t const before = texts_.used();
            put(to, plan, fields, object);
            check_size(texts_.used() - before);
            // a row that does not fit into the packet any more goes with the next one
            if (count_ && packet_size(texts_.used(), count_ + 1) > session_.max_packet()) {
                flush();
                put(to, plan, fields, object);
            }
            ++count_;
            if (count_ == most_rows || texts_.used() > limit) flush();
        }
        if (count_) flush();
        return done_;
    }

private:
    void put(array_sink& to, field const* plan, unsigned fields, void const* object) {
        to.go_to(count_, done_ + count_);
        for (unsigned i = 0; i < fields; ++i) driver::encode_field(to, plan[i], object);
    }

    // At most, as a value takes no more beside its text than a time stamp.
    [[nodiscard]] std::size_t packet_size(std::size_t texts, std::size_t rows) const {
        return texts + 16 * rows * columns_.size() + 1024;
    }

    struct closer {
        session* owner;
        void operator()(MYSQL_STMT* statement) const noexcept { owner->close(statement); }
    };

    void make_column(field const& f) {
        auto& column = columns_[f.column];
        auto const kind = stored_type(f.type->plain()).kind;
        column.type = wire_type(kind);
        column.is_unsigned = kind == kind::uint64;
        column.indicators.resize(most_rows);
        if (is_number(column.type)) column.numbers.resize(most_rows);
        else column.pointers.resize(most_rows);
        if (is_moment(column.type)) column.times.resize(most_rows);
        else if (!is_number(column.type)) column.lengths.resize(most_rows);
    }

    void check_size(std::size_t size) const {
        if (packet_size(size, 1) > session_.max_packet())
            refuse_value(error_kind::limit_exceeded, 0, done_ + count_);
    }

    void bind() {
        std::vector<MYSQL_BIND> bindings(columns_.size());
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            auto& column = columns_[i];
            MYSQL_BIND& binding = bindings[i];
            binding.buffer_type = column.type;
            binding.is_unsigned = column.is_unsigned;
            binding.buffer = is_number(column.type) ? static_cast<void*>(column.numbers.data())
                                                    : static_cast<void*>(column.pointers.data());
            if (!column.lengths.empty()) binding.length = column.lengths.data();
            binding.u.indicator = column.indicators.data();
        }
        if (mysql_stmt_bind_param(statement_.get(), bindings.data())) raise();
        bound_ = true;
    }

    void flush() {
        if (!bound_) bind();
        if (mysql_stmt_attr_set(statement_.get(), STMT_ATTR_ARRAY_SIZE, &count_)) raise();
        if (mysql_stmt_execute(statement_.get())) raise();
        session_.after_statement();
        done_ += count_;
        count_ = 0;
        texts_.clear();
    }

    // The server's row counts from the start of the execution.
    [[noreturn]] void raise() {
        auto const r = report_of(statement_.get());
        try {
            session_.raise(r, sql_);
        } catch (error const& e) {
            auto info = e.info();
            if (info.row >= 0) info.row += done_;
            throw error(std::move(info));
        }
    }

    session& session_;
    std::string_view sql_;
    std::unique_ptr<MYSQL_STMT, closer> statement_;
    std::vector<column_array> columns_;
    arena texts_;
    unsigned count_ = 0;
    std::int64_t done_ = 0;
    bool bound_ = false;
};

}  // namespace

std::int64_t insert_arrays(session& s, driver::bulk_target const& target, field const* plan,
                           unsigned fields, driver::row_source rows) {
    array_insert insert(s, target.insert, plan, fields);
    return insert.run(plan, fields, rows);
}

}  // namespace relata::mysql::detail
