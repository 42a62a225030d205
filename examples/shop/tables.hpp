// SPDX-License-Identifier: BSL-1.0
/// \file
/// The shop's tables in a database.
#pragma once

#include "model.hpp"

#include <relata/migrate/scratch.hpp>

namespace shop {

/// All of them, for whoever compares them with a database or a migration.
inline relata::migrate::models all_tables() {
    return relata::migrate::models_of<country, product, customer, shipping_class, cart_item, order,
                                      order_line>();
}

/// Makes the tables by the migrations of a folder, dropping old ones with their rows.
void make_tables(relata::database const& db, std::string const& migrations);

}  // namespace shop
