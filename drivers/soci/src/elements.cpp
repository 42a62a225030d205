// SPDX-License-Identifier: BSL-1.0

#include "elements.hpp"

#include <charconv>

namespace relata::soci::detail {

using namespace ::soci::details;

namespace {

std::string hexadecimal(std::string_view bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (char const c : bytes) {
        auto const byte = static_cast<unsigned char>(c);
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

template <class T> std::string digits_of(T value) {
    char text[40];
    auto const end = std::to_chars(text, text + sizeof text, value).ptr;
    return std::string(text, end);
}

}  // namespace

use_elements::~use_elements() { done(); }

void use_elements::set(std::vector<bound> const& values) {
    bool const fresh = places_.empty();
    if (fresh) places_ = std::vector<place>(values.size());  // never grows: SOCI has addresses
    for (std::size_t i = 0; i < values.size(); ++i) {
        auto& to = places_[i];
        auto const before = to.type;
        fill(to, values[i]);
        // a NULL is one in every type
        if (fresh || (to.type != before && to.is == ::soci::i_ok)) bind(to, int(i) + 1, to.type);
        else to.type = before;
        to.element->pre_use(&to.is);
    }
}

void use_elements::bind(place& to, int position, exchange_type type) {
    void* data = &to.text;
    if (type == x_long_long) data = &to.integer;
    else if (type == x_unsigned_long_long) data = &to.unsigned_integer;
    else if (type == x_double) data = &to.real;
    if (!to.element) to.element.reset(st_.make_use_type_backend());
    else to.element->clean_up();
    to.element->bind_by_pos(position, data, type, true);
}

// Bytes travel as hexadecimal digits: a text with any bytes in it is no text everywhere.
void use_elements::fill(place& to, bound const& value) const {
    to.is = value.is == bound::form::null ? ::soci::i_null : ::soci::i_ok;
    to.type = x_stdstring;
    bool const text = how_ == numbers::as_text;
    switch (value.is) {
    case bound::form::null: break;
    case bound::form::integer:
        if (text) to.text = digits_of(value.integer);
        else to.type = x_long_long;
        to.integer = value.integer;
        break;
    case bound::form::unsigned_integer:
        if (text) to.text = digits_of(std::uint64_t(value.integer));
        else to.type = x_unsigned_long_long;
        to.unsigned_integer = static_cast<unsigned long long>(value.integer);
        break;
    case bound::form::real:
        if (text) to.text = digits_of(value.real);
        else to.type = x_double;
        to.real = value.real;
        break;
    case bound::form::text: to.text = value.text; break;
    case bound::form::bytes: to.text = (text ? "\\x" : "") + hexadecimal(value.text);
    }
}

void use_elements::done() {
    for (auto& each : places_)
        if (each.element) each.element->clean_up();
}

}  // namespace relata::soci::detail
