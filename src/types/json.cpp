// SPDX-License-Identifier: BSL-1.0
//
// Checks that a text is a JSON document, without making a tree and without recursion: a hostile
// document cannot exhaust the stack.

#include <relata/types/json.hpp>

#include <relata/types/detail/raise.hpp>
#include <relata/types/text.hpp>

#include <cstdint>

namespace relata {
namespace {

// Each function reads one part of the grammar at `at_` and says false at the first violation.
class scanner {
public:
    explicit scanner(std::string_view text) : at_(text.data()), end_(at_ + text.size()) {}

    bool document() noexcept {
        do {
            skip_space();
            if (!value()) return false;
        } while (!complete_);
        return at_ == end_;
    }

private:
    [[nodiscard]] char peek() const noexcept { return at_ == end_ ? '\0' : *at_; }

    bool take(char wanted) noexcept {
        if (at_ == end_ || *at_ != wanted) return false;
        ++at_;
        return true;
    }

    void skip_space() noexcept {
        while (at_ != end_ && (*at_ == ' ' || *at_ == '\t' || *at_ == '\n' || *at_ == '\r')) ++at_;
    }

    // A value, or the opening of one; after a whole one, what must follow it.
    bool value() noexcept {
        switch (peek()) {
        case '{': return open(true);
        case '[': return open(false);
        case '"': return string() && after_value();
        case 't': return word("true") && after_value();
        case 'f': return word("false") && after_value();
        case 'n': return word("null") && after_value();
        default: return number() && after_value();
        }
    }

    bool open(bool object) noexcept {
        ++at_;
        if (depth_ == json_depth_limit) return false;
        std::uint64_t const level = std::uint64_t{1} << depth_;
        objects_ = object ? objects_ | level : objects_ & ~level;
        ++depth_;
        skip_space();
        if (peek() == closing()) return after_value();
        return !object || key();
    }

    [[nodiscard]] bool in_object() const noexcept { return (objects_ >> (depth_ - 1) & 1U) != 0; }
    [[nodiscard]] char closing() const noexcept { return in_object() ? '}' : ']'; }

    // Closes what ends here; stops before the next value or after the document.
    bool after_value() noexcept {
        for (;;) {
            skip_space();
            if (depth_ == 0) {
                complete_ = true;
                return true;
            }
            if (take(',')) {
                skip_space();
                return !in_object() || key();
            }
            if (!take(closing())) return false;
            --depth_;
        }
    }

    bool key() noexcept {
        if (peek() != '"' || !string()) return false;
        skip_space();
        return take(':');
    }

    bool word(std::string_view name) noexcept {
        for (char const c : name) {
            if (!take(c)) return false;
        }
        return true;
    }

    bool digits() noexcept {
        char const* const first = at_;
        while (at_ != end_ && *at_ >= '0' && *at_ <= '9') ++at_;
        return at_ != first;
    }

    bool number() noexcept {
        take('-');
        if (!take('0') && !digits()) return false;
        if (take('.') && !digits()) return false;
        if (take('e') || take('E')) {
            if (!take('+')) take('-');
            return digits();
        }
        return true;
    }

    bool string() noexcept {
        ++at_;
        while (at_ != end_) {
            auto const c = static_cast<unsigned char>(*at_++);
            if (c == '"') return true;
            if (c < 0x20) return false;
            if (c == '\\' && !escape()) return false;
        }
        return false;
    }

    bool escape() noexcept {
        switch (at_ == end_ ? '\0' : *at_++) {
        case '"':
        case '\\':
        case '/':
        case 'b':
        case 'f':
        case 'n':
        case 'r':
        case 't': return true;
        case 'u': return unicode();
        default: return false;
        }
    }

    // Four hexadecimal digits, or twice that for a pair of surrogates.
    bool unicode() noexcept {
        unsigned unit = 0;
        if (!hexadecimal(unit) || unit == 0) return false;
        if (unit < 0xd800 || unit > 0xdfff) return true;
        if (unit > 0xdbff || !take('\\') || !take('u') || !hexadecimal(unit)) return false;
        return unit >= 0xdc00 && unit <= 0xdfff;
    }

    bool hexadecimal(unsigned& unit) noexcept {
        if (end_ - at_ < 4) return false;
        unit = 0;
        for (char const* const stop = at_ + 4; at_ != stop; ++at_) {
            char const c = *at_;
            unsigned digit = 0;
            if (c >= '0' && c <= '9') digit = static_cast<unsigned>(c - '0');
            else if (c >= 'a' && c <= 'f') digit = static_cast<unsigned>(c - 'a') + 10;
            else if (c >= 'A' && c <= 'F') digit = static_cast<unsigned>(c - 'A') + 10;
            else return false;
            unit = unit * 16 + digit;
        }
        return true;
    }

    static_assert(json_depth_limit <= 64, "one bit of objects_ for each level");

    char const* at_;
    char const* end_;
    std::size_t depth_ = 0;
    std::uint64_t objects_ = 0;  // bit i: level i is an object, not an array
    bool complete_ = false;
};

}  // namespace

bool valid_json(std::string_view document) noexcept {
    return valid_utf8(document) && scanner(document).document();
}

json json::from_string(std::string_view text) {
    if (!valid_json(text)) detail::raise_value_invalid("text is not a valid JSON document");
    return json(std::string(text));
}

}  // namespace relata
