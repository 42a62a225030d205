// SPDX-License-Identifier: BSL-1.0

#include "migrate/generate/cpp_type.hpp"
#include "migrate/characters.hpp"

#include "migrate/generate/condition.hpp"
#include "migrate/generate/made.hpp"
#include "migrate/generate/names.hpp"
#include "migrate/sqlite/tokens.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace relata::migrate::generate {

namespace {

using relata::kind;

bool has_check(catalog::schema const& in, catalog::table const& t, catalog::column const& c,
               cpp_type const& type) {
    auto const wanted = implicit_condition(in, {c.name, type, false});
    return !wanted.empty() && std::any_of(t.checks.begin(), t.checks.end(), [&](auto const& check) {
        return check.condition == wanted;
    });
}

// Types that a column is too wide for, so that relata adds a check.
std::vector<cpp_type> guarded_types(catalog::engine engine, cpp_type const& found) {
    std::vector<cpp_type> types;
    for (auto const k : {kind::boolean, kind::int8, kind::int16, kind::int32, kind::uint8,
                         kind::uint16, kind::uint32})
        if (is_integer(found.is)) types.push_back({k, 0, 0, 0, {}});
    if (engine == catalog::engine::postgresql && found.is == kind::decimal_wide)
        types.push_back({kind::uint64, 0, 0, 0, {}});
    if (is_text(found.is)) types.push_back({kind::json, 0, 0, 0, {}});
    if (engine != catalog::engine::sqlite) return types;
    for (unsigned digits = 1; digits <= 18; ++digits)
        if (is_integer(found.is)) types.push_back(decimal_type(digits, 0));
    for (unsigned digits = 19; digits <= 38; ++digits)
        if (is_text(found.is)) types.push_back(decimal_type(digits, 0));
    for (auto const k : {kind::uint64, kind::date, kind::time, kind::timestamp})
        if (is_text(found.is)) types.push_back({k, 0, 0, 0, {}});
    if (found.is == kind::bytes) types.push_back({kind::uuid, 0, 0, 0, {}});
    return types;
}

// A bound that only a check says: length("title") <= 40.
unsigned bound_in_check(catalog::schema const& in, catalog::table const& t,
                        catalog::column const& c) {
    for (auto const& check : t.checks) {
        auto const at = check.condition.rfind(' ');
        if (at == std::string::npos) continue;
        unsigned bound = 0;
        auto const* const end = check.condition.data() + check.condition.size();
        auto const read = std::from_chars(check.condition.data() + at + 1, end, bound);
        if (read.ptr == end && bound > 0 &&
            check.condition == implicit_condition(in, {c.name, text_type(bound), false}))
            return bound;
    }
    return 0;
}

// The labels of a check that lists what a text may be.
std::vector<std::string> listed_labels(catalog::table const& t, catalog::column const& c) {
    for (auto const& check : t.checks) {
        auto const read = read_condition(check.condition);
        if (read && read->is == condition::kind::one_of && read->column == c.name)
            return read->texts();
    }
    return {};
}

}  // namespace

cpp_type type_of_column(catalog::schema const& in, catalog::table const& t,
                        catalog::column const& c) {
    cpp_type found;
    switch (in.engine) {
    case catalog::engine::sqlite: found = sqlite_type(c.type); break;
    case catalog::engine::postgresql: found = postgresql_type(in, c.type); break;
    case catalog::engine::mysql:
    case catalog::engine::mariadb: found = mysql_type(c.type); break;
    }
    for (auto const& type : guarded_types(in.engine, found))
        if (has_check(in, t, c, type)) found = type;
    if (found.is == kind::text && in.engine == catalog::engine::sqlite)
        found.length = bound_in_check(in, t, c);
    if (found.is == kind::text && found.length > 0) found.is = kind::bounded_text;
    if (auto const labels = listed_labels(t, c); is_text(found.is) && !labels.empty())
        if (auto const type = label_type(labels); type.is == kind::enumeration) found = type;
    bool const clock = c.default_value && *c.default_value == current_time(in.engine);
    if (found.is == kind::timestamp && clock) found.is = kind::instant;
    return found;
}

type_words words_of_type(std::string_view type) {
    type_words out;
    int depth = 0;
    for (auto const& token : sqlite::tokens_of(type)) {
        if (token.is == sqlite::token::kind::end) break;
        if (token.text == "(") ++depth;
        else if (token.text == ")") --depth;
        else if (depth > 0) {
            if (token.text != ",") out.arguments.push_back(text_of(token));
        } else {
            bool const joins = token.is == sqlite::token::kind::symbol;
            if (!out.name.empty() && !joins && out.name.back() != '.') out.name += ' ';
            for (char const ch : token.text) out.name += lower(ch);
        }
    }
    return out;
}

unsigned type_words::number(std::size_t i) const {
    unsigned value = 0;
    if (i < arguments.size())
        std::from_chars(arguments[i].data(), arguments[i].data() + arguments[i].size(), value);
    return value;
}

bool is_text(kind k) noexcept { return k == kind::text || k == kind::bounded_text; }
bool is_integer(kind k) noexcept { return k >= kind::int8 && k <= kind::uint64; }
bool is_decimal(kind k) noexcept { return k == kind::decimal || k == kind::decimal_wide; }

cpp_type text_type(unsigned length) {
    return {length > 0 ? kind::bounded_text : kind::text, 0, 0, length, {}};
}

cpp_type decimal_type(unsigned precision, unsigned scale) {
    if (precision == 0 || precision > 38 || scale > precision) return {};
    return {precision > 18 ? kind::decimal_wide : kind::decimal, precision, scale, 0, {}};
}

cpp_type label_type(std::vector<std::string> const& labels) {
    std::size_t longest = 1;
    bool usable = !labels.empty();
    for (auto const& label : labels) {
        longest = std::max(longest, label.size());
        usable = usable && is_identifier(label);
    }
    usable = usable && std::set(labels.begin(), labels.end()).size() == labels.size();
    if (!usable) return text_type(static_cast<unsigned>(longest));
    return {kind::enumeration, 0, 0, static_cast<unsigned>(longest), labels};
}

}  // namespace relata::migrate::generate
