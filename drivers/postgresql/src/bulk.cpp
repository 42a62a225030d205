// SPDX-License-Identifier: BSL-1.0
// Bulk insert through COPY in binary format: values go straight into the buffer that is sent.
#include "connection.hpp"
#include "sink.hpp"

#include <relata/driver/encode.hpp>

#include <fmt/format.h>

#include <charconv>

namespace relata::postgresql::detail {
namespace {

constexpr std::size_t buffer_size = 65536;

/// A tuple is the number of its fields, then each field as length and bytes; length -1 is NULL.
class copy_writer : public sink<copy_writer> {
public:
    copy_writer(PGconn* connection, std::vector<wire> formats)
        : connection_(connection), formats_(std::move(formats)),
          buffer_(buffer_size + most_of_a_row(formats_.size())), end_(buffer_.data()) {
        append({"PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19});
    }

    /// False when the server has ended the COPY; its result tells why. Flat, because a call for
    /// each field costs more than the field.
    [[gnu::flatten]] bool write_row(field const* plan, unsigned fields, void const* object) {
        store2(end_, std::uint16_t(fields));
        end_ += 2;
        for (column_ = 0; column_ < fields; ++column_)
            driver::encode_field(*this, plan[column_], object);
        if (used() >= buffer_size) flush();
        return open_;
    }

    bool write_end() {
        store2(end_, 0xffff);
        end_ += 2;
        flush();
        return open_;
    }

    // What sink and encode.hpp ask for; a field's place is that in the plan. At the start of a row
    // there is room for all its fields that are not text, so that none of them has to look.
    wire format(unsigned) const noexcept { return formats_[column_]; }
    char* room(unsigned) const noexcept { return end_ + 4; }
    void done(unsigned, int size) noexcept {
        store4(end_, std::uint32_t(size));
        end_ += 4 + size;
    }
    void null(unsigned) noexcept {
        store4(end_, 0xffffffff);
        end_ += 4;
    }
    using sink::null;
    void view(unsigned i, std::string_view value) {
        put_length(i, value.size());
        append(value);
    }
    void prefixed(unsigned i, char prefix, std::string_view value) {
        put_length(i, value.size() + 1);
        *end_++ = prefix;
        append(value);
    }
    std::string_view keep(std::string_view value) {
        kept_.clear();  // a value is written before the next one is kept
        return kept_.keep(value);
    }
    [[noreturn]] void wrong(error_kind kind, unsigned) {
        refuse_value(kind, fmt::format("column {} of the bulk insert", column_ + 1));
    }

private:
    // the count of fields, each field's length and scalar, and the end of the COPY
    static constexpr std::size_t most_of_a_row(std::size_t fields) {
        return 2 + fields * (4 + numeric_size) + 2;
    }

    std::size_t used() const noexcept { return std::size_t(end_ - buffer_.data()); }

    void put_length(unsigned i, std::size_t size) {
        if (size >= most_bytes) wrong(error_kind::limit_exceeded, i);
        store4(end_, std::uint32_t(size));
        end_ += 4;
    }

    // Keeps the room for the rest of the row: that is what the buffer is larger than its size by.
    void append(std::string_view bytes) {
        if (used() + bytes.size() > buffer_size) [[unlikely]] {
            flush();
            if (bytes.size() > buffer_size) return send(bytes.data(), bytes.size());
        }
        if (bytes.empty()) return;
        std::memcpy(end_, bytes.data(), bytes.size());
        end_ += bytes.size();
    }

    void flush() {
        send(buffer_.data(), used());
        end_ = buffer_.data();
    }

    void send(char const* data, std::size_t size) {
        if (open_ && PQputCopyData(connection_, data, int(size)) != 1) open_ = false;
    }

    PGconn* connection_;
    std::vector<wire> formats_;
    std::vector<char> buffer_;
    char* end_;
    unsigned column_ = 0;
    bool open_ = true;
    kept_values kept_;
};

// "COPY albums, line 3, column price": the word for line is translated, the order is not.
std::int64_t row_in(PGresult const* result) {
    char const* context = result ? PQresultErrorField(result, PG_DIAG_CONTEXT) : nullptr;
    std::string_view text = context ? context : "";
    auto const copy = text.find("COPY ");
    auto const comma = copy == text.npos ? copy : text.find(", ", copy);
    auto const digit = comma == text.npos ? comma : text.find_first_of("0123456789", comma);
    std::int64_t line = 0;
    if (digit != text.npos) std::from_chars(text.data() + digit, text.data() + text.size(), line);
    return line - 1;
}

// What the columns really are: a value must fit its column, not its C++ type.
std::vector<wire> column_formats(connection& owner, driver::bulk_target const& target) {
    auto known = owner.start();
    result_handle result(owner.prepare_as("", std::string(target.insert).c_str(), 0, nullptr));
    if (succeeded(result.get())) result.reset(owner.describe_prepared(""));
    owner.stop(known);
    if (!succeeded(result.get())) owner.raise(result.get(), known);
    std::vector<wire> formats;
    for (int i = 0; i < PQnparams(result.get()); ++i)
        formats.push_back(wire_of(PQparamtype(result.get(), i)));
    return formats;
}

std::string copy_statement(driver::bulk_target const& target) {
    return fmt::format("COPY {} ({}) FROM STDIN (FORMAT binary)", target.table,
                       fmt::join(target.columns, ", "));
}

// Takes the COPY back after a value was refused here, so that the connection is usable again.
void abandon(connection& owner, circumstances& known) {
    PQputCopyEnd(owner.handle(), "given up by the client");
    owner.drain();
    owner.stop(known);
}

std::int64_t finish_copy(connection& owner, copy_writer& out, circumstances& known) {
    PGconn* const c = owner.handle();
    if (out.write_end()) PQputCopyEnd(c, nullptr);
    result_handle const result(owner.next_result());
    owner.drain();
    owner.stop(known);
    if (!succeeded(result.get())) {
        error_info info = postgresql_family::describe_failure(c, result.get(), known);
        info.row = row_in(result.get());
        throw error(std::move(info));
    }
    std::int64_t rows = 0;
    char const* text = PQcmdTuples(result.get());
    std::from_chars(text, text + std::strlen(text), rows);
    return rows;
}

}  // namespace

std::int64_t connection::bulk_insert(driver::bulk_target const& target, field const* plan,
                                     unsigned fields, driver::row_source rows) {
    demand_free();
    auto formats = column_formats(*this, target);
    if (formats.size() != fields || target.columns.size() != fields)
        fail(error_kind::invalid_argument, "a bulk insert whose plan and columns differ");
    copy_writer out(handle(), std::move(formats));
    auto known = start();
    result_handle begun(exec(copy_statement(target).c_str()));
    if (PQresultStatus(begun.get()) != PGRES_COPY_IN) {
        stop(known);
        raise(begun.get(), known);
    }
    std::int64_t row = 0;
    try {
        while (void const* object = rows.next(rows.context)) {
            if (!out.write_row(plan, fields, object)) break;
            ++row;
        }
    } catch (error const& e) {
        abandon(*this, known);
        error_info info = e.info();
        if (info.row < 0) info.row = row;
        info.transaction = transaction();
        throw error(std::move(info));
    } catch (...) {
        abandon(*this, known);
        throw;
    }
    return finish_copy(*this, out, known);
}

}  // namespace relata::postgresql::detail
