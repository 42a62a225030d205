// SPDX-License-Identifier: BSL-1.0

#include "firebird_values.hpp"

#include <algorithm>
#include <cstring>

namespace relata::soci::detail {
namespace {

constexpr short octets = 1;
constexpr short utf8 = 4;
constexpr std::size_t longest_varying = 32000;
constexpr std::size_t segment = 32000;

template <class T> T load(char const* from) {
    T value;
    std::memcpy(&value, from, sizeof value);
    return value;
}

ISC_QUAD write_blob(std::string_view bytes, ISC_STATUS* status, isc_db_handle* database,
                    isc_tr_handle* transaction) {
    ISC_QUAD id{};
    isc_blob_handle blob = 0;
    if (isc_create_blob2(status, database, transaction, &blob, &id, 0, nullptr)) return id;
    while (!bytes.empty()) {
        auto const size = std::min(bytes.size(), segment);
        if (isc_put_segment(status, &blob, static_cast<unsigned short>(size), bytes.data()))
            return id;
        bytes.remove_prefix(size);
    }
    isc_close_blob(status, &blob);
    return id;
}

void read_blob(ISC_QUAD id, std::string& out, ISC_STATUS* status, isc_db_handle* database,
               isc_tr_handle* transaction) {
    isc_blob_handle blob = 0;
    if (isc_open_blob2(status, database, transaction, &blob, &id, 0, nullptr)) return;
    std::vector<char> room(segment);
    for (;;) {
        unsigned short size = 0;
        auto const end = isc_get_segment(status, &blob, &size,
                                         static_cast<unsigned short>(room.size()), room.data());
        out.append(room.data(), size);
        if (end == isc_segstr_eof) break;
        if (end != 0 && end != isc_segment) return;
    }
    isc_close_blob(status, &blob);
}

// A CHAR comes with room for the longest letters, and blanks in it; the column has fewer.
std::string_view first_letters(std::string_view text, std::size_t count) {
    std::size_t at = 0;
    for (; at < text.size(); ++at)
        if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80 && count-- == 0) break;
    return text.substr(0, at);
}

std::string decimal_of(std::int64_t value, int scale) {
    auto const magnitude = value < 0 ? 0 - std::uint64_t(value) : std::uint64_t(value);
    auto digits = std::to_string(magnitude);
    auto const after = std::size_t(-scale);
    if (digits.size() <= after) digits.insert(0, after + 1 - digits.size(), '0');
    digits.insert(digits.size() - after, 1, '.');
    return value < 0 ? "-" + digits : digits;
}

firebird_value number(std::int64_t value, int scale) {
    firebird_value out;
    out.is = scale < 0 ? content::form::decimal : content::form::integer;
    out.integer = value;
    if (scale < 0) out.text = decimal_of(value, scale);
    return out;
}

}  // namespace

void firebird_cell::attach(XSQLVAR& var) {
    var_ = &var;
    room_.resize(std::size_t(var.sqllen) + ((var.sqltype & ~1) == SQL_VARYING ? 2 : 0) + 8);
    null_ = std::make_unique<short>(short(0));
    var.sqldata = room_.data();
    var.sqlind = null_.get();
}

// The dialect keeps text of n letters in 4 n OCTETS; other OCTETS may be of any sort.
firebird_value firebird_cell::read(ISC_STATUS* status, isc_db_handle* database,
                                   isc_tr_handle* transaction) const {
    firebird_value out;
    char const* const data = var_->sqldata;
    if ((var_->sqltype & 1) != 0 && *null_ < 0) return out;
    bool const is_bytes = (var_->sqlsubtype & 0xFF) == octets;
    switch (var_->sqltype & ~1) {
    case SQL_SHORT: return number(load<short>(data), var_->sqlscale);
    case SQL_LONG: return number(load<ISC_LONG>(data), var_->sqlscale);
    case SQL_INT64: return number(load<ISC_INT64>(data), var_->sqlscale);
    case SQL_BOOLEAN:
        out.is = content::form::boolean;
        out.integer = *data != 0;
        break;
    case SQL_FLOAT:
        out.is = content::form::real;
        out.real = double(load<float>(data));
        break;
    case SQL_DOUBLE:
        out.is = content::form::real;
        out.real = load<double>(data);
        break;
    case SQL_VARYING:
        if (!is_bytes) out.is = content::form::text;
        else out.is = var_->sqllen % 4 == 0 ? content::form::text : content::form::octets;
        out.text.assign(data + 2, load<unsigned short>(data));
        break;
    case SQL_TEXT: {
        std::string_view const whole(data, std::size_t(var_->sqllen));
        out.is = is_bytes ? content::form::bytes : content::form::text;
        out.text = (var_->sqlsubtype & 0xFF) == utf8
                       ? first_letters(whole, std::size_t(var_->sqllen) / 4)
                       : whole;
        break;
    }
    case SQL_BLOB:
        out.is = var_->sqlsubtype == isc_blob_text ? content::form::text : content::form::bytes;
        read_blob(load<ISC_QUAD>(data), out.text, status, database, transaction);
        break;
    default: out.is = content::form::other;
    }
    return out;
}

void firebird_parameter::fill(XSQLVAR& var, bound const& value, ISC_STATUS* status,
                              isc_db_handle* database, isc_tr_handle* transaction) {
    auto const put = [&](int type, void const* data, std::size_t size) {
        var.sqltype = ISC_SHORT(type | 1);
        var.sqllen = ISC_SHORT(size);
        var.sqlscale = 0;
        room_.assign(static_cast<char const*>(data), static_cast<char const*>(data) + size);
    };
    bool const blob = (var.sqltype & ~1) == SQL_BLOB;
    null_ = 0;
    switch (value.is) {
    case bound::form::null:
        null_ = -1;
        var.sqltype = ISC_SHORT(var.sqltype | 1);
        room_.assign(std::size_t(std::max<int>(var.sqllen, 0)) + 8, '\0');
        break;
    case bound::form::integer:
    case bound::form::unsigned_integer: put(SQL_INT64, &value.integer, sizeof value.integer); break;
    case bound::form::real: put(SQL_DOUBLE, &value.real, sizeof value.real); break;
    case bound::form::text:
    case bound::form::bytes: {
        if (blob || value.text.size() > longest_varying) {
            auto const id = write_blob(value.text, status, database, transaction);
            if (!blob)
                var.sqlsubtype = value.is == bound::form::text ? isc_blob_text : isc_blob_untyped;
            put(SQL_BLOB, &id, sizeof id);
            break;
        }
        auto const size = static_cast<unsigned short>(value.text.size());
        put(SQL_VARYING, &size, sizeof size);
        room_.insert(room_.end(), value.text.begin(), value.text.end());
        var.sqllen = ISC_SHORT(size);
        // the characters are UTF-8, whatever the column's are
        var.sqlsubtype = value.is == bound::form::text ? utf8 : octets;
    }
    }
    var.sqldata = room_.data();
    var.sqlind = &null_;
}

}  // namespace relata::soci::detail
