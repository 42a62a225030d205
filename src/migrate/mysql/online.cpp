// SPDX-License-Identifier: BSL-1.0

#include "migrate/mysql/online.hpp"

#include "migrate/mysql/words.hpp"

#include <algorithm>
#include <utility>

namespace relata::migrate::mysql {

namespace {

constexpr stage stages[] = {stage::checks_go,     stage::keys_go,        stage::computed_go,
                            stage::columns_go,    stage::columns_change, stage::columns_come,
                            stage::computed_come, stage::keys_come,      stage::checks_come,
                            stage::options};

class statements_in_use {
public:
    statements_in_use(script& to, table_change const& change, ways const& how,
                      catalog::engine engine)
        : to_(to), change_(change), engine_(engine), together_(how.together()),
          clauses_(clauses_of(change, how, engine, !together_)) {}

    void write() {
        if (clauses_.empty()) return;
        if (together_) return write_together();
        // a table is never without columns
        if (loses_all()) write(stage::columns_come);
        for (auto const at : stages)
            if (at != stage::columns_come || !loses_all()) write(at);
    }

private:
    void add(std::vector<clause const*> const& clauses) {
        if (clauses.empty()) return;
        step all{"ALTER TABLE " + quote_name(change_.after.name), false};
        way how;
        std::string why;
        for (auto const* each : clauses) {
            all.text.append(each == clauses.front() ? " " : ", ").append(each->text);
            all.destroys |= each->destroys;
            how.how = std::max(how.how, each->online.how);
            how.writes_rows |= each->online.writes_rows;
            how.reads_rows |= each->online.reads_rows;
            if (why.find(each->online.why) == why.npos)
                why += (why.empty() ? "" : "; ") + each->online.why;
        }
        all.text += ", " + algorithm_of(how, engine_);
        all.copies_rows = how.writes_rows;
        tell_waiters(all, how);
        if (how.how >= manner::shared) all.impact = kept_out(why);
        to_.add(std::move(all));
    }

    void write_together() {
        std::vector<clause const*> all;
        for (auto& each : clauses_) {
            if (each.online.how <= together_->how) each.online = *together_;
            all.push_back(&each);
        }
        add(all);
    }

    [[nodiscard]] bool loses_all() const {
        auto const dropped = std::ranges::count_if(clauses_, [](clause const& each) {
            return each.at == stage::columns_go || each.at == stage::computed_go;
        });
        return std::size_t(dropped) == change_.before.columns.size();
    }

    // Names that go round, and what is computed of others: the changes need each other.
    [[nodiscard]] bool belong_together(stage at) const {
        if (at == stage::computed_come) return true;
        if (at != stage::columns_change) return false;
        return std::ranges::any_of(change_.columns, [&](auto const& c) {
            if (!c.before || !c.after) return false;
            if (c.after->computed != catalog::computed::none) return true;
            return c.before->name != c.after->name &&
                   std::ranges::any_of(change_.columns, [&](auto const& other) {
                       return other.before && other.after && other.before->name == c.after->name;
                   });
        });
    }

    void write(stage at) {
        bool const all = belong_together(at);
        std::vector<clause const*> chosen;
        for (auto const how : all_manners) {
            for (auto const& each : clauses_) {
                if (each.at != at || each.online.how != how) continue;
                if (each.alone) add({&each});
                else chosen.push_back(&each);
            }
            if (!all) add(std::exchange(chosen, {}));
        }
        add(chosen);
    }

    script& to_;
    table_change const& change_;
    catalog::engine engine_;
    std::optional<way> together_;
    std::vector<clause> clauses_;
};

}  // namespace

std::string kept_out(std::string const& why) { return "writers wait (LOCK=SHARED): " + why; }

std::string algorithm_of(way const& how, catalog::engine engine) {
    switch (how.how) {
    case manner::instant: return "ALGORITHM=INSTANT";
    case manner::in_place:
        // MariaDB then refuses, rather than write all rows
        if (engine == catalog::engine::mariadb && !how.writes_rows)
            return "ALGORITHM=NOCOPY, LOCK=NONE";
        return "ALGORITHM=INPLACE, LOCK=NONE";
    case manner::shared: return "ALGORITHM=INPLACE, LOCK=SHARED";
    case manner::copied: break;
    }
    return "ALGORITHM=COPY, LOCK=SHARED";
}

void tell_waiters(step& of, way const& how) {
    bool const kept = how.how >= manner::shared;
    of.lock = how.how == manner::instant ? "METADATA" : kept ? "LOCK=SHARED" : "LOCK=NONE";
    of.waits = kept ? waiters::writers : waiters::nobody;
    of.reads_rows |= how.reads_rows;
}

void add_online_steps(script& to, table_change const& change, ways const& how,
                      catalog::engine engine) {
    statements_in_use(to, change, how, engine).write();
}

}  // namespace relata::migrate::mysql
