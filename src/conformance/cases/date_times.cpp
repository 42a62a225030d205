// SPDX-License-Identifier: BSL-1.0
//
// Dates and times: kept to the microsecond, sorted, and never shifted by anybody's zone.

#include "conformance/case.hpp"
#include "conformance/samples.hpp"
#include "conformance/storage.hpp"
#include "conformance/subject.hpp"

#include <relata/schema/table.hpp>
#include <relata/sql/functions.hpp>
#include <relata/sql/select.hpp>
#include <relata/types/time.hpp>
#include <relata/types/time_of_day.hpp>

#include <cstdlib>
#include <ctime>

namespace relata::conformance {
namespace {

// Stores values of one type by every way and checks that they come back equal and in order.
template <class T>
void kept_and_sorted(subject& s, std::vector<T> const& ascending, std::string_view what) {
    auto& c = s.connection();
    for (auto const way : all_paths) {
        auto const& table = s.create(table_of({column<std::int64_t>("id"), column<T>("v")}));
        std::vector<row_values> rows;
        for (auto const& each : ascending)
            rows.push_back({value(std::int64_t(rows.size())), value(each)});
        store(c, table, rows, way);
        auto const v = quoted(c, "v"), name = quoted(c, table.name);
        auto const got = read_column<T>(c, "SELECT " + v + " FROM " + name + " ORDER BY " + v);
        std::string const text = std::string(what) + ", " + std::string(name_of(way));
        s.equal(ascending.size(), got.size(), "rows, " + text);
        for (std::size_t i = 0; i < got.size() && i < ascending.size(); ++i)
            s.check(got[i] == ascending[i],
                    "value " + std::to_string(i) + " in its order, " + text);
        for (std::size_t i = 0; i < ascending.size(); ++i)
            s.equal(std::vector<std::int64_t>{std::int64_t(i)},
                    read_column<std::int64_t>(
                        c, "SELECT " + quoted(c, "id") + " FROM " + name + " WHERE " + v + " = ?",
                        {value(ascending[i])}),
                    "the row that a value finds, " + text);
    }
}

template <class T, class Read>
std::vector<T> each(Read read, std::initializer_list<char const*> texts) {
    std::vector<T> out;
    for (auto const* text : texts) out.push_back(read(text));
    return out;
}

void dates(subject& s) {
    kept_and_sorted(s,
                    each<date>([](char const* t) { return date_from_string(t); },
                               {"0001-01-01", "1000-01-01", "1582-09-30", "1582-10-16",
                                "1727-04-01", "1811-11-11", "1850-11-10", "1899-12-31",
                                "1900-01-01", "1969-12-31", "1970-01-01", "2000-02-29",
                                "2037-01-19", "2038-01-20", "2999-09-09", "9999-12-31"}),
                    "dates");
}

void times_of_day(subject& s) {
    kept_and_sorted(s,
                    each<time_of_day>([](char const* t) { return time_of_day::from_string(t); },
                                      {"00:00:00", "00:00:00.000001", "00:00:01", "12:34:56.789012",
                                       "23:59:59", "23:59:59.999999"}),
                    "times of day");
}

auto const read_timestamp = [](char const* t) { return timestamp_from_string(t); };

void microseconds(subject& s) {
    kept_and_sorted(
        s,
        each<timestamp>(read_timestamp, {"2018-12-31 23:59:59", "2018-12-31 23:59:59.000001",
                                         "2018-12-31 23:59:59.000396", "2018-12-31 23:59:59.039642",
                                         "2018-12-31 23:59:59.1", "2018-12-31 23:59:59.999999",
                                         "2019-01-01 00:00:00"}),
        "microseconds");
}

void before_the_epoch(subject& s) {
    kept_and_sorted(
        s,
        each<timestamp>(read_timestamp, {"0001-01-01 00:00:00", "1500-06-01 12:00:00.5",
                                         "1969-12-31 23:59:58.999999", "1969-12-31 23:59:59.999999",
                                         "1970-01-01 00:00:00", "1970-01-01 00:00:00.000001"}),
        "times before 1970");
}

void far_away(subject& s) {
    kept_and_sorted(
        s,
        each<timestamp>(read_timestamp, {"2038-01-19 03:14:07", "2038-01-19 03:14:08",
                                         "2106-02-07 06:28:16", "9999-12-31 23:59:59.999999"}),
        "times after 2038");
}

// Hours that some zone leaves out or has twice.
void hours_of_clock_changes(subject& s) {
    auto const changes = {"2000-03-26 02:30:00", "2000-10-29 02:30:00", "2024-03-10 02:30:00",
                          "2024-03-31 01:30:00", "2024-10-27 01:30:00", "2024-11-03 01:30:00"};
    kept_and_sorted(s, each<timestamp>(read_timestamp, changes), "hours of clock changes");
    std::vector<instant> points;
    for (auto const* text : changes)
        points.push_back(instant(timestamp_from_string(text).time_since_epoch()));
    kept_and_sorted(s, points, "points in time at clock changes");
}

// The zone of the process must not matter; it is set before the connection is made and after.
void any_zone_of_the_process(subject& s) {
    auto const local = timestamp_from_string("2024-07-01 12:00:00.25");
    auto const point = instant(local.time_since_epoch());
    auto& c = s.connection();
    auto const& table = s.create(table_of(
        {column<std::int64_t>("id"), column<timestamp>("local"), column<instant>("point")}));
    std::int64_t id = 0;
    for (auto const* zone :
         {"UTC", "Europe/London", "America/Los_Angeles", "Asia/Kathmandu", "XYZ-14", "XYZ+12"}) {
        ::setenv("TZ", zone, 1);
        ::tzset();
        auto const fresh = s.connect();
        for (auto* on : {&c, fresh.get()})
            store(*on, table, {{value(id++), value(local), value(point)}}, path::prepared);
    }
    ::unsetenv("TZ");
    ::tzset();
    auto const rows =
        read_table(c, table, {&ops_of<std::int64_t>, &ops_of<timestamp>, &ops_of<instant>});
    s.equal(12, rows.size(), "rows");
    for (auto const& row : rows) {
        s.check(row[1].as<timestamp>() == local, "a local time is never shifted");
        s.check(row[2].as<instant>() == point, "a point in time is never shifted");
    }
}

void dates_that_do_not_exist(subject& s) {
    auto& c = s.connection();
    auto const& table = s.create(table_of({column<std::int64_t>("id"), column<date>("v")}));
    auto const of = [](int year, unsigned month, unsigned day) {
        return date(std::chrono::year(year), std::chrono::month(month), std::chrono::day(day));
    };
    for (date const bad : {of(2024, 2, 30), of(2023, 2, 29), of(2024, 13, 1), of(0, 1, 1),
                           of(10000, 1, 1), of(2024, 0, 0)})
        for (auto const way : {path::object, path::batch})
            s.throws(
                {error_kind::out_of_range, error_kind::value_invalid},
                [&] { store(c, table, {{value(1L), value(bad)}}, way); },
                "a date that does not exist");
    if (c.transaction() != transaction_state::none) c.rollback();
    s.equal(0, count(c, table), "rows of dates that do not exist");
}

void times_out_of_range(subject& s) {
    auto& c = s.connection();
    auto const& table = s.create(table_of({column<std::int64_t>("id"), column<timestamp>("v")}));
    auto const last = timestamp_from_string("9999-12-31 23:59:59.999999");
    auto const first = timestamp_from_string("0001-01-01 00:00:00");
    for (timestamp const bad :
         {timestamp(last + std::chrono::microseconds(1)),
          timestamp(first - std::chrono::microseconds(1)), timestamp::max(), timestamp::min()})
        for (auto const way : {path::object, path::batch})
            s.throws(
                error_kind::out_of_range, [&] { store(c, table, {{value(1L), value(bad)}}, way); },
                "a time outside the years 1 to 9999");
    if (c.transaction() != transaction_state::none) c.rollback();
    s.equal(0, count(c, table), "rows of times out of range");
}

void two_types_of_time_stay_apart(subject& s) {
    auto& c = s.connection();
    auto const& table = s.create(
        table_of({column<std::int64_t>("id"), column<date>("d"), column<std::string>("t")}));
    store(c, table, {{value(1L), value(date_from_string("2024-01-02")), value(std::string("x"))}},
          path::prepared);
    s.throws(
        {error_kind::type_mismatch, error_kind::value_invalid},
        [&] {
            read_column<timestamp>(c,
                                   "SELECT " + quoted(c, "t") + " FROM " + quoted(c, table.name));
        },
        "text that is read as a time");
    s.throws(
        {error_kind::type_mismatch, error_kind::value_invalid},
        [&] {
            read_column<date>(c, "SELECT " + quoted(c, "t") + " FROM " + quoted(c, table.name));
        },
        "text that is read as a date");
    s.throws(
        {error_kind::type_mismatch, error_kind::value_invalid},
        [&] {
            read_column<std::int64_t>(c, "SELECT " + quoted(c, "d") + " FROM " +
                                             quoted(c, table.name));
        },
        "a date that is read as a number");
}

}  // namespace

struct clock_row {
    std::int64_t id{};
};

}  // namespace relata::conformance

