// SPDX-License-Identifier: BSL-1.0
/// \file
/// The cells of a row, read from the packet in which the server sent them: no buffer in between.
///
/// The client library notes for each column where its value begins in the packet, as long as no
/// result buffers are bound. Values of any length are then read in place, and nothing can be cut.
#pragma once

#include "client.hpp"

#include <mysql_family/stored_text.hpp>

#include <relata/driver/decode.hpp>

#include <bit>
#include <cstring>

namespace relata::mysql::detail {

static_assert(std::endian::native == std::endian::little,
              "the protocol's integers are read in place");

/// What a column holds on the wire, worked out once for an execution.
enum class wire : std::uint8_t {
    other,  ///< nothing we read
    int8,
    uint8,
    int16,
    uint16,
    int32,
    uint32,
    int64,
    uint64,
    float32,
    float64,
    decimal,
    date,
    time,
    datetime,
    text,
    bytes,
    json,
    bits,
};

/// How the columns of this type are read.
wire wire_of(MYSQL_FIELD const& column) noexcept;

template <class T> inline T load(unsigned char const* at) noexcept {
    T value;
    std::memcpy(&value, at, sizeof value);
    return value;
}

/// A text or bytes with their length in front.
inline std::string_view load_chars(unsigned char const* at) noexcept {
    auto const* chars = reinterpret_cast<char const*>(at);
    if (at[0] < 251) [[likely]]
        return {chars + 1, at[0]};
    if (at[0] == 252) return {chars + 3, load<std::uint16_t>(at + 1)};
    if (at[0] == 253) return {chars + 4, load<std::uint32_t>(at) >> 8};
    return {chars + 9, std::size_t(load<std::uint64_t>(at + 1))};
}

/// Throws for a cell that cannot be read as asked.
[[noreturn]] void refuse_cell(error_kind kind, MYSQL_FIELD const& column, transaction_state state);

class row;

class cell {
public:
    using int128 = relata::detail::int128;

    cell(row& r, field const& f, unsigned char const* at, wire type) noexcept
        : row_(r), field_(f), at_(at), type_(type) {}

    [[nodiscard]] bool is_null() const noexcept { return !at_; }

    std::int64_t integer() const {
        if (at_) [[likely]] {
            switch (type_) {
            case wire::int64: return load<std::int64_t>(at_);
            case wire::int32: return load<std::int32_t>(at_);
            case wire::int16: return load<std::int16_t>(at_);
            case wire::int8: return load<std::int8_t>(at_);
            case wire::uint32: return load<std::uint32_t>(at_);
            case wire::uint16: return load<std::uint16_t>(at_);
            case wire::uint8: return *at_;
            default: break;
            }
        }
        return rare_integer();
    }
    std::uint64_t unsigned_integer() const;
    bool boolean() const;
    double real() const {
        if (at_) [[likely]] {
            if (type_ == wire::float64) return load<double>(at_);
            if (type_ == wire::float32) return double(load<float>(at_));
        }
        return rare_real();
    }
    std::string_view text() const {
        require(wire::text);
        auto const found = load_chars(at_);
        if (!mysql_family::is_utf8(found)) [[unlikely]]
            wrong(error_kind::text_invalid);
        return found;
    }
    std::string_view blob() const {
        require(wire::bytes);
        return load_chars(at_);
    }
    std::string_view json() const {
        if (type_ != wire::json) require(wire::text);
        if (!at_) wrong(error_kind::null_value);
        return load_chars(at_);
    }
    int128 mantissa() const;
    std::int32_t days() const {
        require(wire::date);
        return date_at(at_ + 1, at_[0] == 4 || at_[0] == 7 || at_[0] == 11);
    }
    std::int64_t time() const;
    std::int64_t timestamp() const {
        require(wire::datetime);
        unsigned char const size = at_[0];
        std::int64_t const day = date_at(at_ + 1, size == 4 || size == 7 || size == 11);
        std::int64_t seconds = day * 86400;
        if (size > 4) seconds += at_[5] * 3600 + at_[6] * 60 + at_[7];
        return seconds * 1000000 + (size == 11 ? std::int64_t(load<std::uint32_t>(at_ + 8)) : 0);
    }
    std::int64_t instant() const { return timestamp(); }  // the session's time zone is UTC
    void uuid(unsigned char* to16) const;

private:
    [[noreturn]] void wrong(error_kind kind) const;

    void require(wire type) const {
        if (!at_) [[unlikely]]
            wrong(error_kind::null_value);
        if (type_ != type) [[unlikely]]
            wrong(error_kind::type_mismatch);
    }

    // Zero dates are no dates.
    std::int32_t date_at(unsigned char const* at, bool has_date) const {
        if (!has_date) [[unlikely]]
            wrong(error_kind::out_of_range);
        civil_date const day{load<std::uint16_t>(at), at[2], at[3]};
        if (!valid(day)) [[unlikely]]
            wrong(error_kind::out_of_range);
        return days_from_civil(day);
    }

    std::int64_t rare_integer() const;
    double rare_real() const;
    std::uint64_t bits() const;

    row& row_;
    field const& field_;
    unsigned char const* at_;
    wire type_;
};

/// The row that was fetched last.
class row {
public:
    row(MYSQL_STMT const* statement, wire const* types) noexcept
        : statement_(statement), types_(types) {}

    cell at(field const& f) noexcept {
        return {*this, f, statement_->bind[f.column].u.row_ptr, types_[f.column]};
    }

    [[noreturn]] void wrong(error_kind kind, field const& f) const {
        bool const in_transaction = statement_->mysql->server_status & SERVER_STATUS_IN_TRANS;
        refuse_cell(kind, statement_->fields[f.column],
                    in_transaction ? transaction_state::open : transaction_state::none);
    }

private:
    MYSQL_STMT const* statement_;
    wire const* types_;
};

}  // namespace relata::mysql::detail
