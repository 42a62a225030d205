// SPDX-License-Identifier: BSL-1.0
/// \file
/// What tests of drivers share: values as params, one-column rows, and errors as data.
#pragma once

#include <relata/driver/driver.hpp>
#include <relata/types/bytes.hpp>
#include <relata/types/decimal.hpp>
#include <relata/types/enum.hpp>
#include <relata/types/json.hpp>
#include <relata/types/text.hpp>
#include <relata/types/time.hpp>
#include <relata/types/time_of_day.hpp>
#include <relata/types/uuid.hpp>

#include <catch2/catch.hpp>

#include <cstring>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace driver_tests {

using namespace relata;

/// A row of one column.
template <class T> struct one {
    T value{};
};

template <class T> field const* plan_of_one() {
    static field const plan = make_field(type_of<T>, 0, 0);
    return &plan;
}

/// The value at `at` as a param that views it.
inline param make_param(type_info const& type, void const* at) {
    param p{};
    p.type = &type;
    p.kind = type.kind;
    if (type.nullable && !(at = type.optional->value(at))) {
        p.kind = kind::none;
        return p;
    }
    auto as = [at]<class T>(T) { return *static_cast<T const*>(at); };
    auto view = [&](char const* data, std::size_t size) { p.chars = {data, size}; };
    switch (type.kind) {
    case kind::boolean: p.integer = as(bool()); break;
    case kind::int8: p.integer = as(std::int8_t()); break;
    case kind::int16: p.integer = as(std::int16_t()); break;
    case kind::int32: p.integer = as(std::int32_t()); break;
    case kind::uint8: p.integer = as(std::uint8_t()); break;
    case kind::uint16: p.integer = as(std::uint16_t()); break;
    case kind::uint32: p.integer = as(std::uint32_t()); break;
    case kind::float32: p.real = double(as(float())); break;
    case kind::float64: p.real = as(double()); break;
    case kind::decimal_wide:
    case kind::uuid: std::memcpy(p.raw, at, 16); break;
    case kind::text:
    case kind::bounded_text:
    case kind::json: {
        auto const& text = *static_cast<std::string const*>(at);
        view(text.data(), text.size());
        break;
    }
    case kind::bytes: {
        auto const& bytes = *static_cast<std::vector<std::byte> const*>(at);
        view(reinterpret_cast<char const*>(bytes.data()), bytes.size());
        break;
    }
    case kind::date: p.integer = days_since_epoch(*static_cast<date const*>(at)); break;
    case kind::enumeration: {
        std::int64_t number = 0;
        std::memcpy(&number, at, type.names->size);
        auto const name = enumerator_name(*type.names, number);
        view(name.data(), name.size());
        break;
    }
    case kind::custom: p.object = at; break;
    default: p.integer = as(std::int64_t());  // int64, uint64, decimal and the times
    }
    return p;
}

template <class T> param make_param(T const& value) { return make_param(type_of<T>, &value); }

/// Prepares and executes; the types are those of the values.
template <class... T>
std::unique_ptr<driver::statement> execute(driver::connection& c, std::string_view sql,
                                           T const&... values) {
    type_info const* const types[] = {&type_of<T>..., nullptr};
    param const params[] = {make_param(values)..., param{}};
    auto statement = c.prepare(sql, types, sizeof...(T));
    statement->execute(params, sizeof...(T));
    return statement;
}

/// All rows of a query for one column.
template <class R, class... T>
std::vector<R> column(driver::connection& c, std::string_view sql, T const&... values) {
    auto const statement = execute(c, sql, values...);
    std::vector<R> out;
    while (statement->ready()) {
        one<R> row;
        std::size_t const got = statement->fetch(plan_of_one<R>(), 1, &row, sizeof row, 1);
        REQUIRE(got == 1);
        out.push_back(std::move(row.value));
    }
    statement->finish();
    return out;
}

/// What `action` throws; fails the test when it throws nothing.
template <class Action> error_info thrown(Action action) {
    try {
        action();
    } catch (error const& e) {
        UNSCOPED_INFO(e.what() << " | " << e.info().native_message);
        return e.info();
    }
    FAIL("nothing was thrown");
    return {};
}

}  // namespace driver_tests
