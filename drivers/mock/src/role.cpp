// SPDX-License-Identifier: BSL-1.0
//
// The databases that a mock can play.

#include "state.hpp"

#include <fmt/format.h>

namespace relata::mock::detail {
namespace {

struct product {
    char const* name;
    std::uint32_t version;
    std::uint32_t max_params;
};

product product_of(dialect::family family) {
    switch (family) {
    case dialect::family::sqlite: return {"SQLite", 34001, 32766};
    case dialect::family::mysql: return {"MySQL", 80400, 65535};
    case dialect::family::mariadb: return {"MariaDB", 101100, 65535};
    default: return {"PostgreSQL", 150000, 65535};
    }
}

}  // namespace

role make_role(dialect::family family, std::uint32_t version) {
    auto const is = [family](dialect::family other) { return family == other; };
    bool const mysql = is(dialect::family::mysql) || is(dialect::family::mariadb);
    auto const played = product_of(family);

    role made{};
    auto& can = made.can;
    can.version = version ? version : played.version;
    can.server = fmt::format("{} {}.{}.{}, played by the mock driver", played.name,
                             can.version / 10000, can.version / 100 % 100, can.version % 100);
    can.max_params = played.max_params;
    can.key = is(dialect::family::postgresql) ? driver::generated_key::returning
                                              : driver::generated_key::last_id;
    can.returning = !is(dialect::family::mysql);
    can.update_returning = !mysql;
    can.transactional_ddl = !mysql;
    can.keeps_rows = false;
    can.server_process = false;
    can.concurrent_streams = is(dialect::family::sqlite);
    made.spelling = &dialect::dialect_for(family, can.version);
    return made;
}

}  // namespace relata::mock::detail
