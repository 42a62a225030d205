// SPDX-License-Identifier: BSL-1.0
// How the server can make a change of a table: for a moment, while others write, or while they wait.
// Source: https://mariadb.com/kb/en/innodb-online-ddl-overview and
// https://dev.mysql.com/doc/refman/8.4/en/innodb-online-ddl-operations.html; a test asks the server itself.
#pragma once

#include <relata/migrate/diff.hpp>

#include <optional>
#include <string>

namespace relata::migrate::mysql {

namespace catalog = schema::catalog;

enum class manner : unsigned char {
    instant,   ///< nothing but the table's description is written
    in_place,  ///< others read and write meanwhile
    shared,    ///< others read only
    copied,    ///< the same, and all rows are copied
};
inline constexpr manner all_manners[] = {manner::instant, manner::in_place, manner::shared,
                                         manner::copied};

struct way {
    manner how = manner::instant;
    bool writes_rows = false;  ///< all of them anew
    std::string why = {};      ///< others cannot write meanwhile
    bool reads_rows = false;   ///< all of them
};

/// The ways of the changes of one table. What it is not sure of, it takes for copied: a server that was told
/// INSTANT and cannot do it so refuses.
class ways {
public:
    ways(table_change const& change, catalog::engine engine);

    /// Where the changes cannot be statements of their own: the way of all, if it is slower than their own ones.
    [[nodiscard]] std::optional<way> together() const;

    [[nodiscard]] way add(catalog::column const& column) const;
    [[nodiscard]] way drop(catalog::column const& column) const;
    [[nodiscard]] way modify(catalog::column const& before, catalog::column const& after) const;
    [[nodiscard]] way primary() const;
    [[nodiscard]] way add(catalog::key const& unique) const;
    [[nodiscard]] way add(catalog::index const& index) const;
    [[nodiscard]] static way drop_key() { return {manner::in_place}; }
    [[nodiscard]] static way add_check();
    [[nodiscard]] way option(std::string const& name) const;
    [[nodiscard]] way comment() const;

private:
    [[nodiscard]] bool on_mariadb() const { return engine_ == catalog::engine::mariadb; }
    [[nodiscard]] bool changes_keys() const;
    [[nodiscard]] way rewrite() const;
    [[nodiscard]] way column_set() const;
    [[nodiscard]] way retype(catalog::column const& before, catalog::column const& after) const;
    [[nodiscard]] way recollate(catalog::column const& before, catalog::column const& after) const;
    [[nodiscard]] std::string collation_of(catalog::column const& column, bool before) const;
    [[nodiscard]] bool is_in_key(catalog::column const& column) const;
    [[nodiscard]] bool is_longer(catalog::column const& before, catalog::column const& after) const;

    table_change const& change_;
    catalog::engine engine_;
    bool computed_ = false;  // some column is
    bool special_ =
        false;  // some index is for words or places, which rows are not written anew with
    bool compressed_ = false;
};

/// Whether the table's own collation changes, and with it that of columns which have none.
[[nodiscard]] bool collation_changes(table_change const& c);

}  // namespace relata::migrate::mysql
