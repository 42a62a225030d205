// SPDX-License-Identifier: BSL-1.0
//
// The first rows.

#include "csv.hpp"
#include "store.hpp"

namespace shop {
namespace {

std::vector<country> read_countries(std::string const& folder) {
    std::vector<country> out;
    for (auto const& f : read_csv(folder + "/countries.csv"))
        out.push_back({.code = f[0], .name = f[1], .vat_rate = percent::from_string(f[2])});
    return out;
}

std::vector<product> read_products(std::string const& folder) {
    std::vector<product> out;
    for (auto const& f : read_csv(folder + "/products.csv"))
        out.push_back({.sku = f[0],
                       .name = f[1],
                       .price = money::from_string(f[2]),
                       .weight_grams = std::stoi(f[3]),
                       .stock = std::stoi(f[4])});
    return out;
}

std::vector<customer> read_customers(std::string const& folder) {
    std::vector<customer> out;
    for (auto const& f : read_csv(folder + "/customers.csv"))
        out.push_back({.name = f[0], .email = f[1], .country_code = f[2]});
    return out;
}

std::vector<shipping_class> read_shipping(std::string const& folder) {
    std::vector<shipping_class> out;
    for (auto const& f : read_csv(folder + "/shipping.csv"))
        out.push_back(
            {.max_weight_grams = std::stoi(f[1]), .name = f[0], .price = money::from_string(f[2])});
    return out;
}

}  // namespace

void fill(relata::database const& db, std::string const& folder) {
    db.insert_all(read_countries(folder));
    // one by one, so that the generated keys follow the file on every back end
    db.transaction([&](relata::transaction& tx) {
        for (auto const& p : read_products(folder)) tx.insert(p);
        for (auto const& c : read_customers(folder)) tx.insert(c);
    });
    db.insert_all(read_shipping(folder));
}

}  // namespace shop
