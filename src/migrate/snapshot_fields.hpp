// SPDX-License-Identifier: BSL-1.0
// The members of the schema model by name, in the order in which a snapshot has them. A member added
// to the model needs a line here, or it is lost in snapshots.
#pragma once

#include <relata/schema/catalog.hpp>

#include <array>
#include <string_view>
#include <tuple>

namespace relata::migrate::snapshot {

namespace catalog = schema::catalog;

template <class T, class M> struct field {
    char const* key;
    M T::* member;
};
template <class T> struct of {};

constexpr auto fields(of<catalog::object_name>) {
    using t = catalog::object_name;
    return std::tuple(field{"space", &t::space}, field{"name", &t::name});
}
constexpr auto fields(of<catalog::option>) {
    using t = catalog::option;
    return std::tuple(field{"name", &t::name}, field{"value", &t::value});
}
constexpr auto fields(of<catalog::column>) {
    using t = catalog::column;
    return std::tuple(field{"name", &t::name}, field{"type", &t::type},
                      field{"nullable", &t::nullable}, field{"default", &t::default_value},
                      field{"identity", &t::identity}, field{"computed", &t::computed},
                      field{"expression", &t::expression}, field{"collation", &t::collation},
                      field{"comment", &t::comment}, field{"options", &t::options});
}
constexpr auto fields(of<catalog::part>) {
    using t = catalog::part;
    return std::tuple(field{"column", &t::column}, field{"expression", &t::expression},
                      field{"descending", &t::descending}, field{"options", &t::options});
}
constexpr auto fields(of<catalog::key>) {
    using t = catalog::key;
    return std::tuple(field{"name", &t::name}, field{"parts", &t::parts},
                      field{"comment", &t::comment}, field{"options", &t::options});
}
constexpr auto fields(of<catalog::index>) {
    using t = catalog::index;
    return std::tuple(field{"name", &t::name}, field{"unique", &t::unique},
                      field{"parts", &t::parts}, field{"include", &t::include},
                      field{"method", &t::method}, field{"where", &t::where},
                      field{"comment", &t::comment}, field{"options", &t::options});
}
constexpr auto fields(of<catalog::reference>) {
    using t = catalog::reference;
    return std::tuple(field{"name", &t::name}, field{"columns", &t::columns},
                      field{"other", &t::other}, field{"other_columns", &t::other_columns},
                      field{"deleted", &t::deleted}, field{"updated", &t::updated},
                      field{"comment", &t::comment}, field{"options", &t::options});
}
constexpr auto fields(of<catalog::check>) {
    using t = catalog::check;
    return std::tuple(field{"name", &t::name}, field{"condition", &t::condition},
                      field{"comment", &t::comment}, field{"options", &t::options});
}
constexpr auto fields(of<catalog::partitioning>) {
    using t = catalog::partitioning;
    return std::tuple(field{"by", &t::by}, field{"parent", &t::parent}, field{"bound", &t::bound},
                      field{"parts", &t::parts});
}
constexpr auto fields(of<catalog::table>) {
    using t = catalog::table;
    return std::tuple(field{"name", &t::name}, field{"columns", &t::columns},
                      field{"primary", &t::primary}, field{"uniques", &t::uniques},
                      field{"indexes", &t::indexes}, field{"references", &t::references},
                      field{"checks", &t::checks}, field{"partitioning", &t::partitioning},
                      field{"comment", &t::comment}, field{"options", &t::options});
}
constexpr auto fields(of<catalog::view>) {
    using t = catalog::view;
    return std::tuple(field{"name", &t::name}, field{"query", &t::query},
                      field{"materialized", &t::materialized}, field{"indexes", &t::indexes},
                      field{"comment", &t::comment}, field{"options", &t::options});
}
constexpr auto fields(of<catalog::enumeration>) {
    using t = catalog::enumeration;
    return std::tuple(field{"name", &t::name}, field{"labels", &t::labels},
                      field{"comment", &t::comment});
}
constexpr auto fields(of<catalog::domain>) {
    using t = catalog::domain;
    return std::tuple(field{"name", &t::name}, field{"type", &t::type},
                      field{"nullable", &t::nullable}, field{"default", &t::default_value},
                      field{"collation", &t::collation}, field{"checks", &t::checks},
                      field{"comment", &t::comment});
}
constexpr auto fields(of<catalog::sequence>) {
    using t = catalog::sequence;
    return std::tuple(field{"name", &t::name}, field{"owner", &t::owner},
                      field{"options", &t::options}, field{"comment", &t::comment});
}
constexpr auto fields(of<catalog::opaque>) {
    using t = catalog::opaque;
    return std::tuple(field{"kind", &t::kind}, field{"name", &t::name}, field{"on", &t::on},
                      field{"definition", &t::definition});
}
constexpr auto fields(of<catalog::schema>) {
    using t = catalog::schema;
    return std::tuple(field{"engine", &t::engine}, field{"spaces", &t::spaces},
                      field{"tables", &t::tables}, field{"views", &t::views},
                      field{"enumerations", &t::enumerations}, field{"domains", &t::domains},
                      field{"sequences", &t::sequences}, field{"others", &t::others},
                      field{"by_search_path", &t::by_search_path});
}

// Words of the enumerations, by value.
constexpr auto spelled(of<catalog::engine>) {
    return std::array<std::string_view, 4>{"sqlite", "postgresql", "mysql", "mariadb"};
}
constexpr auto spelled(of<catalog::identity>) {
    return std::array<std::string_view, 4>{"none", "by_default", "always", "auto_increment"};
}
constexpr auto spelled(of<catalog::computed>) {
    return std::array<std::string_view, 3>{"none", "stored", "on_read"};
}
constexpr auto spelled(of<catalog::action>) {
    return std::array<std::string_view, 5>{"no_action", "restrict", "cascade", "set_null",
                                           "set_default"};
}

}  // namespace relata::migrate::snapshot
