// SPDX-License-Identifier: BSL-1.0
/// \file
/// How a database spells queries and DDL, and what it can do, by version.
#pragma once

#include <relata/schema/model.hpp>
#include <relata/sql/node.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace relata::sql {
struct query_data;
}

namespace relata::dialect {

enum class family : std::uint8_t { sqlite, postgresql, mysql, mariadb, firebird };

/// A statement as text, and which values fill its placeholders.
struct rendered {
    std::string text;
    /// the value of each placeholder, in the order in which the driver binds them; empty for an
    /// INSERT of whole objects, whose placeholders are the plan's fields
    std::vector<param> values;
    /// for each placeholder: the index of the query's param that fills it, or `computed` for values
    /// that come from lists, clauses or the dialect itself
    std::vector<std::uint16_t> order;
    /// the type of each placeholder's value, in the same order: what `prepare` is told
    std::vector<type_info const*> types;
    static constexpr std::uint16_t computed = 0xffff;
    /// order is 0, 1, 2, … over all of the query's params: they can be bound as they are
    bool straight = true;
};

/// A query to be rendered: its tree, its params, and the conditions added at run time.
struct source {
    sql::node const* tree;
    param const* params;
    unsigned count;
    sql::clause const* const* extra = nullptr;  ///< further conditions, combined with AND
    unsigned extra_count = 0;
    bool return_key = false;  ///< insert: append RETURNING of the generated key
    sql::clause const* const* orders =
        nullptr;  ///< further orders; the tree of each is a list of them
    unsigned order_count = 0;
    std::int64_t limit = -1;  ///< in place of the tree's; -1: as the tree says
    std::int64_t offset = -1;
};

/// A `query<…>`, from its `data()`. Refers to it.
[[nodiscard]] RELATA_EXPORT source source_of(sql::query_data const& query);

/// One database's spelling. Constant objects; thread-safe.
class RELATA_EXPORT dialect {
public:
    virtual ~dialect() = default;

    [[nodiscard]] virtual family id() const noexcept = 0;
    /// Version of the server it was made for: major * 10000 + minor * 100 + patch.
    [[nodiscard]] virtual std::uint32_t version() const noexcept = 0;

    /// Appends a quoted identifier. Throws invalid_schema for a NUL or more than 63 bytes.
    virtual void append_identifier(std::string& out, std::string_view name) const = 0;
    /// Appends the placeholder with the number `index` (from 0). `next`: the highest number before it
    /// in the text is index - 1 (none for 0), so that the database would give it this number by itself.
    virtual void append_placeholder(std::string& out, unsigned index, type_info const& type,
                                    bool next) const = 0;
};

/// The dialect of a database family at a version.
[[nodiscard]] RELATA_EXPORT dialect const& dialect_for(family id, std::uint32_t version);

/// Turns a query into text. Throws not_supported where the database cannot give the portable answer,
/// limit_exceeded for a list of more than 1000 elements or too many values. Any thread.
[[nodiscard]] RELATA_EXPORT rendered render(source const& query, dialect const& spelling);

/// The text alone, for logs and tests: the same that `render` makes. Any thread.
[[nodiscard]] RELATA_EXPORT std::string to_sql(source const& query, dialect const& spelling);

using relata::detail::element;

/// Appends a value as text in the database's notation. For DDL only, where nothing can be bound.
RELATA_EXPORT void append_literal(std::string& out, param const& value, dialect const& spelling);

/// DDL for tables, their indexes and references, statement by statement, in an order that can be
/// executed also when the tables reference each other in circles.
[[nodiscard]] RELATA_EXPORT std::vector<std::string>
create_tables(std::vector<schema::table const*> const& tables, dialect const& spelling);

/// Drops the tables and what hangs on them, in an order that can be executed, all in one transaction
/// where the database has it for DDL.
[[nodiscard]] RELATA_EXPORT std::vector<std::string>
drop_tables(std::vector<schema::table const*> const& tables, dialect const& spelling);

}  // namespace relata::dialect
