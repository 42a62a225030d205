// SPDX-License-Identifier: BSL-1.0
// The statements that make each kind of object on PostgreSQL.
#pragma once

#include "migrate/postgresql/spelling.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace relata::migrate::postgresql {

using statements = std::vector<std::string>;

/// What is made in the order of their dependencies.
struct making {
    catalog::thing what;
    int rank;  ///< the smaller first, where no dependency says more
};
struct made_order {
    std::vector<catalog::thing> things;
    /// Tables whose defaults and checks call functions that take their rows: those come later.
    std::set<catalog::object_name> without_calls;
};
[[nodiscard]] made_order in_order(std::vector<making> all,
                                  std::vector<catalog::dependency> const& known);

/// All statements that make a schema in an empty database.
[[nodiscard]] statements create_all(catalog::schema const& wanted);
[[nodiscard]] std::string create_enumeration(catalog::enumeration const& e);
void create_domain(statements& to, catalog::domain const& d);
[[nodiscard]] std::string create_sequence(catalog::sequence const& s);
[[nodiscard]] std::string create_view(catalog::view const& v);

/// How a column is written in a table.
[[nodiscard]] std::string column_clause(catalog::column const& c, bool with_default = true);
[[nodiscard]] std::string identity_clause(catalog::column const& c);
[[nodiscard]] std::string key_clause(catalog::key const& k, char const* kind);
[[nodiscard]] std::string check_clause(catalog::check const& c);
[[nodiscard]] std::string reference_clause(catalog::reference const& f);

[[nodiscard]] std::string create_table(catalog::table const& t, bool with_calls);
/// What CREATE TABLE has no clause for, except indexes, references and comments.
void finish_table(statements& to, catalog::table const& t, bool with_calls);
void attach_partition(statements& to, catalog::table const& t);
/// `table` is spelled.
void set_column_options(statements& to, std::string const& table, catalog::column const& c);

/// `only`: of a partitioned table, without its partitions; `concurrently`: while others write.
enum class index_manner : unsigned char { usual, only, concurrently };
[[nodiscard]] inline index_manner manner_on(catalog::table const& t) {
    return t.partitioning.by.empty() ? index_manner::usual : index_manner::only;
}
[[nodiscard]] std::string create_index(catalog::object_name const& on, catalog::index const& i,
                                       index_manner how);
/// What CREATE INDEX has no clause for.
void finish_index(statements& to, catalog::object_name const& on, catalog::index const& i);
void finish_key(statements& to, catalog::object_name const& on, catalog::key const& k);
[[nodiscard]] std::string add_reference(catalog::table const& t, catalog::reference const& f);

/// What has a comment, as COMMENT ON names it, and the comment.
using comments = std::map<std::string, std::string>;
[[nodiscard]] comments comments_of(catalog::schema const& s);
[[nodiscard]] std::string comment_on(std::string const& what, std::string const& text);

}  // namespace relata::migrate::postgresql
