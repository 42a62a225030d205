// SPDX-License-Identifier: BSL-1.0
// How names, values and the model's options are written in PostgreSQL's DDL.
#pragma once

#include <relata/schema/catalog.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace relata::migrate::postgresql {

namespace catalog = schema::catalog;

[[nodiscard]] std::string quote_name(std::string_view name);
/// With its namespace; the default one as a mark, for which `with_default_space` puts what it is called.
[[nodiscard]] std::string quote_name(catalog::object_name const& name);
/// The mark, or a namespace's name, before a name that is spelled already.
[[nodiscard]] std::string quoted_space(std::string const& space);
/// The statement as it runs: the default namespace is `public`, or it is that of the search path.
[[nodiscard]] std::string with_default_space(std::string statement, bool by_search_path);
[[nodiscard]] std::string quote_name(std::vector<std::string> const& names);
[[nodiscard]] std::string literal(std::string_view text);

/// The value of an option, or null.
[[nodiscard]] std::string const* option_of(std::vector<catalog::option> const& options,
                                           std::string_view name);
[[nodiscard]] bool has_option(std::vector<catalog::option> const& options, std::string_view name);
/// " WITH (fillfactor = '70')" from those options that are parameters of storage, or nothing.
[[nodiscard]] std::string storage_clause(std::vector<catalog::option> const& options);
/// Whether an option is a parameter of storage, not a clause of its own.
[[nodiscard]] bool is_storage_parameter(std::string_view name);
/// " DEFERRABLE INITIALLY DEFERRED", or nothing.
[[nodiscard]] std::string deferrable_clause(std::vector<catalog::option> const& options);

}  // namespace relata::migrate::postgresql
