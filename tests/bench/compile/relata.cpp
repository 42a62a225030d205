// SPDX-License-Identifier: BSL-1.0
//
// Fifty typed queries: what it costs to compile them. raw.cpp has the same ones on the C API of SQLite.

#include <relata/relata.hpp>

namespace shop {

struct customer {
    std::int64_t id{};
    std::string name;
    std::string email;
    std::string city;
    std::string country;
    std::int32_t age{};
    bool active{};
    double balance{};
    std::optional<std::string> phone;
    relata::timestamp joined;
};

struct product {
    std::int64_t id{};
    std::string name;
    std::string category;
    std::string brand;
    double price{};
    std::int32_t stock{};
    double weight{};
    std::optional<std::string> description;
    bool listed{};
    relata::timestamp added;
};

struct purchase {
    std::int64_t id{};
    std::int64_t customer_id{};
    std::int64_t product_id{};
    std::int32_t quantity{};
    double total{};
    std::string status;
    std::optional<std::string> note;
    bool paid{};
    std::int32_t priority{};
    relata::timestamp placed;
};

}  // namespace shop

using shop::customer, shop::product, shop::purchase;

template <>
inline constexpr auto relata::table<customer> =
    relata::describe<customer>("customers").key<&customer::id>(relata::generated);
template <>
inline constexpr auto relata::table<product> =
    relata::describe<product>("products").key<&product::id>(relata::generated);
template <>
inline constexpr auto relata::table<purchase> =
    relata::describe<purchase>("purchases")
        .key<&purchase::id>(relata::generated)
        .references<&purchase::customer_id, &customer::id>()
        .references<&purchase::product_id, &product::id>();

