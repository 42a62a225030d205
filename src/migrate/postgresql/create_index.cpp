// SPDX-License-Identifier: BSL-1.0

#include "migrate/postgresql/writing.hpp"

namespace relata::migrate::postgresql {

namespace {

// "operators" is the class of an index's operators; its parameters are "operators <name>".
std::string operators_clause(catalog::part const& p) {
    auto const* const name = option_of(p.options, "operators");
    if (!name) return {};
    constexpr std::string_view prefix = "operators ";
    std::string parameters;
    for (auto const& option : p.options)
        if (option.name.starts_with(prefix))
            parameters.append(parameters.empty() ? " (" : ", ")
                .append(option.name.substr(prefix.size()))
                .append(" = ")
                .append(literal(option.value));
    return ' ' + *name + (parameters.empty() ? parameters : parameters + ')');
}

std::string part_clause(catalog::part const& p) {
    auto out = p.column.empty() ? '(' + p.expression + ')' : quote_name(p.column);
    if (auto const* const collation = option_of(p.options, "collate"))
        out += " COLLATE " + *collation;
    out += operators_clause(p);
    if (p.descending) out += " DESC";
    if (auto const* const nulls = option_of(p.options, "nulls")) out += " NULLS " + *nulls;
    return out;
}

std::string parts_clause(std::vector<catalog::part> const& parts) {
    std::string out;
    for (auto const& p : parts) out.append(out.empty() ? "" : ", ").append(part_clause(p));
    return out;
}

std::string action_clause(char const* when, catalog::action what) {
    switch (what) {
    case catalog::action::no_action: return {};
    case catalog::action::restrict: return std::string(when) + "RESTRICT";
    case catalog::action::cascade: return std::string(when) + "CASCADE";
    case catalog::action::set_null: return std::string(when) + "SET NULL";
    case catalog::action::set_default: return std::string(when) + "SET DEFAULT";
    }
    return {};
}

void finish(statements& to, catalog::object_name const& on, std::string const& name,
            std::vector<catalog::option> const& options) {
    if (has_option(options, "clustered"))
        to.push_back("ALTER TABLE " + quote_name(on) + " CLUSTER ON " + quote_name(name));
    if (has_option(options, "replica identity"))
        to.push_back("ALTER TABLE ONLY " + quote_name(on) + " REPLICA IDENTITY USING INDEX " +
                     quote_name(name));
}

}  // namespace

std::string key_clause(catalog::key const& k, char const* kind) {
    auto out = " CONSTRAINT " + quote_name(k.name) + ' ' + kind;
    if (has_option(k.options, "nulls not distinct")) out += " NULLS NOT DISTINCT";
    out += " (" + parts_clause(k.parts) + ')';
    std::vector<std::string> include;
    for (auto const& option : k.options)
        if (option.name == "include") include.push_back(option.value);
    if (!include.empty()) out += " INCLUDE (" + quote_name(include) + ')';
    out += storage_clause(k.options);
    if (auto const* const space = option_of(k.options, "tablespace"))
        out += " USING INDEX TABLESPACE " + quote_name(*space);
    return out + deferrable_clause(k.options);
}

std::string create_index(catalog::object_name const& on, catalog::index const& i,
                         index_manner how) {
    auto out = std::string("CREATE ") + (i.unique ? "UNIQUE " : "") + "INDEX " +
               (how == index_manner::concurrently ? "CONCURRENTLY " : "") + quote_name(i.name) +
               (how == index_manner::only ? " ON ONLY " : " ON ") + quote_name(on);
    if (!i.method.empty()) out += " USING " + quote_name(i.method);
    out += " (" + parts_clause(i.parts) + ')';
    if (!i.include.empty()) out += " INCLUDE (" + quote_name(i.include) + ')';
    if (has_option(i.options, "nulls not distinct")) out += " NULLS NOT DISTINCT";
    out += storage_clause(i.options);
    if (auto const* const space = option_of(i.options, "tablespace"))
        out += " TABLESPACE " + quote_name(*space);
    if (!i.where.empty()) out += " WHERE (" + i.where + ')';
    return out;
}

void finish_index(statements& to, catalog::object_name const& on, catalog::index const& i) {
    auto const name = quote_name(catalog::object_name{on.space, i.name});
    if (auto const* const parent = option_of(i.options, "partition of"))
        to.push_back("ALTER INDEX " + *parent + " ATTACH PARTITION " + name);
    for (std::size_t n = 0; n < i.parts.size(); ++n)
        if (auto const* const target = option_of(i.parts[n].options, "statistics"))
            to.push_back("ALTER INDEX " + name + " ALTER COLUMN " + std::to_string(n + 1) +
                         " SET STATISTICS " + *target);
    finish(to, on, i.name, i.options);
}

void finish_key(statements& to, catalog::object_name const& on, catalog::key const& k) {
    finish(to, on, k.name, k.options);
}

std::string reference_clause(catalog::reference const& f) {
    auto out = " CONSTRAINT " + quote_name(f.name) + " FOREIGN KEY (" + quote_name(f.columns) +
               ") REFERENCES " + quote_name(f.other) + " (" + quote_name(f.other_columns) + ')';
    if (auto const* const match = option_of(f.options, "match")) out += " MATCH " + *match;
    out += action_clause(" ON UPDATE ", f.updated) + action_clause(" ON DELETE ", f.deleted);
    std::vector<std::string> cleared;
    for (auto const& option : f.options)
        if (option.name == "clears") cleared.push_back(option.value);
    if (!cleared.empty()) out += " (" + quote_name(cleared) + ')';
    out += deferrable_clause(f.options);
    if (has_option(f.options, "not valid")) out += " NOT VALID";
    return out;
}

std::string add_reference(catalog::table const& t, catalog::reference const& f) {
    // A partitioned table hands its references to its partitions; ONLY is refused there.
    return std::string("ALTER TABLE ") + (t.partitioning.by.empty() ? "ONLY " : "") +
           quote_name(t.name) + " ADD" + reference_clause(f);
}

}  // namespace relata::migrate::postgresql
