// SPDX-License-Identifier: BSL-1.0
//
// A small shop on any database:
//
//   shop [URL] [--orders N] [--seed N] [--data FOLDER]
//
// Without a URL it runs on SQLite in memory. The output is the same, byte for byte, on every back end.

#include "reports.hpp"
#include "simulate.hpp"
#include "tables.hpp"

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

struct arguments {
    std::string url = "sqlite::memory:";
    std::string data = RELATA_EXAMPLE_FOLDER "/data";
    std::int64_t orders = 1000;
    std::int64_t seed = 1;
};

[[noreturn]] void usage() {
    std::fputs("usage: shop [URL] [--orders N] [--seed N] [--data FOLDER]\n", stderr);
    std::exit(64);
}

std::int64_t number(std::string_view text) {
    std::int64_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0) usage();
    return value;
}

arguments read_arguments(int count, char** values) {
    arguments a;
    for (int i = 1; i < count; ++i) {
        std::string_view const word = values[i];
        bool const is_option = word.substr(0, 2) == "--";
        if (is_option && i + 1 == count) usage();
        if (word == "--orders") a.orders = number(values[++i]);
        else if (word == "--seed") a.seed = number(values[++i]);
        else if (word == "--data") a.data = values[++i];
        else if (is_option) usage();
        else a.url = word;
    }
    return a;
}

}  // namespace

int main(int count, char** values) {
    auto const a = read_arguments(count, values);
    try {
        auto const db = relata::open(a.url);
        shop::make_tables(db, RELATA_EXAMPLE_FOLDER "/migrations");
        shop::fill(db, a.data);
        auto const done = shop::simulate(db, a.orders, std::uint64_t(a.seed));
        std::printf("%lld orders placed, %lld refused for want of stock\n",
                    static_cast<long long>(done.placed), static_cast<long long>(done.refused));
        shop::report_revenue_by_country(db);
        shop::report_best_sellers(db);
        shop::report_customers_without_orders(db);
        shop::report_largest_order(db);
        shop::report_baskets_by_month(db);
    } catch (std::exception const& e) {
        std::fprintf(stderr, "shop: %s\n", e.what());
        return 1;
    }
}
