// SPDX-License-Identifier: BSL-1.0

#include "migrate/mysql/ddl.hpp"
#include "migrate/mysql/order.hpp"
#include "migrate/mysql/script.hpp"
#include "migrate/mysql/words.hpp"
#include "migrate/product.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

namespace relata::migrate::mysql {

namespace {

void add_tables(script& to, catalog::schema const& wanted) {
    std::map<catalog::object_name, std::size_t> by_name;
    for (std::size_t i = 0; i < wanted.tables.size(); ++i) by_name[wanted.tables[i].name] = i;
    auto const order = in_order(wanted.tables.size(), [&](std::size_t i) {
        std::vector<std::size_t> needs;
        for (auto const& r : wanted.tables[i].references)
            if (auto const at = by_name.find(r.other); at != by_name.end())
                needs.push_back(at->second);
        return needs;
    });
    std::vector<bool> made(wanted.tables.size());
    std::vector<std::string> later;
    for (std::size_t const i : order) {
        auto const& table = wanted.tables[i];
        made[i] = true;
        std::vector<catalog::reference const*> now;
        for (auto const& r : table.references) {
            auto const at = by_name.find(r.other);
            if (at == by_name.end() || made[at->second]) now.push_back(&r);
            else
                later.push_back("ALTER TABLE " + quote_name(table.name) + " ADD " +
                                reference_clause(r, wanted.engine));
        }
        // Partitions are kept as they are spelled, ANSI_QUOTES or not.
        if (!table.partitioning.by.empty()) to.in_session(&plain_mode, nullptr);
        to.add(create_table(table, wanted.engine, now));
    }
    for (auto& statement : later) to.add(std::move(statement));
}

int order_of(catalog::opaque const* o) {
    auto const* const text = find_option(o->options, "order");
    int out = 1;
    if (text) std::from_chars(text->data(), text->data() + text->size(), out);
    return out;
}

}  // namespace

bool has_zero_date(std::vector<catalog::table> const& tables) {
    for (auto const& t : tables)
        for (auto const& c : t.columns)
            if (c.default_value &&
                (c.type.starts_with("date") || c.type.starts_with("timestamp")) &&
                (c.default_value->starts_with("'0000") ||
                 c.default_value->find("-00") != std::string::npos))
                return true;
    return false;
}

// A view needs those whose names stand in its text: more than need be does no harm.
void add_views(script& to, std::vector<catalog::view> const& views) {
    auto const order = in_order(views.size(), [&](std::size_t i) {
        std::vector<std::size_t> needs;
        for (std::size_t k = 0; k < views.size(); ++k)
            if (k != i && views[i].query.find(quote_name(views[k].name)) != std::string::npos)
                needs.push_back(k);
        return needs;
    });
    for (std::size_t const i : order) to.add(create_view(views[i]));
}

void add_programs(script& to, std::vector<catalog::opaque> const& all,
                  std::initializer_list<std::string_view> kinds) {
    std::vector<catalog::opaque const*> found;
    for (auto const& o : all)
        if (std::ranges::find(kinds, o.kind) != kinds.end()) found.push_back(&o);
    // those of one place stay in the order of the model
    std::ranges::sort(found, {}, [](auto const* o) { return std::pair(order_of(o), o); });
    for (auto const* o : found) {
        to.in_session(find_option(o->options, "sql_mode"), find_option(o->options, "time_zone"));
        to.add_as_it_is(o->definition);
    }
}

std::vector<std::string> create_statements(schema::catalog::schema const& wanted) {
    script to;
    if (has_zero_date(wanted.tables)) to.in_session(&plain_mode, nullptr);
    for (auto const& s : wanted.sequences) to.add(create_sequence(s));
    add_tables(to, wanted);
    add_programs(to, wanted.others, {"function", "procedure"});
    add_views(to, wanted.views);
    add_programs(to, wanted.others, {"trigger"});
    add_programs(to, wanted.others, {"event"});
    std::vector<std::string> out;
    for (auto& each : to.finish()) out.push_back(std::move(each.text));
    return out;
}

}  // namespace relata::migrate::mysql
