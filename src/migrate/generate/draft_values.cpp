// SPDX-License-Identifier: BSL-1.0
//
// Defaults and conditions that the mapping can say.

#include "migrate/generate/draft.hpp"

#include "migrate/generate/names.hpp"
#include "schema/names.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace relata::migrate::generate {

namespace {

using relata::kind;

// Defaults that are the time of the clock, on any of the engines.
bool is_clock(std::string_view sql, catalog::engine engine) {
    static constexpr std::array<std::string_view, 6> clocks = {
        "now()",
        "CURRENT_TIMESTAMP",
        "current_timestamp()",
        "current_timestamp(6)",
        "CURRENT_TIMESTAMP(6)",
        "statement_timestamp()",
    };
    return sql == current_time(engine) ||
           std::find(clocks.begin(), clocks.end(), sql) != clocks.end();
}

std::optional<literal> constant_in(std::string const& sql) {
    for (auto const* word : {"true", "false", "TRUE", "FALSE"})
        if (sql == word) return literal{false, sql};
    return read_literal(sql);
}

// A text in a key has a bound that it does not say.
cpp_type stored(mapped_column const& c) {
    if (c.type.is == kind::text && c.in_key) return text_type(c.text_bound());
    return c.type;
}

// SQLite keeps a decimal as an integer without its point.
literal meant(catalog::engine engine, cpp_type const& type, literal value) {
    bool const scaled =
        engine == catalog::engine::sqlite && type.is == kind::decimal && type.scale > 0;
    if (!scaled || value.is_text) return value;
    bool const negative = value.value.starts_with('-');
    auto digits = value.value.substr(negative ? 1 : 0);
    if (digits.size() <= type.scale) digits.insert(0, type.scale + 1 - digits.size(), '0');
    digits.insert(digits.size() - type.scale, 1, '.');
    return {false, (negative ? "-" : "") + digits};
}

// Whether a comparison with the constant compiles: it must fit the column's
// type.
bool fits_type(kind k, std::string const& text) {
    std::int64_t value = 0;
    auto const* const end = text.data() + text.size();
    auto const read = std::from_chars(text.data(), end, value);
    if (read.ec != std::errc() || read.ptr != end) return false;
    switch (k) {
    case kind::int8: return value >= INT8_MIN && value <= INT8_MAX;
    case kind::int16: return value >= INT16_MIN && value <= INT16_MAX;
    case kind::int32: return value >= INT32_MIN && value <= INT32_MAX;
    case kind::int64: return true;
    case kind::uint8: return value >= 0 && value <= UINT8_MAX;
    case kind::uint16: return value >= 0 && value <= UINT16_MAX;
    case kind::uint32: return value >= 0 && value <= UINT32_MAX;
    default: return false;
    }
}

class condition_maker {
public:
    condition_maker(catalog::engine engine, draft_table const& t) : engine_(engine), t_(t) {}

    std::optional<made_constant> make(condition const& c) const {
        switch (c.is) {
        case condition::kind::comparison: return comparison(c);
        case condition::kind::one_of: return list(c);
        case condition::kind::all: return joined(c.parts, "AND", " && ");
        case condition::kind::any: return joined(c.parts, "OR", " || ");
        }
        return {};
    }

private:
    [[nodiscard]] bool in_parentheses() const {
        return engine_ == catalog::engine::sqlite || engine_ == catalog::engine::mysql;
    }

    std::optional<made_constant> comparison(condition const& c) const {
        auto const at = t_.find(engine_, c.column);
        if (!at) return {};
        auto const& column = t_.columns[*at];
        auto const type = stored(column.mapped);
        if (is_integer(type.is)
                ? !fits_type(type.is, c.values[0].value)
                : !is_decimal(type.is) && !is_text(type.is) && type.is != kind::float64)
            return {};
        auto const value = made_operand(engine_, type, c.values[0]);
        if (!value) return {};
        auto name = quoted(engine_, column.mapped.name);
        if (engine_ == catalog::engine::postgresql && type.is == kind::bounded_text)
            name = "(" + name + ")::text";
        auto sql = name + " " + c.sign + " " + value->sql;
        if (in_parentheses()) sql = "(" + sql + ")";
        return made_constant{sql, "relata::col<&" + t_.structure + "::" + column.member + "> " +
                                      cpp_sign(c.sign) + " " + value->cpp};
    }
    static std::string cpp_sign(std::string const& sign) {
        if (sign == "=") return "==";
        return sign == "<>" ? "!=" : sign;
    }

