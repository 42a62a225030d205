// SPDX-License-Identifier: BSL-1.0

#include "migrate/mysql/catalogue.hpp"
#include "migrate/product.hpp"

#include <relata/dialect/dialect.hpp>

#include <optional>

namespace relata::migrate::mysql {

namespace {
struct place {
    std::optional<std::string> database;
    std::string version;
};
}  // namespace

schema::catalog::schema inspect(connection& from) {
    catalog::schema found;
    auto at = from.one(sql_query<"select database(), version()", place>());
    found.version = std::move(at.version);
    reading r{from, found, from.spelling().id() == dialect::family::mariadb,
              std::move(at.database).value_or("")};
    read_tables(r);
    read_columns(r);
    read_indexes(r);
    read_references(r);
    read_checks(r);
    read_partitions(r);
    read_sequences(r);
    read_views(r);
    read_triggers(r);
    read_routines(r);
    read_events(r);
    std::ranges::sort(found.others, [](catalog::opaque const& a, catalog::opaque const& b) {
        return std::tie(a.kind, a.name) < std::tie(b.kind, b.name);
    });
    return found;
}

}  // namespace relata::migrate::mysql
