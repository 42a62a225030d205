// SPDX-License-Identifier: BSL-1.0
//
// DROP TABLE, those that reference others first.

#include "dialect/table_order.hpp"

#include <relata/dialect/dialect.hpp>

#include <algorithm>

namespace relata::dialect {
namespace {

std::string quoted(std::string_view name, dialect const& spelling) {
    std::string text;
    spelling.append_identifier(text, name);
    return text;
}

bool in_circle(std::vector<schema::table const*> const& ordered) {
    for (auto const* t : ordered)
        for (auto const& r : t->references)
            if (!exists_before(ordered, *t, r.other())) return true;
    return false;
}

// Firebird 3 knows no IF EXISTS; the names inside the quotes are the catalogue's.
std::vector<std::string> drop_those_that_exist(std::vector<schema::table const*> const& ordered,
                                               dialect const& spelling) {
    std::vector<std::string> out;
    auto const doubled = [](std::string const& text, char quote) {
        std::string all;
        for (char const c : text) all.append(c == quote ? 2 : 1, c);
        return all;
    };
    for (auto t = ordered.rbegin(); t != ordered.rend(); ++t) {
        auto const name = quoted((*t)->name, spelling);
        auto const plain = name.substr(1, name.size() - 2);
        out.push_back("EXECUTE BLOCK AS BEGIN IF (EXISTS(SELECT 1 FROM RDB$RELATIONS WHERE "
                      "RDB$RELATION_NAME = '" +
                      doubled(plain, '\'') + "')) THEN EXECUTE STATEMENT 'DROP TABLE " +
                      doubled(name, '\'') + "'; END");
    }
    return out;
}

}  // namespace

std::vector<std::string> drop_tables(std::vector<schema::table const*> const& tables,
                                     dialect const& spelling) {
    auto const ordered = referenced_first(tables);
    std::vector<std::string> out;
    // SQLite empties each table as if by DELETE; until the transaction ends rows may refer to nothing.
    if (spelling.id() == family::sqlite && in_circle(ordered))
        out.push_back("PRAGMA defer_foreign_keys = ON");
    // MariaDB drops table by table: what closes a circle has to go before.
    if (spelling.id() == family::mariadb)
        for (auto const* t : ordered)
            for (auto const& r : t->references)
                if (!exists_before(ordered, *t, r.other()))
                    out.push_back("ALTER TABLE IF EXISTS " + quoted(t->name, spelling) +
                                  " DROP FOREIGN KEY IF EXISTS " + quoted(r.name, spelling));
    if (spelling.id() == family::firebird) return drop_those_that_exist(ordered, spelling);
    std::string together;
    for (auto t = ordered.rbegin(); t != ordered.rend(); ++t) {
        if (spelling.id() != family::mysql) {
            out.push_back("DROP TABLE IF EXISTS " + quoted((*t)->name, spelling) +
                          (spelling.id() == family::postgresql ? " CASCADE" : ""));
            continue;
        }
        together +=
            (together.empty() ? "DROP TABLE IF EXISTS " : ", ") + quoted((*t)->name, spelling);
    }
    if (!together.empty()) out.push_back(together);
    return out;
}

}  // namespace relata::dialect
