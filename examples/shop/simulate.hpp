// SPDX-License-Identifier: BSL-1.0
/// \file
/// Customers who buy: the same carts for the same seed, on every machine.
#pragma once

#include "store.hpp"

namespace shop {

struct simulation {
    std::int64_t placed = 0;
    std::int64_t refused = 0;  ///< for want of stock
};

/// Places `orders` orders, spread over the year 2025; shows a progress bar when
/// standard error is a terminal.
simulation simulate(relata::database const& db, std::int64_t orders, std::uint64_t seed);

}  // namespace shop
