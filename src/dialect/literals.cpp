// SPDX-License-Identifier: BSL-1.0
//
// Values as text, for the defaults and checks of DDL, where nothing can be bound.

#include "dialect/form.hpp"

#include <relata/core/error.hpp>
#include <relata/dialect/dialect.hpp>
#include <relata/types/calendar.hpp>
#include <relata/types/detail/int128.hpp>
#include <relata/types/json.hpp>
#include <relata/types/sortable.hpp>
#include <relata/types/text.hpp>
#include <relata/types/uuid.hpp>

#include <charconv>
#include <cmath>
#include <cstring>

namespace relata::dialect {
namespace {

using relata::detail::int128;

constexpr std::size_t longest_firebird_literal = 65535;

class literal_writer {
public:
    literal_writer(std::string& out, dialect const& spelling) : out_(out), id_(spelling.id()) {}

    void write(param const& p) {
        switch (p.kind) {
        case kind::none: out_ += "NULL"; return;
        case kind::boolean:
            if (plain()) out_ += p.integer ? "1" : "0";
            else out_ += p.integer ? "TRUE" : "FALSE";
            return;
        case kind::uint64: return unsigned_integer(static_cast<std::uint64_t>(p.integer));
        case kind::float32:
        case kind::float64: return real(p.real);
        case kind::decimal: return decimal(p.integer, *p.type);
        case kind::decimal_wide:
            return decimal(
                static_cast<int128>(static_cast<relata::detail::uint128>(p.mantissa.high) << 64 |
                                    p.mantissa.low),
                *p.type);
        case kind::text:
        case kind::bounded_text:
        case kind::enumeration: return text({p.chars.data, p.chars.size});
        case kind::json:
            if (!valid_json({p.chars.data, p.chars.size}))
                fail(error_kind::value_invalid, "a text that is no JSON");
            text({p.chars.data, p.chars.size});
            if (postgresql()) out_ += "::json";
            return;
        case kind::bytes: return bytes({p.chars.data, p.chars.size});
        case kind::uuid: return uuid(p);
        case kind::date:
        case kind::time:
        case kind::timestamp:
        case kind::instant: return moment(p);
        case kind::custom: return custom(p);
        case kind::object: fail(error_kind::not_supported, "a struct is not one value");
        default: return integer(p.integer);
        }
    }

private:
    bool plain() const { return id_ == family::sqlite || id_ == family::firebird; }
    bool postgresql() const { return id_ == family::postgresql; }
    bool my() const { return id_ == family::mysql || id_ == family::mariadb; }

    void integer(std::int64_t value) {
        // the lowest integer is not the negation of a literal that fits
        if (value == INT64_MIN) out_ += "(-9223372036854775807 - 1)";
        else out_ += std::to_string(value);
    }

    void unsigned_integer(std::uint64_t value) {
        if (!plain()) {
            out_ += std::to_string(value);
            return;
        }
        char digits[sortable_u64_size];
        encode_sortable_u64(value, digits);
        text({digits, sizeof digits});
    }

    void real(double value) {
        if (!std::isfinite(value))
            fail(error_kind::out_of_range, "NaN and infinity are not values on every database");
        char digits[64];
        auto const end = std::to_chars(digits, digits + sizeof digits, value).ptr;
        std::string_view const shortest(digits, static_cast<std::size_t>(end - digits));
        if (id_ == family::firebird && !reads_exactly(value, shortest)) return binary_real(value);
        out_ += shortest;
        if (shortest.find('e') == shortest.npos) out_ += "e0";  // else it would be a decimal
        if (postgresql()) out_ += "::float8";
    }

    // Firebird computes a number from its digits with one rounding too many, unless digits and
    // power of ten are exact floating point numbers both.
    static bool reads_exactly(double value, std::string_view shortest) {
        constexpr std::size_t exact_digits = 15;
        constexpr double high = 1e15, low = 1e-7;
        auto const size = std::abs(value);
        return shortest.size() <= exact_digits && (value == 0 || (size < high && size > low));
    }