namespace shop {

using namespace relata;
using text = std::string;
using ids = std::vector<std::int64_t>;

// ---------------------------------------------------------------- one table

auto customer_by_id(database const& db, std::int64_t id) {
    return db.all(from<customer>().where(col<&customer::id> == id));
}
auto customers_of_city(database const& db, text const& city) {
    return db.all(
        from<customer>().where(col<&customer::city> == city).order_by(col<&customer::name>));
}
auto active_customers(database const& db, text const& country) {
    return db.all(from<customer>()
                      .where(col<&customer::country> == country && col<&customer::active>)
                      .select(col<&customer::id>, col<&customer::name>, col<&customer::email>));
}
struct wealth {
    std::string name;
    double balance{};
};
auto rich_customers(database const& db, double least, std::int64_t most) {
    return db.all(from<customer>()
                      .where(col<&customer::balance> > least)
                      .order_by(col<&customer::balance>.desc())
                      .limit(most)
                      .select_as<wealth>(col<&customer::name>, col<&customer::balance>));
}
auto search_customers(database const& db, bool by_city, text const& city, bool by_age,
                      std::int32_t age) {
    return db.all(from<customer>()
                      .where(when(by_city, col<&customer::city> == city) &&
                             when(by_age, col<&customer::age> >= age))
                      .order_by(col<&customer::id>)
                      .select(col<&customer::id>, col<&customer::name>, col<&customer::city>));
}
auto customers_by_ids(database const& db, ids const& wanted) {
    return db.all(from<customer>()
                      .where(col<&customer::id>.in(wanted))
                      .select(col<&customer::id>, col<&customer::name>, col<&customer::phone>));
}
auto phone_book(database const& db, text const& start) {
    return db.all(
        from<customer>()
            .where(col<&customer::phone>.is_not_null() && col<&customer::name>.starts_with(start))
            .order_by(col<&customer::name>)
            .select(col<&customer::name>, col<&customer::phone>));
}
auto cheap_products(database const& db, text const& category, double most) {
    return db.all(from<product>()
                      .where(col<&product::category> == category && col<&product::price> < most)
                      .order_by(col<&product::price>));
}
auto products_between(database const& db, double low, double high) {
    return db.all(from<product>()
                      .where(col<&product::price>.between(low, high))
                      .select(col<&product::id>, col<&product::name>, col<&product::price>));
}
auto brands(database const& db) {
    return db.all(from<product>()
                      .where(col<&product::listed>)
                      .distinct()
                      .select(col<&product::brand>, col<&product::category>));
}
struct stocked {
    std::string name;
    std::int32_t stock{};
    double weight{};
};
auto stock_report(database const& db, std::int32_t stock, double weight) {
    return db.all(
        from<product>()
            .where(col<&product::stock> <= stock || col<&product::weight> > weight)
            .select_as<stocked>(col<&product::name>, col<&product::stock>, col<&product::weight>));
}
auto described(database const& db, text const& word) {
    return db.all(from<product>()
                      .where(col<&product::name>.contains(word))
                      .select(col<&product::id>, col<&product::name>, col<&product::description>));
}
auto purchases_of(database const& db, std::int64_t customer, std::int64_t most) {
    return db.all(from<purchase>()
                      .where(col<&purchase::customer_id> == customer)
                      .order_by(col<&purchase::placed>.desc())
                      .limit(most));
}
auto purchases_by_status(database const& db, timestamp since, std::vector<text> const& states) {
    return db.all(from<purchase>()
                      .where(col<&purchase::placed> >= since && col<&purchase::status>.in(states))
                      .select(col<&purchase::id>, col<&purchase::total>, col<&purchase::status>));
}
auto unpaid(database const& db, bool urgent, std::int32_t priority) {
    return db.all(
        from<purchase>()
            .where(!col<&purchase::paid> && when(urgent, col<&purchase::priority> > priority))
            .select(col<&purchase::id>, col<&purchase::quantity>, col<&purchase::priority>,
                    col<&purchase::note>));
}

// ---------------------------------------------------------------- two tables

auto purchases_with_names(database const& db, text const& status) {
    return db.all(from<purchase>()
                      .join<customer>()
                      .where(col<&purchase::status> == status)
                      .select(col<&purchase::id>, col<&purchase::total>, col<&customer::name>));
}
auto sold_of_category(database const& db, text const& category) {
    return db.all(from<purchase>()
                      .join<product>()
                      .where(col<&product::category> == category)
                      .select(col<&purchase::id>, col<&product::name>, col<&purchase::quantity>));
}
auto customers_and_purchases(database const& db, text const& country) {
    return db.all(from<customer>()
                      .left_join<purchase>()
                      .where(col<&customer::country> == country)
                      .select(col<&customer::name>, col<&purchase::id>, col<&purchase::total>));
}
struct visit {
    std::string name;
    std::string city;
    timestamp placed;
};
auto visits(database const& db, timestamp first, timestamp last) {
    return db.all(
        from<purchase>()
            .join<customer>()
            .where(col<&purchase::placed>.between(first, last))
            .order_by(col<&purchase::placed>)
            .select_as<visit>(col<&customer::name>, col<&customer::city>, col<&purchase::placed>));
}
auto products_and_purchases(database const& db, text const& brand) {
    return db.all(from<product>()
                      .left_join<purchase>()
                      .where(col<&product::brand> == brand)
                      .select(col<&product::name>, col<&purchase::quantity>));
}
auto debtors(database const& db, std::int64_t most) {
    return db.all(from<purchase>()
                      .join<customer>()
                      .where(!col<&purchase::paid>)
                      .order_by(col<&purchase::total>.desc())
                      .limit(most)
                      .select(col<&purchase::id>, col<&customer::name>, col<&customer::email>));
}
auto dear_sales(database const& db, double least) {
    return db.all(from<purchase>()
                      .join<product>()
                      .where(col<&product::price> > least)
                      .select(col<&product::name>, col<&product::price>, col<&purchase::total>));
}
auto search_purchases(database const& db, bool by_country, text const& country, bool by_status,
                      text const& status) {
    return db.all(from<purchase>()
                      .join<customer>()
                      .where(when(by_country, col<&customer::country> == country) &&
                             when(by_status, col<&purchase::status> == status))
                      .select(col<&purchase::id>, col<&purchase::total>, col<&customer::country>));
}
auto shipping_list(database const& db, ids const& wanted) {
    return db.all(from<purchase>()
                      .join<product>()
                      .where(col<&purchase::id>.in(wanted))
                      .select(col<&product::brand>, col<&product::weight>, col<&purchase::quantity>,
                              col<&purchase::note>));
}
auto big_spenders(database const& db, double least) {
    return db.all(from<customer>()
                      .join<purchase>()
                      .where(col<&purchase::total> > least)
                      .distinct()
                      .select(col<&customer::name>, col<&customer::phone>));
}

// ---------------------------------------------------------------- three tables, grouped

auto sales_by_country(database const& db) {
    return db.all(from<purchase>()
                      .join<customer>()
                      .join<product>()
                      .where(col<&product::listed>)
                      .group_by(col<&customer::country>)
                      .order_by(col<&customer::country>)
                      .select(col<&customer::country>, count(), sum(col<&purchase::total>)));
}
auto sales_by_brand(database const& db, std::int64_t least) {
    return db.all(from<purchase>()
                      .join<customer>()
                      .join<product>()
                      .where(col<&customer::active>)
                      .group_by(col<&product::category>, col<&product::brand>)
                      .having(count() > least)
                      .select(col<&product::category>, col<&product::brand>, count(),
                              avg(col<&product::price>)));
}
struct extreme {
    std::string city;
    std::optional<double> largest;
    std::optional<double> smallest;
};
auto extremes_by_city(database const& db, text const& category) {
    return db.all(from<purchase>()
                      .join<customer>()
                      .join<product>()
                      .where(col<&purchase::paid> && col<&product::category> == category)
                      .group_by(col<&customer::city>)
                      .select_as<extreme>(col<&customer::city>, max(col<&purchase::total>),
                                          min(col<&purchase::total>)));
}
auto quantities(database const& db, text const& country) {
    return db.all(from<purchase>()
                      .join<customer>()
                      .join<product>()
                      .where(col<&customer::country> == country)
                      .group_by(col<&purchase::status>, col<&product::category>)
                      .select(col<&purchase::status>, col<&product::category>,
                              sum(col<&purchase::quantity>)));
}
auto favourites(database const& db, timestamp since, bool by_country, text const& country) {
    return db.all(from<purchase>()
                      .join<customer>()
                      .join<product>()
                      .where(col<&purchase::placed> >= since &&
                             when(by_country, col<&customer::country> == country))
                      .group_by(col<&customer::name>, col<&product::brand>)
                      .select(col<&customer::name>, col<&product::brand>, count(),
                              sum(col<&purchase::total>)));
}

// ---------------------------------------------------------------- updates

auto move_customer(database const& db, text const& city, text const& country, std::int64_t id) {
    return db.execute(update<customer>()
                          .set(col<&customer::city> = city, col<&customer::country> = country)
                          .where(col<&customer::id> == id));
}
auto pay_in(database const& db, double amount, std::int64_t id) {
    return db.execute(update<customer>()
                          .set(col<&customer::balance> = col<&customer::balance> + amount)
                          .where(col<&customer::id> == id));
}
auto retire(database const& db, timestamp before) {
    return db.execute(update<customer>()
                          .set(col<&customer::active> = false)
                          .where(col<&customer::joined> < before));
}
auto raise_prices(database const& db, double factor, text const& category) {
    return db.execute(update<product>()
                          .set(col<&product::price> = col<&product::price> * factor)
                          .where(col<&product::category> == category));
}
auto take_from_stock(database const& db, std::int32_t count, std::int64_t id) {
    return db.execute(update<product>()
                          .set(col<&product::stock> = col<&product::stock> - count)
                          .where(col<&product::id> == id && col<&product::stock> >= count));
}
auto describe_product(database const& db, std::optional<text> const& words, bool listed,
                      std::int64_t id) {
    return db.execute(update<product>()
                          .set(col<&product::description> = words, col<&product::listed> = listed)
                          .where(col<&product::id> == id));
}
auto set_status(database const& db, text const& status, bool paid, std::int64_t id) {
    return db.execute(update<purchase>()
                          .set(col<&purchase::status> = status, col<&purchase::paid> = paid)
                          .where(col<&purchase::id> == id));
}
auto hurry(database const& db, std::int32_t priority, std::optional<text> const& note,
           ids const& wanted) {
    return db.execute(update<purchase>()
                          .set(col<&purchase::priority> = priority, col<&purchase::note> = note)
                          .where(col<&purchase::id>.in(wanted)));
}

// ---------------------------------------------------------------- inserts

auto add_customer(database const& db, customer object) { return db.insert(std::move(object)); }
auto add_product(database const& db, product object) { return db.insert(std::move(object)); }
auto add_purchase(database const& db, purchase object) { return db.insert(std::move(object)); }

auto register_customer(database const& db, text const& name, text const& email, text const& city,
                       text const& country, std::int32_t age, timestamp joined) {
    return db.execute(insert_into<customer>().set(
        col<&customer::name> = name, col<&customer::email> = email, col<&customer::city> = city,
        col<&customer::country> = country, col<&customer::age> = age, col<&customer::active> = true,
        col<&customer::balance> = 0.0, col<&customer::joined> = joined));
}
auto list_product(database const& db, text const& name, text const& category, text const& brand,
                  double price, double weight, timestamp added) {
    return db.execute(
        insert_into<product>().set(col<&product::name> = name, col<&product::category> = category,
                                   col<&product::brand> = brand, col<&product::price> = price,
                                   col<&product::stock> = 0, col<&product::weight> = weight,
                                   col<&product::listed> = true, col<&product::added> = added));
}
auto buy(database const& db, std::int64_t customer, std::int64_t product, std::int32_t quantity,
         double total, text const& status, timestamp placed) {
    return db.execute(insert_into<purchase>().set(
        col<&purchase::customer_id> = customer, col<&purchase::product_id> = product,
        col<&purchase::quantity> = quantity, col<&purchase::total> = total,
        col<&purchase::status> = status, col<&purchase::paid> = false, col<&purchase::priority> = 0,
        col<&purchase::placed> = placed));
}
auto comment_purchase(database const& db, std::int64_t customer, std::int64_t product,
                      std::int32_t quantity, double total, text const& status,
                      std::optional<text> const& note, bool paid, std::int32_t priority,
                      timestamp placed) {
    return db.execute(insert_into<purchase>().set(
        col<&purchase::customer_id> = customer, col<&purchase::product_id> = product,
        col<&purchase::quantity> = quantity, col<&purchase::total> = total,
        col<&purchase::status> = status, col<&purchase::note> = note, col<&purchase::paid> = paid,
        col<&purchase::priority> = priority, col<&purchase::placed> = placed));
}

// ---------------------------------------------------------------- deletes

auto drop_customer(database const& db, std::int64_t id) {
    return db.execute(delete_from<customer>().where(col<&customer::id> == id));
}
auto drop_idle_customers(database const& db, double most) {
    return db.execute(
        delete_from<customer>().where(!col<&customer::active> && col<&customer::balance> <= most));
}
auto drop_sold_out(database const& db) {
    return db.execute(
        delete_from<product>().where(col<&product::stock> == 0 && !col<&product::listed>));
}
auto drop_old_purchases(database const& db, text const& status, timestamp before) {
    return db.execute(delete_from<purchase>().where(col<&purchase::status> == status &&
                                                    col<&purchase::placed> < before));
}
auto drop_purchases(database const& db, ids const& wanted) {
    return db.execute(delete_from<purchase>().where(col<&purchase::id>.in(wanted)));
}

}  // namespace shop
