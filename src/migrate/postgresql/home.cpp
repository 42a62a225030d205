// SPDX-License-Identifier: BSL-1.0
// A schema of its own in a database of many: the part of what was read that is in this namespace, as if it were
// the default one, so that it is the same for each tenant.

#include "migrate/postgresql/home.hpp"
#include "migrate/characters.hpp"
#include "migrate/postgresql/spelling.hpp"

#include <algorithm>

namespace relata::migrate::postgresql {

namespace {

constexpr bool is_of_name(char c) { return is_word(c) || c == '"' || c == '.'; }

class reader {
public:
    explicit reader(std::string const& home) : home_(home) {}

    void keep(catalog::schema& s) const {
        s.by_search_path = true;
        s.spaces.clear();
        for_each_list(s, [&](auto& list) {
            std::erase_if(list, [&](auto const& each) { return each.name.space != home_; });
            for (auto& each : list) move(each.name);
        });
        for (auto& each : s.tables) keep(each);
        for (auto& each : s.sequences) take_out(each.owner);
        std::erase_if(s.others, [&](auto const& each) {
            return each.name.space != home_ && each.on.space != home_;
        });
        for (auto& each : s.others) keep(each);
        std::erase_if(s.dependencies, [&](auto const& each) {
            return each.of.name.space != home_ || each.on.name.space != home_;
        });
        for (auto& each : s.dependencies) {
            move(each.of.name);
            move(each.on.name);
        }
    }

private:
    template <class F> static void for_each_list(catalog::schema& s, F f) {
        f(s.tables);
        f(s.views);
        f(s.enumerations);
        f(s.domains);
        f(s.sequences);
    }

    // What was the default namespace has a name now.
    void move(catalog::object_name& name) const {
        if (name.name.empty()) return;
        if (name.space.empty()) name.space = "public";
        else if (name.space == home_) name.space.clear();
    }
    void keep(catalog::table& t) const {
        for (auto& each : t.references) move(each.other);
        move(t.partitioning.parent);
        for (auto& each : t.options)
            if (each.name == "inherits") take_out(each.value, quote_name(home_), each.value.size());
    }
    // The server spells the thing itself, and the table that it is on, with the namespace.
    void keep(catalog::opaque& o) const {
        move(o.name);
        move(o.on);
        take_out(o.definition);
    }
    // Where it stands first.
    void take_out(std::string& text) const {
        take_out(text, home_, 1);
        take_out(text, quote_name(home_), 1);
    }
    static void take_out(std::string& text, std::string const& space, std::size_t most) {
        auto const prefix = space + '.';
        for (auto at = text.find(prefix); at != text.npos && most > 0;
             at = text.find(prefix, at + 1)) {
            if (at > 0 && is_of_name(text[at - 1])) continue;
            text.erase(at, prefix.size());
            --most;
        }
    }

    std::string const& home_;
};

}  // namespace

std::string home_of(handle const& from) {
    return from
        .one(sql_query<row<std::string>>(unsafe_sql(
            "select coalesce(case when current_schema() <> 'public' and source = 'session' then "
            "current_schema() end, '') from pg_catalog.pg_settings where name = 'search_path'")))
        .m0;
}

void keep_home(catalog::schema& of, std::string const& home) { reader(home).keep(of); }

}  // namespace relata::migrate::postgresql