template <>
inline constexpr auto relata::table<relata::conformance::clock_row> =
    relata::describe<relata::conformance::clock_row>("relata_kit_clock")
        .key<&relata::conformance::clock_row::id>();

namespace relata::conformance {
namespace {

void time_of_the_server(subject& s) {
    s.drop_later("relata_kit_clock");
    auto const db = s.open("pool_size=1");
    db.create_tables<clock_row>();
    db.insert(clock_row{1});
    if (!s.can().utc_clock) {
        s.throws(
            error_kind::not_supported, [&] { (void)db.one(from<clock_row>().select(now())); },
            "now()");
        s.needs(&driver::capabilities::utc_clock);
    }
    using clock = std::chrono::system_clock;
    auto const before = clock::now();
    instant const there = db.one(from<clock_row>().select(now())).m0;
    auto const after = clock::now();
    s.check(there > before - std::chrono::seconds(2) && there < after + std::chrono::seconds(2),
            "now() is within two seconds of the clock of the program");
}

constexpr case_entry date_times_table[] = {
    {"DAT-01", "Dates of the years 1 to 9999 are kept, found and sorted.", &dates, nullptr, 60},
    {"DAT-02", "Times outside the years 1 to 9999 are refused when they are sent.",
     &times_out_of_range},
    {"DAT-03", "Dates that do not exist are refused when they are sent.", &dates_that_do_not_exist},
    {"DAT-04", "Times of day are kept to the microsecond, found and sorted.", &times_of_day,
     nullptr, 60},
    {"DAT-05", "Microseconds are kept, never rounded into the next second.", &microseconds, nullptr,
     60},
    {"DAT-06", "Fractions of seconds before 1970 count forwards.", &before_the_epoch, nullptr, 60},
    {"DAT-07", "Local times and points in time are never shifted, whatever zone the process is in.",
     &any_zone_of_the_process},
    {"DAT-08", "Points in time with an offset.", nullptr,
     "an instant has no offset: the program makes UTC of it, and DAT-07 keeps that"},
    {"DAT-09", "Hours that a change of clocks leaves out or has twice are kept and sorted.",
     &hours_of_clock_changes, nullptr, 60},
    {"DAT-10", "Leap seconds have a stated meaning.", nullptr,
     "a std::chrono time point has no leap seconds"},
    {"DAT-11", "Times after 2038 and 2106 are kept, found and sorted.", &far_away, nullptr, 60},
    {"DAT-12", "What is no date or time is not read as one, and a date is not read as a number.",
     &two_types_of_time_stay_apart},
    {"DAT-13", "Intervals of time are kept.", nullptr, "there is no portable type of intervals"},
    {"DAT-15", "now() is a point in time, by the clock of the server.", &time_of_the_server},
    {"DAT-16", "Names of time zones are understood.", nullptr,
     "no name of a zone is ever sent to a database"},
};

}  // namespace

std::span<case_entry const> date_times_cases() { return date_times_table; }

}  // namespace relata::conformance
