// SPDX-License-Identifier: BSL-1.0
//
// Fetch: what is read as another type than the column's, and what is never converted.

#include "conformance/case.hpp"
#include "conformance/each_way.hpp"
#include "conformance/storage.hpp"

#include <relata/types/bytes.hpp>
#include <relata/types/decimal.hpp>
#include <relata/types/time.hpp>

#include <bit>
#include <cmath>
#include <random>
#include <string>

namespace relata::conformance {
namespace {

/// A table with one value, and reading it as another type.
template <class From> class stored_cell {
public:
    stored_cell(subject& s, From stored)
        : s_(s),
          name_(quoted(s.connection(),
                       s.create(table_of({column<std::int64_t>("id"), column<From>("v")})).name)),
          shown_(value(stored).shown()) {
        execute(s.connection(), "INSERT INTO " + name_ + " (id, v) VALUES (?, ?)",
                {value(1L), value(stored)});
    }
    template <class To> void gives(To expected, char const* type) {
        auto const got = read_column<To>(s_.connection(), "SELECT v FROM " + name_);
        s_.equal(value(expected), value(got.at(0)), shown_ + " as " + type);
    }
    template <class To> void refuses(kinds const& expected, char const* type) {
        auto const what = shown_ + " as " + type;
        auto const info = s_.throws(
            expected, [&] { read_column<To>(s_.connection(), "SELECT v FROM " + name_); }, what);
        s_.check(!info.columns.empty() && info.columns[0] == "v", what + ": the column is named");
        s_.throws(
            expected,
            [&] { read_column<std::optional<To>>(s_.connection(), "SELECT v FROM " + name_); },
            what + ", optional");
    }

private:
    subject& s_;
    std::string name_;
    std::string shown_;
};

template <class To> void narrow(subject& s, char const* type) {
    using limits = std::numeric_limits<To>;
    auto const low = std::int64_t(limits::min());
    auto const high = std::int64_t(limits::max());
    for (auto const n : {low, high, std::int64_t(5)})
        stored_cell(s, n).template gives<To>(To(n), type);
    for (auto const n : {low - 1, high + 1, INT64_MAX, INT64_MIN})
        stored_cell(s, n).template refuses<To>(error_kind::out_of_range, type);
}

void narrowing(subject& s) {
    narrow<std::int8_t>(s, "int8");
    narrow<std::int16_t>(s, "int16");
    narrow<std::int32_t>(s, "int32");
    narrow<std::uint8_t>(s, "uint8");
    narrow<std::uint16_t>(s, "uint16");
    narrow<std::uint32_t>(s, "uint32");
    stored_cell(s, std::int64_t(-1))
        .refuses<std::uint64_t>({error_kind::out_of_range, error_kind::type_mismatch}, "uint64");
    stored_cell(s, std::int8_t(-5)).gives<std::int64_t>(-5, "int64");
    stored_cell(s, std::uint32_t(4000000000)).gives<std::int64_t>(4000000000, "int64");
    stored_cell(s, 1e300).refuses<float>(error_kind::out_of_range, "float32");
    stored_cell(s, 0.5f).gives<double>(0.5, "float64");
}

void text_into_numbers(subject& s) {
    for (auto const* text : {"12", "0", "-1", "1.5", "", "abc"}) {
        stored_cell<std::string> c(s, text);
        c.refuses<std::int32_t>(error_kind::type_mismatch, "int32");
        c.refuses<std::int64_t>(error_kind::type_mismatch, "int64");
        c.refuses<double>(error_kind::type_mismatch, "float64");
        c.refuses<bool>(error_kind::type_mismatch, "bool");
    }
    stored_cell<std::int64_t>(s, 12).refuses<std::string>(error_kind::type_mismatch, "text");
    stored_cell<double>(s, 1.5).refuses<std::string>(error_kind::type_mismatch, "text");
    stored_cell<std::int64_t>(s, 12).refuses<date>(error_kind::type_mismatch, "a date");
    stored_cell<std::int64_t>(s, 12).refuses<bytes>(error_kind::type_mismatch, "bytes");
}

void reals_into_integers(subject& s) {
    for (double const x : {0.5, 3.0, -2.0, 1e16, 0.0}) {
        stored_cell<double> c(s, x);
        c.refuses<std::int64_t>(error_kind::type_mismatch, "int64");
        c.refuses<std::int8_t>(error_kind::type_mismatch, "int8");
    }
    stored_cell<double>(s, 1e300).refuses<std::int64_t>(
        {error_kind::type_mismatch, error_kind::out_of_range}, "int64");
    stored_cell<std::int64_t>(s, 3).gives<double>(3.0, "float64");
    stored_cell<std::int32_t>(s, -7).gives<double>(-7.0, "float64");
}

template <class T> T computed(subject& s, std::string const& what) {
    return read_column<T>(s.connection(), "SELECT " + what).at(0);
}

void decimals_into_others(subject& s) {
    s.equal(3.5, computed<double>(s, "CAST('3.5' AS decimal(10, 2))"), "a decimal as a double");
    s.equal(-0.25, computed<double>(s, "CAST('-0.25' AS decimal(10, 2))"), "a decimal as a double");
    s.equal(7, computed<std::int64_t>(s, "CAST('7' AS decimal(10, 0))"), "a decimal as an integer");
    for (auto const* text : {"3.50", "-0.01", "0.5"}) {
        auto const sql = "CAST('" + std::string(text) + "' AS decimal(10, 2))";
        s.throws(
            {error_kind::type_mismatch, error_kind::out_of_range},
            [&] { computed<std::int64_t>(s, sql); }, sql + " as an integer");
    }
    s.throws(
        {error_kind::type_mismatch, error_kind::out_of_range},
        [&] { computed<std::int64_t>(s, "CAST('9300000000000000000' AS decimal(38, 0))"); },
        "a decimal beyond 64 bits");
    stored_cell<std::int64_t>(s, 12).gives<decimal<20, 0>>(decimal<20, 0>(12), "decimal(20, 0)");
}

void conversions_of_booleans(subject& s) {
    stored_cell(s, true).gives<bool>(true, "bool");
    stored_cell(s, false).gives<bool>(false, "bool");
    for (std::int64_t const n : {2, -1, 255})
        stored_cell(s, n).refuses<bool>(
            {error_kind::value_invalid, error_kind::out_of_range, error_kind::type_mismatch},
            "bool");
    stored_cell(s, 1.0).refuses<bool>(error_kind::type_mismatch, "bool");
    stored_cell<std::string>(s, "t").refuses<bool>(error_kind::type_mismatch, "bool");
    s.equal(true, computed<bool>(s, "(1 = 1) AND (2 = 2)"), "a condition");
    s.equal(false, computed<bool>(s, "1 = 2"), "a condition");
}

void float_bits(subject& s) {
    std::mt19937 random(7);
    std::vector<value> values{value(16777216.0f), value(16777215.0f),  value(3.4028235e38f),
                              value(0.1f),        value(9.999999e-5f), value(123456.79f)};
    while (values.size() < 60) {
        auto const x = std::bit_cast<float>(std::uint32_t(random()));
        if (std::isfinite(x)) values.emplace_back(x);
    }
    each_way(s, "float32", values);
}

// Where a column takes any type, each row is judged for itself.
void other_type_in_a_row(subject& s) {
    auto& c = s.connection();
    auto const name = s.fresh_name();
    s.drop_later(name);
    run_script(c, "CREATE TABLE " + quoted(c, name) + " (id INTEGER PRIMARY KEY, v INTEGER)");
    execute(c, "INSERT INTO " + quoted(c, name) + " VALUES (1, 10)");
    try {
        run_script(c, "INSERT INTO " + quoted(c, name) + " VALUES (2, 'words')");
    } catch (error const& e) {
        s.check(e.kind() == error_kind::type_mismatch || e.kind() == error_kind::value_invalid,
                "the database refuses text in a column of integers: " + std::string(e.what()));
        s.equal(1, computed<std::int64_t>(s, "count(*) FROM " + quoted(c, name)), "rows");
        return;
    }
    auto const select = prepare(c, "SELECT v FROM " + quoted(c, name) + " ORDER BY id");
    execute(*select, {});
    row_block block({&ops_of<std::int64_t>}, 1);
    s.equal(1, select->fetch(block.plan(), 1, block.data(), block.stride(), 1), "the first row");
    s.equal(value(10L), block.at(0, 0), "is an integer");
    auto const info =
        s.throws(error_kind::type_mismatch,
                 [&] { (void)select->fetch(block.plan(), 1, block.data(), block.stride(), 1); },
                 "the second is text", {"words"});
    s.check(!info.columns.empty() && info.columns[0] == "v", "the error names the column");
    select->finish();
}

constexpr case_entry fetch_conversions_table[] = {
    {"FET-02",
     "A number is read into a narrower type when it fits; else out_of_range names the column.",
     &narrowing, nullptr, 40},
    {"FET-03",
     "Text is not read as a number or a truth value, also when it looks like one, and numbers are "
     "not read as text: type_mismatch.",
     &text_into_numbers},
    {"FET-04",
     "A float is not read as an integer, with a fraction or without; an integer is read as a "
     "float.",
     &reals_into_integers},
    {"FET-05",
     "A computed decimal is read as a double, and as an integer only when it has no fraction and "
     "fits.",
     &decimals_into_others},
    {"FET-06",
     "Truth values and conditions are read as bool; a number that is neither 0 nor 1, and text, "
     "are "
     "not.",
     &conversions_of_booleans},
    {"FET-08", "A float of 32 bits is read with its exact bits, whichever they are.", &float_bits},
    {"FET-09",
     "A row that holds another type than its column declares is refused, or its reading is an "
     "error "
     "that names the column; the rows before it are read.",
     &other_type_in_a_row},
};

}  // namespace

std::span<case_entry const> fetch_conversions_cases() { return fetch_conversions_table; }

}  // namespace relata::conformance
