// SPDX-License-Identifier: BSL-1.0
// Source: https://www.sqlite.org/lang_altertable.html and https://www.sqlite.org/lockingv3.html

#include "migrate/effects/effects.hpp"

namespace relata::migrate::effects {

effect on_sqlite(statement const& s, tables const& known) {
    // a table of one's own, and a setting of the connection
    if (s.begins({"create", "temp"}) || s.begins({"pragma"}) || s.has({"temp", "."})) return {};
    effect out{nullptr, "RESERVED", waiters::writers};
    if (s.begins({"alter", "table"}) || s.begins({"drop", "table"})) {
        out.table = known.at(s, 2);
        // these are tried on the rows that are there
        out.reads_rows = s.has({"add", "column"}) && (s.has({"check"}) || s.has({"not", "null"}));
    } else if (s.begins({"create", "index"}) || s.begins({"create", "unique", "index"})) {
        out.table = known.after(s, "on");
        out.reads_rows = true;
    } else if (s.begins({"insert"})) {
        out.table = known.after(s, "from");
        out.reads_rows = true;
    } else if (s.begins({"drop", "index"})) {
        out.table = known.of_index(s, 2);
    }
    return out;
}

}  // namespace relata::migrate::effects