    // A whole number times a power of two, which is computed without rounding.
    void binary_real(double value) {
        constexpr int bits = 53;
        int exponent = 0;
        auto whole = static_cast<std::int64_t>(std::ldexp(std::frexp(value, &exponent), bits));
        for (exponent -= bits; whole % 2 == 0; ++exponent) whole /= 2;
        out_ += "(" + std::to_string(whole) + " * power(2e0, " + std::to_string(exponent) + "))";
    }

    void decimal(int128 mantissa, type_info const& declared) {
        auto const& t = stored_type(declared);
        if (plain() && t.kind == kind::decimal_wide) {
            char digits[relata::detail::max_digits + 1];
            encode_sortable(mantissa, t.precision, digits);
            return text({digits, sortable_size(t.precision)});
        }
        auto rest = relata::detail::magnitude(mantissa);
        std::string digits;
        unsigned const scale = plain() ? 0 : t.scale;
        for (unsigned i = 0; rest != 0 || i <= scale; ++i) {
            if (i == scale && scale) digits.insert(0, 1, '.');
            digits.insert(0, 1, static_cast<char>('0' + static_cast<int>(rest % 10)));
            rest /= 10;
        }
        if (mantissa < 0) out_ += '-';
        out_ += digits;
    }

    void text(std::string_view value) {
        if (!valid_text(value))
            fail(error_kind::text_invalid, "text that is not UTF-8, or has a NUL");
        // a backslash means different things to MySQL, depending on the session's sql_mode
        if (my() && value.find('\\') != value.npos) {
            out_ += "_utf8mb4 ";
            return hexadecimal(value, "X'");
        }
        check_size(value);
        out_ += '\'';
        for (char const c : value) out_.append(c == '\'' ? 2 : 1, c);
        out_ += '\'';
    }

    void check_size(std::string_view value) const {
        if (id_ == family::firebird && value.size() > longest_firebird_literal)
            fail(error_kind::limit_exceeded, "Firebird: a literal of more than 65535 bytes");
    }

    void hexadecimal(std::string_view value, char const* open) {
        check_size(value);
        out_ += open;
        for (char const c : value) {
            auto const byte = static_cast<unsigned char>(c);
            out_ += "0123456789abcdef"[byte >> 4U];
            out_ += "0123456789abcdef"[byte & 15U];
        }
        out_ += '\'';
    }

    void bytes(std::string_view value) {
        hexadecimal(value, postgresql() ? "'\\x" : "X'");
        if (postgresql()) out_ += "::bytea";
    }

    void uuid(param const& p) {
        if (!postgresql()) return bytes({reinterpret_cast<char const*>(p.raw), sizeof p.raw});
        relata::uuid value;
        std::memcpy(value.bytes, p.raw, sizeof p.raw);
        char written[36];
        value.format(written);
        text({written, sizeof written});
        out_ += "::uuid";
    }

    void moment(param const& p) {
        char written[timestamp_text_size];
        bool valid = false;
        std::size_t size = timestamp_text_size;
        char const* word = "TIMESTAMP ";
        if (p.kind == kind::date) {
            valid = p.integer >= min_day && p.integer <= max_day &&
                    format_date(static_cast<std::int32_t>(p.integer), written);
            size = date_text_size;
            word = "DATE ";
        } else if (p.kind == kind::time) {
            valid = format_time(p.integer, written);
            size = time_text_size;
            word = "TIME ";
        } else {
            valid = format_timestamp(p.integer, written);
        }
        if (!valid) fail(error_kind::out_of_range, "a date or time outside years 1 to 9999");
        if (postgresql() && p.kind == kind::instant) word = "TIMESTAMPTZ ";
        if (!plain()) out_ += word;
        text({written, size});
        if (postgresql() && p.kind == kind::instant) out_.insert(out_.size() - 1, "+00");
    }

    void custom(param const& p) {
        struct context {
            literal_writer& writer;
            type_info const& stored;
        } here{*this, *p.type->codec->stored};
        p.type->codec->encode(
            p.object,
            [](void* raw, void const* stored) {
                auto& c = *static_cast<context*>(raw);
                c.writer.write(element(c.stored, stored));
            },
            &here);
    }

    std::string& out_;
    family id_;
};

}  // namespace

void append_literal(std::string& out, param const& value, dialect const& spelling) {
    literal_writer(out, spelling).write(value);
}

}  // namespace relata::dialect