    std::optional<made_constant> list(condition const& c) const {
        std::vector<condition> parts;
        for (auto const& value : c.values) {
            condition part{condition::kind::comparison, c.column, "=", {value}, {}};
            parts.push_back(std::move(part));
        }
        if (parts.size() == 1) return comparison(parts[0]);
        return joined(parts, "OR", " || ");
    }

    // How the engines set parentheses.
    std::optional<made_constant> joined(std::vector<condition> const& parts, std::string word,
                                        char const* cpp_word) const {
        bool const lower = engine_ == catalog::engine::mariadb || engine_ == catalog::engine::mysql;
        if (lower)
            for (char& c : word) c = static_cast<char>(c + 32);
        made_constant all;
        for (auto const& part : parts) {
            auto made = make(part);
            if (!made) return {};
            bool const nested = part.is != condition::kind::comparison;
            bool const in_and = engine_ == catalog::engine::mariadb && word == "and" && nested;
            if (engine_ == catalog::engine::postgresql || in_and) made->sql = "(" + made->sql + ")";
            if (nested) made->cpp = "(" + made->cpp + ")";
            if (all.sql.empty()) {
                all = std::move(*made);
                continue;
            }
            all.sql += " " + word + " " + made->sql;
            all.cpp += cpp_word + made->cpp;
            if (engine_ == catalog::engine::sqlite) all.sql = "(" + all.sql + ")";
        }
        if (engine_ == catalog::engine::mysql) all.sql = "(" + all.sql + ")";
        return all;
    }

    catalog::engine engine_;
    draft_table const& t_;
};

}  // namespace

bool is_implied(catalog::schema const& from, draft_table const& t, catalog::check const& check) {
    return std::any_of(t.columns.begin(), t.columns.end(), [&](draft_column const& c) {
        if (implicit_condition(from, c.mapped) == check.condition) return true;
        if (c.mapped.type.is != kind::enumeration) return false;
        auto const read = read_condition(check.condition);
        return read && read->is == condition::kind::one_of && read->column == c.mapped.name &&
               read->texts() == c.mapped.type.labels;
    });
}

std::optional<made_constant> made_condition(catalog::engine engine, draft_table const& t,
                                            condition const& c) {
    return condition_maker(engine, t).make(c);
}

condition meant_condition(catalog::engine engine, draft_table const& t, condition c) {
    for (auto& part : c.parts) part = meant_condition(engine, t, std::move(part));
    if (auto const at = t.find(engine, c.column))
        for (auto& value : c.values)
            value = meant(engine, t.columns[*at].mapped.type, std::move(value));
    return c;
}

void add_checks(catalog::schema const& from, draft_table& t) {
    std::set<std::string> names;
    for (auto const& c : t.columns)
        names.insert(schema::constraint_name(t.original->name.name, c.mapped.name, "check"));
    unsigned unnamed = 0;
    auto const prefix = t.original->name.name + "_";
    for (auto const& check : t.original->checks) {
        if (is_implied(from, t, check)) continue;
        auto const read = read_condition(check.condition);
        auto made = read ? made_condition(from.engine, t, *read) : std::nullopt;
        if (!made) continue;
        auto name = check.name;
        if (name.empty()) name = prefix + "check" + std::to_string(++unnamed);
        if (!can_be_said(name) || !names.insert(name).second) continue;
        auto label = name.starts_with(prefix) ? name.substr(prefix.size()) : std::string();
        t.checks.push_back({name, std::move(label), std::move(made->cpp), std::move(made->sql)});
    }
}

void add_defaults(catalog::schema const& from, draft_table& t) {
    add_defaults(from, t, from.engine);
}

void add_defaults(catalog::schema const& from, draft_table& t, catalog::engine spelled) {
    for (auto& c : t.columns) {
        c.value.reset();
        if (c.generated || !c.original->default_value) continue;
        auto const& sql = *c.original->default_value;
        if (c.mapped.type.is == kind::instant && is_clock(sql, from.engine)) {
            c.is_now = true;
            continue;
        }
        auto const value = constant_in(sql);
        if (!value) continue;
        auto const type = stored(c.mapped);
        // a default of an enumeration is no constant of the mapping
        if (!is_integer(type.is) || fits_type(type.is, value->value))
            c.value = made_default(spelled, type, meant(from.engine, type, *value));
    }
}

}  // namespace relata::migrate::generate
