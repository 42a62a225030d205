// SPDX-License-Identifier: BSL-1.0

#include "tables.hpp"

#include <relata/dialect/dialect.hpp>
#include <relata/migrate/apply.hpp>

namespace shop {

void make_tables(relata::database const& db, std::string const& migrations) {
    if (db.connect().spelling().id() == relata::dialect::family::firebird) {
        // migrations are for SQLite, PostgreSQL and MySQL: here the structs themselves are the schema
        db.drop_tables<order_line, order, cart_item, shipping_class, customer, product, country>();
        db.create_tables<country, product, customer, shipping_class, cart_item, order,
                         order_line>();
        return;
    }
    auto const folder = relata::migrate::read_folder(migrations);
    // A shop that keeps its orders does the last line only. This one begins anew each time, so that the
    // numbers are always the same.
    relata::migrate::apply_options all;
    all.to = "empty";
    all.allow_loss = true;
    relata::migrate::down(db, folder, all);
    relata::migrate::apply(db, folder);
}

}  // namespace shop
