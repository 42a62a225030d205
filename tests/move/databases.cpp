// SPDX-License-Identifier: BSL-1.0

#include "move/databases.hpp"

#include <catch2/catch.hpp>

#include "database/back_end.hpp"
#include "migrate/engine_support.hpp"

#include <cstdlib>
#include <limits>

namespace test {

namespace {

using namespace relata;
using namespace relata::literals;

// The supports look at the environment for the server that they make databases on.
struct as_back_end {
    std::string before = back_end();
    explicit as_back_end(std::string const& engine) {
        ::setenv("RELATA_TEST_BACKEND", engine.c_str(), 1);
    }
    as_back_end(as_back_end const&) = delete;
    as_back_end& operator=(as_back_end const&) = delete;
    ~as_back_end() { ::setenv("RELATA_TEST_BACKEND", before.c_str(), 1); }
};

template <class T> constexpr T least = std::numeric_limits<T>::min();
template <class T> constexpr T most = std::numeric_limits<T>::max();

everything low() {
    everything e;
    e.flag = false;
    e.tiny = least<std::int8_t>;
    e.small = least<std::int16_t>;
    e.medium = least<std::int32_t>;
    e.large = least<std::int64_t>;
    e.tiny_natural = std::uint8_t(0);
    e.small_natural = std::uint16_t(0);
    e.natural = 0U;
    e.large_natural = 0U;
    e.single = -1.5F;
    e.real = std::numeric_limits<double>::denorm_min();
    e.price = "-99999999.99"_dec;
    e.exact = "-9999999999999999999999999999.9999999999"_dec;
    e.words = "";
    e.title = text<40>("");
    e.raw.emplace();
    e.day = date_from_days(min_day);
    e.clock = time_of_day::from_string("00:00:00.000000");
    e.local = timestamp_from_string("0001-01-01 00:00:00.000000");
    e.at = instant_from_string("0001-01-01 00:00:00.000000Z");
    e.token = uuid{};
    e.document = json::from_string("null");
    e.tone = shade::dark;
    return e;
}

everything high() {
    everything e;
    e.flag = true;
    e.tiny = most<std::int8_t>;
    e.small = most<std::int16_t>;
    e.medium = most<std::int32_t>;
    e.large = most<std::int64_t>;
    e.tiny_natural = most<std::uint8_t>;
    e.small_natural = most<std::uint16_t>;
    e.natural = most<std::uint32_t>;
    e.large_natural = most<std::uint64_t>;
    e.single = 16777217.0F;
    e.real = 1.7976931348623157e308;
    e.price = "99999999.99"_dec;
    e.exact = "9999999999999999999999999999.9999999999"_dec;
    e.words = "two\nlines, 'quotes', \\ and \xF0\x9F\x90\x98";
    e.title = text<40>("\xC3\xA4 title with forty or fewer characters");
    e.raw = {std::byte(0), std::byte(255), std::byte(39)};
    e.day = date_from_days(max_day);
    e.clock = time_of_day::from_string("23:59:59.999999");
    e.local = timestamp_from_string("9999-12-31 23:59:59.999999");
    e.at = instant_from_string("9999-12-31 23:59:59.999999Z");
    e.token = uuid::from_string("01234567-89ab-cdef-0123-456789abcdef");
    e.document = json::from_string(R"({"a": [1, 2.50, "x"],  "b": null})");
    e.tone = shade::light;
    return e;
}

}  // namespace

std::vector<std::string> other_engines() {
    std::vector<std::string> out;
    for (auto const* engine : {"sqlite", "postgresql", "mysql"}) {
        if (back_end() == engine) continue;
        auto variable = "RELATA_TEST_" + std::string(engine);
        for (char& c : variable)
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
        if (engine == std::string("sqlite") || std::getenv(variable.c_str()))
            out.emplace_back(engine);
        else
            std::printf("skipped: moves to and from %s; %s is not set\n", engine, variable.c_str());
    }
    return out;
}

std::string empty_database(std::string const& engine, int number) {
    as_back_end const other(engine);
    if (engine == "sqlite") return sqlite_support().make(number);
    return engine == "postgresql" ? postgresql_support().make(number)
                                  : mysql_support().make(number);
}

std::string empty_database(int number) {
    if (back_end() != "sqlite") (void)back_end_url();
    return empty_database(back_end(), number);
}

void fill(database const& db, int many) {
    db.create_tables<everything, place, visit, line, nothing, ware>();
    db.insert(low());
    db.insert(everything{});
    db.insert(high());
    auto const gone = db.insert(everything{});
    db.remove(gone);  // its key must not come again
    db.insert_all(std::vector<place>{{text<20>("a"), 1, {}, {}, 7},
                                     {text<20>("a"), 2, text<20>("a"), 1, 0},
                                     {text<20>("B"), -5, text<20>("a"), 2, 70},
                                     {text<20>(""), 0, text<20>(""), 0, 1}});
    std::vector<visit> all;
    for (int i = 0; i < many; ++i)
        all.push_back({0, text<20>(i % 2 ? "a" : "B"), i % 2 ? 1 : -5,
                       text<30>("visit " + std::to_string(i))});
    db.insert_all(all);
    db.insert_all(std::vector<line>{{"twice", 1}, {"twice", 1}, {"", {}}});
}

std::vector<migrate::column_meaning> meanings() {
    return {{"everything", "price", "decimal(10,2)"},
            {"everything", "exact", "decimal(38,10)"},
            {"everything", "single", "float32"},
            {"everything", "at", "instant"},
            {"wares", "price", "decimal(10,2)"}};
}

migrate::move_options usual() {
    migrate::move_options options;
    options.columns = meanings();
    options.batch = 1000;
    return options;
}

migrate::move_report moved(std::string const& from, std::string const& to,
                           migrate::move_options const& options) {
    return migrate::move(open(from), open(to), options);
}

error_info refused(std::string const& from, std::string const& to,
                   migrate::move_options const& options) {
    try {
        moved(from, to, options);
    } catch (error const& e) {
        return e.info();
    }
    FAIL("nothing was refused");
    return {};
}

void check_same_objects(database const& from, database const& to) {
    auto const rows = [](database const& db) {
        return db.all(relata::from<everything>().order_by(col<&everything::id>));
    };
    CHECK(rows(from) == rows(to));
    auto const places = [](database const& db) {
        return db.all(relata::from<place>().order_by(col<&place::people>));
    };
    CHECK(places(from) == places(to));
    CHECK(to.all(relata::from<visit>()).size() == visits);
    CHECK(to.all(relata::from<line>()).size() == 3);
    CHECK(to.all(relata::from<nothing>()).empty());
}

}  // namespace test
