// SPDX-License-Identifier: BSL-1.0

#include "migrate/mysql/catalogue.hpp"
#include "migrate/product.hpp"

#include <relata/dialect/dialect.hpp>

#include <optional>
#include <tuple>
#include <utility>

namespace relata::migrate::mysql {

namespace {
struct place {
    std::optional<std::string> database;
    std::string version;
};

// The server spells expressions by the session's sql_mode: with ANSI_QUOTES as "name", without
// backslashes as it cannot read them again. While this lives there is no mode.
class plain_session {
public:
    explicit plain_session(connection& of) : of_(of) {
        of_.script("SET @relata_inspect_mode = @@sql_mode; SET sql_mode = ''");
    }
    ~plain_session() {
        try {
            put_back();
        } catch (...) {
            // an error is on its way already, and this connection is lost
        }
    }
    void put_back() {
        if (!std::exchange(changed_, false)) return;
        of_.script("SET sql_mode = @relata_inspect_mode");
    }

private:
    connection& of_;
    bool changed_ = true;
};

}  // namespace

schema::catalog::schema inspect(connection& from) {
    plain_session session(from);
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
    session.put_back();
    std::ranges::sort(found.others, [](catalog::opaque const& a, catalog::opaque const& b) {
        return std::tie(a.kind, a.name) < std::tie(b.kind, b.name);
    });
    return found;
}

}  // namespace relata::migrate::mysql
