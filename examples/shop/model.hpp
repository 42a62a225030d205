// SPDX-License-Identifier: BSL-1.0
/// \file
/// The shop's tables as structs. Each description adds what the members cannot say.
#pragma once

#include <relata/relata.hpp>

namespace shop {

using money = relata::decimal<12, 2>;
using percent = relata::decimal<5, 2>;

struct country {
    relata::text<2> code;  ///< as the European Union writes it: EL is Greece
    relata::text<64> name;
    percent vat_rate;  ///< standard rate
};

struct product {
    std::int64_t id{};
    relata::text<32> sku;
    relata::text<128> name;
    money price;  ///< without tax
    std::int32_t weight_grams{};
    std::int32_t stock{};
};

struct customer {
    std::int64_t id{};
    relata::text<128> name;
    relata::text<254> email;
    relata::text<2> country_code;
};

/// Orders up to this weight are shipped for this price.
struct shipping_class {
    std::int32_t max_weight_grams{};
    relata::text<32> name;
    money price;  ///< without tax
};

struct cart_item {
    std::int64_t customer_id{};
    std::int64_t product_id{};
    std::int32_t quantity{};
};

enum class order_status { placed, shipped, cancelled };

struct order {
    std::int64_t id{};
    std::int64_t customer_id{};
    relata::instant placed_at{};
    order_status status{};
    money items;     ///< without tax
    money shipping;  ///< without tax
    money tax;
    money total;
};

struct order_line {
    std::int64_t order_id{};
    std::int32_t line{};  ///< from 1
    std::int64_t product_id{};
    std::int32_t quantity{};
    money unit_price;
};

}  // namespace shop

template <>
inline constexpr auto relata::names<shop::order_status> =
    relata::enumerators<shop::order_status::placed, shop::order_status::shipped,
                        shop::order_status::cancelled>;

template <>
inline constexpr auto relata::table<shop::country> =
    relata::describe<shop::country>("countries").key<&shop::country::code>();

template <>
inline constexpr auto relata::table<shop::product> =
    relata::describe<shop::product>("products")
        .key<&shop::product::id>(relata::generated)
        .unique<&shop::product::sku>()
        .check<"stock_is_there">(relata::col<&shop::product::stock> >= 0)
        .check<"price_positive">(relata::col<&shop::product::price> > 0);

template <>
inline constexpr auto relata::table<shop::customer> =
    relata::describe<shop::customer>("customers")
        .key<&shop::customer::id>(relata::generated)
        .unique<&shop::customer::email>()
        .references<&shop::customer::country_code, &shop::country::code>();

template <>
inline constexpr auto relata::table<shop::shipping_class> =
    relata::describe<shop::shipping_class>("shipping_classes")
        .key<&shop::shipping_class::max_weight_grams>();

template <>
inline constexpr auto relata::table<shop::cart_item> =
    relata::describe<shop::cart_item>("cart_items")
        .key<&shop::cart_item::customer_id, &shop::cart_item::product_id>()
        .references<&shop::cart_item::customer_id, &shop::customer::id>(relata::on_delete::cascade)
        .references<&shop::cart_item::product_id, &shop::product::id>()
        .check<"quantity_positive">(relata::col<&shop::cart_item::quantity> > 0);

template <>
inline constexpr auto relata::table<shop::order> =
    relata::describe<shop::order>("orders")
        .key<&shop::order::id>(relata::generated)
        .references<&shop::order::customer_id, &shop::customer::id>()
        .index<&shop::order::placed_at>();

template <>
inline constexpr auto relata::table<shop::order_line> =
    relata::describe<shop::order_line>("order_lines")
        .key<&shop::order_line::order_id, &shop::order_line::line>()
        .references<&shop::order_line::order_id, &shop::order::id>(relata::on_delete::cascade)
        .references<&shop::order_line::product_id, &shop::product::id>()
        .check<"quantity_positive">(relata::col<&shop::order_line::quantity> > 0);
