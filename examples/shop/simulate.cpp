// SPDX-License-Identifier: BSL-1.0

#include "simulate.hpp"

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace shop {
namespace {

using namespace relata;

// splitmix64: the distributions of <random> differ between standard libraries
class dice {
public:
    explicit dice(std::uint64_t seed) : state_(seed) {}
    /// 0 to below `sides`
    std::int64_t roll(std::int64_t sides) {
        state_ += 0x9e3779b97f4a7c15;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return std::int64_t((z ^ (z >> 31)) % std::uint64_t(sides));
    }

private:
    std::uint64_t state_;
};

class progress_bar {
public:
    explicit progress_bar(std::int64_t all) : all_(all), shown_(isatty(STDERR_FILENO) != 0) {}
    void show(std::int64_t done) {
        if (!shown_ || all_ == 0 || done * 100 / all_ == percent_) return;
        percent_ = done * 100 / all_;
        std::fprintf(stderr, "\r[%-50.*s] %3d %% of %lld orders", int(percent_ / 2),
                     "##################################################", int(percent_),
                     static_cast<long long>(all_));
        if (done == all_) std::fputc('\n', stderr);
    }

private:
    std::int64_t all_;
    bool shown_;
    std::int64_t percent_ = -1;
};

// Nine customers of ten come again and again; the last ones never buy.
void fill_cart(connection& db, dice& d, std::int64_t customer, std::int64_t products) {
    auto const kinds = 1 + d.roll(4);
    auto const first = d.roll(products);
    auto const step = 1 + d.roll(products / kinds - 1);
    db.run_in_transaction([&](transaction& tx) {
        for (std::int64_t i = 0; i < kinds; ++i)
            add_to_cart(tx,
                        {customer, 1 + (first + i * step) % products, std::int32_t(1 + d.roll(3))});
    });
}

}  // namespace

simulation simulate(database const& db, std::int64_t orders, std::uint64_t seed) {
    simulation result;
    dice d(seed);
    progress_bar bar(orders);
    auto const products = db.one(from<product>().select(count())).m0;
    auto const customers = db.one(from<customer>().select(count())).m0 * 9 / 10;
    auto const pause =
        std::max<std::int64_t>(2, 365 * 86400 / std::max<std::int64_t>(orders, 1));  // over a year
    instant when{std::chrono::sys_days(std::chrono::year(2025) / 1 / 1)};
    for (std::int64_t i = 0; i < orders; ++i) {
        auto const buyer = 1 + d.roll(customers);
        {
            auto c = db.connect();
            fill_cart(c, d, buyer, products);
        }
        when += std::chrono::seconds(pause / 2 + d.roll(pause));
        try {
            place_order(db, buyer, when);
            ++result.placed;
        } catch (out_of_stock const&) {
            ++result.refused;
            db.execute(delete_from<cart_item>().where(col<&cart_item::customer_id> == buyer));
        }
        bar.show(i + 1);
    }
    return result;
}

}  // namespace shop
