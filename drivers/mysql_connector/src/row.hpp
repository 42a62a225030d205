// SPDX-License-Identifier: BSL-1.0
/// \file
/// The cells of a row, each read by the one function of the library that is right for its column.
#pragma once

#include "session.hpp"

#include <relata/driver/decode.hpp>

namespace relata::mysql_connector::detail {

/// What a column holds, worked out once for an execution.
enum class wire : std::uint8_t {
    other,  ///< nothing we read
    null,   ///< NULL in every row
    signed_integer,
    unsigned_integer,
    real,
    decimal,
    long_decimal,  ///< has values that the library would read beyond its buffer
    date,
    time,
    datetime,
    text,
    bytes,
    bits,
};

/// How the column (from 0) of this result is read.
wire wire_of(vendor::ResultSetMetaData& columns, unsigned column);

class row;

class cell {
public:
    using int128 = relata::detail::int128;

    cell(row& r, field const& f, wire type, bool is_null) noexcept
        : row_(r), field_(f), type_(type), null_(is_null) {}

    [[nodiscard]] bool is_null() const noexcept { return null_; }
    std::int64_t integer() const;
    std::uint64_t unsigned_integer() const;
    bool boolean() const;
    double real() const;
    std::string_view text() const;
    std::string_view blob() const { return chars(wire::bytes); }
    std::string_view json() const { return text(); }
    int128 mantissa() const;
    std::int32_t days() const;
    std::int64_t time() const;
    std::int64_t timestamp() const;
    std::int64_t instant() const { return timestamp(); }  // the session's time zone is UTC
    void uuid(unsigned char* to16) const;

private:
    [[noreturn]] void wrong(error_kind kind) const;
    void require(wire type) const;
    std::string_view chars(wire type) const;
    std::string_view decimal() const;
    [[nodiscard]] std::uint64_t bits() const;

    row& row_;
    field const& field_;
    wire type_;
    bool null_;
};

/// The row to which the result was moved last.
class row {
public:
    row(session& s, vendor::ResultSet& result, std::vector<wire> const& types)
        : session_(s), result_(result), types_(types), texts_(types.size()) {}

    cell at(field const& f) {
        wire const type = types_[f.column];
        return {*this, f, type, type == wire::null || result_.isNull(f.column + 1)};
    }

    [[noreturn]] void wrong(error_kind kind, field const& f) const;
    /// A value that is right in the database and that the library would give wrong.
    [[noreturn]] void refuse_unsafe(field const& f) const;

    [[nodiscard]] vendor::ResultSet& result() const noexcept { return result_; }
    /// The column's characters; they live until the column of another row is asked for.
    std::string_view chars(unsigned column) {
        texts_[column].reset(new vendor::SQLString(result_.getString(column + 1)));
        return texts_[column]->asStdString();
    }

private:
    [[nodiscard]] error_info place(field const& f) const;

    session& session_;
    vendor::ResultSet& result_;
    std::vector<wire> const& types_;
    std::vector<std::unique_ptr<vendor::SQLString>> texts_;
};

}  // namespace relata::mysql_connector::detail
