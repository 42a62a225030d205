// SPDX-License-Identifier: BSL-1.0

#include "migrate/move/told.hpp"

#include "migrate/generate/named_kind.hpp"

#include <relata/core/error.hpp>

#include <algorithm>
#include <array>

namespace relata::migrate::moving {

namespace {

using relata::kind;
using generate::named_kind;

constexpr std::array words = {
    named_kind{"boolean", kind::boolean},     named_kind{"int8", kind::int8},
    named_kind{"int16", kind::int16},         named_kind{"int32", kind::int32},
    named_kind{"int64", kind::int64},         named_kind{"uint8", kind::uint8},
    named_kind{"uint16", kind::uint16},       named_kind{"uint32", kind::uint32},
    named_kind{"uint64", kind::uint64},       named_kind{"float32", kind::float32},
    named_kind{"float64", kind::float64},     named_kind{"bytes", kind::bytes},
    named_kind{"date", kind::date},           named_kind{"time", kind::time},
    named_kind{"timestamp", kind::timestamp}, named_kind{"instant", kind::instant},
    named_kind{"uuid", kind::uuid},           named_kind{"json", kind::json},
};

generate::cpp_type type_called(std::string const& text) {
    auto const type = generate::words_of_type(text);
    if (type.name == "text") return generate::text_type(type.number(0));
    if (type.name == "decimal") return generate::decimal_type(type.number(0), type.number(1));
    return generate::find_kind(words, type.name);
}

bool has_column(schema::catalog::schema const& in, column_meaning const& told) {
    auto const* const t = in.find({{}, told.table});
    return t && std::any_of(t->columns.begin(), t->columns.end(),
                            [&](auto const& c) { return c.name == told.column; });
}

}  // namespace

generate::told_types told_by(move_options const& options, schema::catalog::schema const& from) {
    generate::told_types told;
    for (auto const& each : options.columns) {
        auto const name = each.table + "." + each.column;
        if (!has_column(from, each))
            fail(error_kind::invalid_argument,
                 "the source has no column " + name + ", whose type is told; nothing was written");
        auto type = type_called(each.type);
        if (type.is == kind::none)
            fail(error_kind::invalid_argument, "the type told for " + name + " is none: \"" +
                                                   each.type +
                                                   "\"; say one as decimal(10,2) or instant");
        told[{each.table, each.column}] = std::move(type);
    }
    return told;
}

}  // namespace relata::migrate::moving
