// SPDX-License-Identifier: BSL-1.0
/// \file
/// What the shop's owner wants to know, on standard output.
#pragma once

#include "store.hpp"

namespace shop {

void report_revenue_by_country(relata::database const& db);
void report_best_sellers(relata::database const& db);
void report_customers_without_orders(relata::database const& db);
void report_largest_order(relata::database const& db);
void report_baskets_by_month(relata::database const& db);

}  // namespace shop
