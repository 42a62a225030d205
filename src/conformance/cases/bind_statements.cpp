// SPDX-License-Identifier: BSL-1.0
//
// Bind: what one prepared statement takes, execution after execution.

#include "conformance/case.hpp"
#include "conformance/each_way.hpp"
#include "conformance/samples.hpp"
#include "conformance/storage.hpp"

#include <relata/types/bytes.hpp>
#include <relata/types/codec.hpp>
#include <relata/types/decimal.hpp>
#include <relata/types/time.hpp>
#include <relata/types/time_of_day.hpp>

#include <string>

namespace relata::conformance {
namespace {

/// A type of the user's own whose converter refuses some values, in both directions.
struct label {
    std::string text;
    friend bool operator==(label const&, label const&) = default;
};

}  // namespace
}  // namespace relata::conformance

template <> struct relata::codec<relata::conformance::label> {
    using stored = std::string;
    static std::string encode(relata::conformance::label const& l) {
        if (l.text == "unwritable") fail(error_kind::value_invalid, "a label of no use");
        return "<" + l.text + ">";
    }
    static relata::conformance::label decode(std::string const& text) {
        if (text.size() < 2 || text.front() != '<') fail(error_kind::value_invalid, "not a label");
        return {text.substr(1, text.size() - 2)};
    }
};

