// SPDX-License-Identifier: BSL-1.0
/// \file
/// The shop's data layer: what a web front end would call.
#pragma once

#include "model.hpp"

#include <stdexcept>

namespace shop {

/// Thrown by `place_order` when a product of the cart is not there in that number. Nothing is changed.
struct out_of_stock : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Fills countries, products, customers and shipping classes, which are empty, from the CSV files of a folder.
void fill(relata::database const& db, std::string const& folder);

/// Puts products into a customer's cart.
void add_to_cart(relata::handle const& db, cart_item const& item);

/// Turns the customer's cart into an order: checks and takes stock, computes items, shipping and tax,
/// and empties the cart, all or nothing. Throws out_of_stock.
order place_order(relata::database const& db, std::int64_t customer_id, relata::instant when);

}  // namespace shop
