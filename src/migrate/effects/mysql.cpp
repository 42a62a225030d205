// SPDX-License-Identifier: BSL-1.0
// Source: https://mariadb.com/kb/en/metadata-locking and
// https://dev.mysql.com/doc/refman/8.4/en/metadata-locking.html

#include "migrate/effects/effects.hpp"

namespace relata::migrate::effects {

effect on_mysql(statement const& s, tables const& known) {
    effect out{nullptr, "METADATA"};  // for a moment
    if (s.begins({"alter", "table"}) || s.begins({"drop", "table"}) ||
        s.begins({"rename", "table"})) {
        out.table = known.at(s, 2);
    } else if (s.begins({"create"}) && s.has({"trigger"})) {
        out.table = known.after(s, "on");
    }
    return out;
}

}  // namespace relata::migrate::effects
