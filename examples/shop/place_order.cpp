// SPDX-License-Identifier: BSL-1.0
//
// The one transaction that matters: a cart becomes an order.

#include "store.hpp"

namespace shop {
namespace {

using namespace relata;

using line = row<cart_item, product>;

std::vector<line> read_cart(transaction& tx, std::int64_t customer_id) {
    return tx.all(from<cart_item>()
                      .join<product>()
                      .where(col<&cart_item::customer_id> == customer_id)
                      .order_by(col<&cart_item::product_id>)
                      .select(all<cart_item>(), all<product>()));
}

// Takes the stock only if there is enough: the condition and the change are one statement.
void take_stock(transaction& tx, line const& l) {
    auto const& [item, product] = l;
    auto const taken =
        tx.execute(update<shop::product>()
                       .set(col<&shop::product::stock> = col<&shop::product::stock> - item.quantity)
                       .where(col<&shop::product::id> == product.id &&
                              col<&shop::product::stock> >= item.quantity));
    if (taken == 0) throw out_of_stock("not enough of " + product.sku.value());
}

money shipping_price(transaction& tx, std::int64_t weight_grams) {
    return tx
        .one(from<shipping_class>()
                 .where(col<&shipping_class::max_weight_grams> >= weight_grams)
                 .order_by(col<&shipping_class::max_weight_grams>)
                 .limit(1)
                 .select(col<&shipping_class::price>))
        .m0;
}

percent vat_rate(transaction& tx, std::int64_t customer_id) {
    return tx
        .one(from<customer>()
                 .join<country>()
                 .where(col<&customer::id> == customer_id)
                 .select(col<&country::vat_rate>))
        .m0;
}

// A percentage with two digits is a fraction with four; the product is exact, then rounded once.
money tax_on(money net, percent rate) {
    auto const fraction = decimal<7, 4>::from_mantissa(rate.mantissa());
    return money((net * fraction).round_to<2>(rounding::half_up));
}

}  // namespace

void add_to_cart(handle const& db, cart_item const& item) { db.insert(item); }

order place_order(database const& db, std::int64_t customer_id, instant when) {
    return db.transaction(
        [&](transaction& tx) {
            auto const cart = read_cart(tx, customer_id);
            order o;
            o.customer_id = customer_id;
            o.placed_at = when;
            std::int64_t weight = 0;
            for (auto const& l : cart) {
                take_stock(tx, l);
                o.items = o.items + money(l.m1.price * l.m0.quantity);
                weight += std::int64_t(l.m1.weight_grams) * l.m0.quantity;
            }
            o.shipping = shipping_price(tx, weight);
            o.tax = tax_on(o.items + o.shipping, vat_rate(tx, customer_id));
            o.total = o.items + o.shipping + o.tax;
            o = tx.insert(o);
            std::int32_t number = 0;
            for (auto const& [item, product] : cart)
                tx.insert(order_line{o.id, ++number, product.id, item.quantity, product.price});
            tx.execute(delete_from<cart_item>().where(col<&cart_item::customer_id> == customer_id));
            return o;
        },
        retry(5));
}

}  // namespace shop
