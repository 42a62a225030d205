// SPDX-License-Identifier: BSL-1.0

#include "reports.hpp"

#include <cstdio>

namespace shop {
namespace {

using namespace relata;

void title(char const* text) { std::printf("\n%s\n", text); }

// Pads by characters, not bytes.
void print_text(std::string_view text, std::size_t width) {
    std::printf("%.*s", int(text.size()), text.data());
    for (auto n = code_points(text); n < width; ++n) std::putchar(' ');
}

template <class D> void print_money(D const& amount) {
    std::printf(" %14s", amount.to_string().c_str());
}

}  // namespace

void report_revenue_by_country(database const& db) {
    title("Revenue and tax by country, for countries with more than 5 orders");
    auto const rows = db.all(
        from<order>()
            .join<customer>()
            .join<country>()
            .group_by(col<&country::code>, col<&country::name>)
            .having(count() > 5)
            .order_by(sum(col<&order::total>).desc(), col<&country::code>)
            .select(col<&country::name>, count(), sum(col<&order::total>), sum(col<&order::tax>)));
    std::printf("%-20s %7s %14s %14s\n", "country", "orders", "revenue", "of it tax");
    for (auto const& [name, orders, revenue, tax] : rows) {
        print_text(name, 20);
        std::printf(" %7lld", static_cast<long long>(orders));
        print_money(*revenue);
        print_money(*tax);
        std::putchar('\n');
    }
}

void report_best_sellers(database const& db) {
    title("Best sellers");
    auto const rows =
        db.all(from<order_line>()
                   .join<product>()
                   .group_by(col<&product::sku>, col<&product::name>)
                   .order_by(sum(col<&order_line::quantity>).desc(), col<&product::sku>)
                   .limit(10)
                   .select(col<&product::sku>, col<&product::name>, sum(col<&order_line::quantity>),
                           sum(col<&order_line::unit_price> * col<&order_line::quantity>)));
    std::printf("%-6s %-28s %8s %14s\n", "sku", "product", "sold", "net");
    for (auto const& [sku, name, sold, net] : rows) {
        print_text(sku, 7);
        print_text(name, 28);
        std::printf(" %8lld", static_cast<long long>(*sold));
        print_money(*net);
        std::putchar('\n');
    }
}

void report_customers_without_orders(database const& db) {
    title("Customers without orders");
    auto const rows = db.all(from<customer>()
                                 .left_join<order>()
                                 .where(col<&order::id>.is_null())
                                 .order_by(col<&customer::name>, col<&customer::id>)
                                 .select(col<&customer::name>, col<&customer::email>));
    for (auto const& [name, email] : rows) {
        print_text(name, 24);
        std::printf(" %s\n", email.value().c_str());
    }
    std::printf("%zu in all\n", rows.size());
}

void report_largest_order(database const& db) {
    auto const largest =
        db.first(from<order>().order_by(col<&order::total>.desc(), col<&order::id>).limit(1));
    if (!largest) return;
    std::printf("\nLargest order: number %lld of %s\n", static_cast<long long>(largest->id),
                to_string(largest->placed_at).c_str());
    auto const lines =
        db.all(from<order_line>()
                   .join<product>()
                   .where(col<&order_line::order_id> == largest->id)
                   .order_by(col<&order_line::line>)
                   .select(col<&order_line::line>, col<&product::name>, col<&order_line::quantity>,
                           col<&order_line::unit_price>));
    for (auto const& [line, name, quantity, price] : lines) {
        std::printf("%3d  ", line);
        print_text(name, 28);
        std::printf(" %3d x", quantity);
        print_money(price);
        std::putchar('\n');
    }
    for (auto const& [label, amount] : {std::pair{"items", largest->items},
                                        {"shipping", largest->shipping},
                                        {"tax", largest->tax},
                                        {"total", largest->total}}) {
        std::printf("     %-34s", label);
        print_money(amount);
        std::putchar('\n');
    }
}

void report_baskets_by_month(database const& db) {
    title("Average basket by month");
    auto const y = year(col<&order::placed_at>);
    auto const m = month(col<&order::placed_at>);
    auto const rows = db.all(
        from<order>().group_by(y, m).order_by(y, m).select(y, m, count(), sum(col<&order::total>)));
    std::printf("%-8s %7s %14s\n", "month", "orders", "average");
    for (auto const& [in_year, in_month, orders, total] : rows) {
        std::printf("%lld-%02lld  %7lld", static_cast<long long>(in_year),
                    static_cast<long long>(in_month), static_cast<long long>(orders));
        // divided here, where it is exact to the cent
        print_money(divide(*total, decimal<18, 2>(orders), rounding::half_up));
        std::putchar('\n');
    }
}

}  // namespace shop