namespace relata::conformance {
namespace {

void number_of_values(subject& s) {
    auto& c = s.connection();
    auto const& table = s.create(table_of({column<std::int64_t>("id"), column<std::int64_t>("n")}));
    auto const sql = insert_text(c, table);
    auto const insert = prepare(c, sql, {&type_of<std::int64_t>, &type_of<std::int64_t>});
    value const one(1L);
    for (std::size_t const wrong : {0U, 1U, 3U, 10U}) {
        s.throws(
            error_kind::invalid_argument, [&] { execute(*insert, row_values(wrong, one)); },
            std::to_string(wrong) + " values for two placeholders");
        s.equal(0, count(c, table), "nothing was inserted");
    }
    execute(*insert, {one, one});
    insert->finish();
    s.equal(1, count(c, table), "the statement works with two");
    auto const none = prepare(c, "SELECT id FROM " + quoted(c, table.name));
    s.throws(
        error_kind::invalid_argument, [&] { execute(*none, {one}); }, "a value for no placeholder");
    execute(*none, {});
    s.equal(1, read_rest(*none, {&ops_of<std::int64_t>}).size(), "and without it");
}

void null_without_a_context(subject& s) {
    auto& c = s.connection();
    for (auto const& samples : all_samples()) {
        auto const null = samples.values.front().null();
        auto const what = "NULL of " + std::string(samples.name);
        auto const got = read(c, "SELECT ?", {&null.ops()}, {null});
        s.check(got.size() == 1 && got[0][0] == null, what + " is selected");
        s.equal(1,
                read_column<std::int64_t>(c, "SELECT CASE WHEN ? IS NULL THEN 1 ELSE 0 END", {null})
                    .at(0),
                what + " IS NULL");
    }
}

void null_and_values_in_turn(subject& s) {
    auto& c = s.connection();
    for (auto const& samples : samples_for(s.can())) {
        auto const& ops = *samples.values.front().ops().optional;
        auto const& table = s.create(table_of({column<std::int64_t>("id"), column_of("v", ops)}));
        auto const insert = prepare(c, insert_text(c, table), {&type_of<std::int64_t>, ops.type});
        std::vector<value> sent;
        for (auto const& each : samples.values) {
            sent.push_back(each.null());
            sent.push_back(each.optional());
            sent.push_back(each.null());
        }
        c.begin(isolation::read_committed, false);
        for (std::size_t i = 0; i < sent.size(); ++i) {
            execute(*insert, {value(std::int64_t(i)), sent[i]});
            insert->finish();
        }
        c.commit();
        auto const got = read_table(c, table, {&ops_of<std::int64_t>, &ops});
        if (!s.equal(sent.size(), got.size(), samples.name)) continue;
        for (std::size_t i = 0; i < sent.size(); ++i) s.equal(sent[i], got[i][1], samples.name);
    }
}

// The types are told to prepare. A value of another type is converted without loss or refused.
void another_type(subject& s) {
    auto& c = s.connection();
    auto const& table = s.create(table_of({column<std::int64_t>("id"), column<std::int64_t>("n")}));
    auto const insert =
        prepare(c, insert_text(c, table), {&type_of<std::int64_t>, &type_of<std::int64_t>});
    auto const name = quoted(c, table.name);
    auto const stored = [&] { return read_column<std::int64_t>(c, "SELECT n FROM " + name); };
    for (auto const& same : {value(std::int8_t(-7)), value(std::int16_t(-7)), value(-7),
                             value(std::int64_t(-7)), value(std::optional<int>(-7))}) {
        execute(*insert, {value(1L), same});
        insert->finish();
        s.equal(std::vector<std::int64_t>{-7}, stored(), "an integer of another width");
        execute(c, "DELETE FROM " + name);
    }
    for (auto const& other : {value("secret"), value(2.5), value(bytes{std::byte(1)})}) {
        s.throws({error_kind::type_mismatch, error_kind::value_invalid, error_kind::out_of_range,
                  error_kind::check_violation},
                 [&] { execute(*insert, {value(1L), other}); }, "a value of another type",
                 {"secret"});
        insert->finish();
        s.equal(0, count(c, table), "it is not stored");
        execute(*insert, {value(1L), value(8L)});
        insert->finish();
        s.equal(std::vector<std::int64_t>{8}, stored(), "the statement goes on");
        execute(c, "DELETE FROM " + name);
    }
}

void dates_and_times(subject& s) {
    for (auto const& samples : all_samples()) {
        auto const kind = samples.values.front().type().kind;
        if (kind == kind::date || kind == kind::time || kind == kind::timestamp ||
            kind == kind::instant)
            each_way(s, samples.name, samples.values);
    }
    std::vector<value> days;
    for (auto const* text : {"1600-02-29", "1900-02-28", "1970-01-01", "1969-12-31", "2000-02-29",
                             "2038-01-19", "2038-01-20", "9999-01-01"})
        days.emplace_back(date_from_string(text));
    each_way(s, "date", days);
    refused_each_way(s, "February 30th",
                     value(date(std::chrono::year(2023) / std::chrono::February / 30)),
                     error_kind::out_of_range);
    refused_each_way(s, "the year 10000",
                     value(date(std::chrono::year(10000) / std::chrono::January / 1)),
                     error_kind::out_of_range);
}

template <class T> void minus(subject& s, T negative, T six) {
    auto& c = s.connection();
    auto const& table = s.create(table_of({column<std::int64_t>("id"), column<T>("five")}));
    auto const name = quoted(c, table.name);
    store(c, table, {{value(1L), value(T(six + negative))}}, path::prepared);
    auto const found = [&](std::string const& where) {
        return read_column<std::int64_t>(c, "SELECT count(*) FROM " + name + " WHERE " + where,
                                         {value(negative)})
            .at(0);
    };
    auto const text = value(negative).shown();
    s.equal(1, found("five -? > five"), "minus directly before " + text);
    s.equal(1, found("five - ? > five"), "minus before " + text);
    s.equal(1, found("five > ?-five"), text + " before a minus");
}

void minus_before_a_negative(subject& s) {
    minus<std::int16_t>(s, -1, 6);
    minus<std::int32_t>(s, -1, 6);
    minus<std::int64_t>(s, -1, 6);
    minus<double>(s, -1.5, 6);
    minus<decimal<10, 2>>(s, decimal<10, 2>(-1), decimal<10, 2>(6));
}

void converters(subject& s) {
    each_way<label>(s, "type with a converter", {label{""}, label{"x"}, label{"'<>'"}});
    refused_each_way(s, "a converter that refuses", value(label{"unwritable"}),
                     error_kind::value_invalid);
    auto& c = s.connection();
    auto const& table = s.create(table_of({column<std::int64_t>("id"), column<label>("v")}));
    auto const insert =
        prepare(c, insert_text(c, table), {&type_of<std::int64_t>, &type_of<label>});
    for (std::int64_t id = 0; id < 5; ++id) {
        s.throws(
            error_kind::value_invalid,
            [&] { execute(*insert, {value(id), value(label{"unwritable"})}); },
            "a converter that throws");
        insert->finish();
        execute(*insert, {value(id), value(label{std::to_string(id)})});
        insert->finish();
    }
    s.equal(5, count(c, table), "the statement goes on after each error");
    auto const name = quoted(c, table.name);
    execute(c, "UPDATE " + name + " SET v = ? WHERE id = ?", {value("bare"), value(3L)});
    auto const select =
        prepare(c, "SELECT v FROM " + name + " WHERE id = ?", {&type_of<std::int64_t>});
    for (std::int64_t const id : {3, 4}) {
        execute(*select, {value(id)});
        if (id == 4) s.equal(1, read_rest(*select, {&ops_of<label>}).size(), "a later row");
        else
            s.throws(error_kind::value_invalid, [&] { read_rest(*select, {&ops_of<label>}); },
                     "a converter that throws while reading", {"bare"});
        select->finish();
    }
}

constexpr case_entry bind_statements_table[] = {
    {"BND-26", "Arrays are bound as one value.", nullptr,
     "relata has no type for an array of values in one column, so that the interface binds none"},
    {"BND-27",
     "More or fewer values than placeholders are refused with invalid_argument before anything is "
     "done, and the statement works with the right number afterwards.",
     &number_of_values},
    {"BND-30", "NULL has a type, so that it can stand where nothing else tells one.",
     &null_without_a_context},
    {"BND-31",
     "One prepared statement takes NULL, a value and NULL again, for every type, and stores each "
     "as "
     "it was given.",
     &null_and_values_in_turn},
    {"BND-32",
     "A value of another type than the statement was prepared for is taken when it is an integer "
     "of another width, and else refused; the statement goes on.",
     &another_type},
    {"BND-33", "Dates and times keep their edges by every way; days that do not exist are refused.",
     &dates_and_times},
    {"BND-34", "A negative value directly after a minus is a value, not the start of a comment.",
     &minus_before_a_negative},
    {"BND-36",
     "A type of the user's is stored through its converter; a converter that throws, writing or "
     "reading, leaves the statement usable.",
     &converters},
};

}  // namespace

std::span<case_entry const> bind_statements_cases() { return bind_statements_table; }

}  // namespace relata::conformance
