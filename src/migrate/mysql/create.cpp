// SPDX-License-Identifier: BSL-1.0

#include "migrate/mysql/ddl.hpp"
#include "migrate/mysql/order.hpp"
#include "migrate/mysql/words.hpp"
#include "migrate/product.hpp"

#include <algorithm>
#include <charconv>
#include <map>

namespace relata::migrate::mysql {

namespace {

// As dumps are loaded: no rule about values, and no other reading of SQL.
std::string const plain_mode = "NO_AUTO_VALUE_ON_ZERO";

/// Collects statements, each in the session that it was first made in, and puts that back.
class script {
public:
    void add(std::string statement, bool in_own_session = false) {
        // Text of the catalogue has backslashes as escapes, which not every sql_mode reads as such.
        if (statement.find('\\') != std::string::npos && !in_own_session)
            in_session(&plain_mode, nullptr);
        out_.push_back(std::move(statement));
    }
    /// From here on the session has these; null: it keeps what it has.
    void in_session(std::string const* mode, std::string const* zone) {
        set("sql_mode", mode, mode_);
        set("time_zone", zone, zone_);
    }
    std::vector<std::string> finish() {
        if (mode_) add("SET sql_mode = @relata_sql_mode");
        if (zone_) add("SET time_zone = @relata_time_zone");
        return std::move(out_);
    }

private:
    void set(std::string const& variable, std::string const* wanted,
             std::optional<std::string>& now) {
        if (!wanted || now == *wanted) return;
        if (!now) out_.push_back("SET @relata_" + variable + " = @@" + variable);
        out_.push_back("SET " + variable + " = " + text_literal(*wanted));
        now = *wanted;
    }

    std::vector<std::string> out_;
    std::optional<std::string> mode_;
    std::optional<std::string> zone_;
};

// A default such as 0000-00-00 is refused by the usual sql_mode.
bool has_zero_date(catalog::schema const& wanted) {
    for (auto const& t : wanted.tables)
        for (auto const& c : t.columns)
            if (c.default_value &&
                (c.type.starts_with("date") || c.type.starts_with("timestamp")) &&
                (c.default_value->starts_with("'0000") ||
                 c.default_value->find("-00") != std::string::npos))
                return true;
    return false;
}

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
                later.push_back("ALTER TABLE " + quoted(table.name) + " ADD " +
                                reference_clause(r, wanted.engine));
        }
        // Partitions are kept as they are spelled, ANSI_QUOTES or not.
        if (!table.partitioning.by.empty()) to.in_session(&plain_mode, nullptr);
        to.add(create_table(table, wanted.engine, now));
    }
    for (auto& statement : later) to.add(std::move(statement));
}

// A view needs those whose names stand in its text: more than need be does no harm.
void add_views(script& to, std::vector<catalog::view> const& views) {
    auto const order = in_order(views.size(), [&](std::size_t i) {
        std::vector<std::size_t> needs;
        for (std::size_t k = 0; k < views.size(); ++k)
            if (k != i && views[i].query.find(quoted(views[k].name)) != std::string::npos)
                needs.push_back(k);
        return needs;
    });
    for (std::size_t const i : order) to.add(create_view(views[i]));
}

int order_of(catalog::opaque const* o) {
    auto const* const text = find_option(o->options, "order");
    int out = 1;
    if (text) std::from_chars(text->data(), text->data() + text->size(), out);
    return out;
}

void add_others(script& to, catalog::schema const& wanted,
                std::initializer_list<std::string_view> kinds) {
    std::vector<catalog::opaque const*> found;
    for (auto const& o : wanted.others)
        if (std::ranges::find(kinds, o.kind) != kinds.end()) found.push_back(&o);
    std::ranges::stable_sort(found, {}, order_of);
    for (auto const* o : found) {
        to.in_session(find_option(o->options, "sql_mode"), find_option(o->options, "time_zone"));
        to.add(o->definition, true);
    }
}

}  // namespace

std::vector<std::string> create_statements(schema::catalog::schema const& wanted) {
    script to;
    if (has_zero_date(wanted)) to.in_session(&plain_mode, nullptr);
    for (auto const& s : wanted.sequences) to.add(create_sequence(s));
    add_tables(to, wanted);
    add_others(to, wanted, {"function", "procedure"});
    add_views(to, wanted.views);
    add_others(to, wanted, {"trigger"});
    add_others(to, wanted, {"event"});
    return to.finish();
}

}  // namespace relata::migrate::mysql
