// SPDX-License-Identifier: BSL-1.0

#include <relata/migrate/move.hpp>

#include "migrate/hash.hpp"
#include "migrate/move/copy.hpp"
#include "migrate/move/stages.hpp"

#include <relata/migrate/inspect.hpp>
#include <relata/migrate/snapshot.hpp>
#include <relata/sql/raw.hpp>

#include <future>

namespace relata::migrate {

move_observer::~move_observer() = default;
void move_observer::table_started(std::string const&, std::int64_t, std::int64_t) {}
void move_observer::rows_moved(std::string const&, std::int64_t, std::int64_t) {}
void move_observer::table_compared(std::string const&, std::int64_t) {}

namespace moving {
namespace {

namespace catalog = schema::catalog;

bool is_empty(catalog::schema const& s) {
    return s.spaces.empty() && s.tables.empty() && s.views.empty() && s.enumerations.empty() &&
           s.domains.empty() && s.sequences.empty() && s.others.empty();
}

std::string listed(std::vector<move_finding> const& findings) {
    std::string out;
    for (auto const& f : findings) out += "\n  " + f.name + ": " + f.why;
    return out;
}

class mover {
public:
    mover(database const& from, database const& to, move_options const& options)
        : options_(options), from_(from.connect()), to_(to.connect()), journal_(to_) {
        if (options.batch < 1)
            fail(error_kind::invalid_argument, "a batch of a move has at least one row");
        auto const source = inspect(from_);
        there_ = inspect(to_);
        begun_ = journal_.find("");
        if (!begun_ && !is_empty(there_))
            fail(error_kind::invalid_argument, "the target of a move is not empty and has no "
                                               "journal of one; it was left as it is: "
                                               "give an empty database");
        plan_ = translate(source, there_, options);
        plan_.wanted.by_search_path = there_.by_search_path;
        hash_ = sha256(to_json(source) + to_json(plan_.wanted));
    }

    move_report planned() {
        move_report out{
            std::move(plan_.refused), std::move(plan_.left_out), std::move(plan_.notes), {}, {}};
        out.statements = create_statements(first_stage(plan_.wanted, there_));
        for (auto& each : second_stage(plan_.wanted, first_stage_tables(plan_.wanted)))
            out.statements.push_back(std::move(each));
        return out;
    }

    move_report move() {
        check();
        if (!begun_) journal_.begin(hash_);
        set_up();
        make_tables();
        for (auto const& t : plan_.tables) table_copy(from_, to_, t, options_).run();
        finish_schema();
        for (auto const& t : plan_.tables) move_counter(from_, to_, t);
        check_references();
        auto out = planned();
        compare(out);
        tear_down();
        journal_.end();
        return out;
    }

private:
    [[nodiscard]] bool sqlite() const { return plan_.wanted.engine == catalog::engine::sqlite; }
    [[nodiscard]] bool postgresql() const {
        return plan_.wanted.engine == catalog::engine::postgresql;
    }

    void check() const {
        if (!plan_.refused.empty())
            fail(error_kind::not_supported,
                 "the target cannot have all of the source, and nothing was written; change these, "
                 "or name in leave_out what may be missing there:" +
                     listed(plan_.refused));
        if (begun_ && begun_->hash.value() != hash_)
            fail(
                error_kind::schema_drift,
                "the move in the target was begun from another schema or with other options; go on "
                "with those, or move into an empty database");
    }

    void set_up() {
        if (sqlite()) {
            // SQLite before 3.41 takes its functions on JSON for unsafe otherwise
            to_.script("pragma trusted_schema = on");
            to_.script("pragma foreign_keys = off");  // until all rows are there
        } else if (!postgresql()) {
            to_.script("set sql_mode = concat(@@sql_mode, ',NO_AUTO_VALUE_ON_ZERO')");
            to_.script("set foreign_key_checks = 0");  // else each reference copies its table
        }
    }
    void tear_down() {
        if (sqlite()) to_.script("pragma foreign_keys = on");
        else if (!postgresql()) to_.script("set foreign_key_checks = 1");
    }

    void make_tables() {
        for (auto const& each : create_statements(first_stage(plan_.wanted, there_)))
            to_.script(unsafe_sql(each));
    }

    void finish_schema() {
        for (auto const& each : second_stage(plan_.wanted, inspect(to_)))
            to_.script(unsafe_sql(each));
    }

    // PostgreSQL checks a reference when it is made.
    std::string with_broken_reference() {
        if (sqlite()) {
            auto const row = to_.first(
                sql_query<"select \"table\" from pragma_foreign_key_check limit 1", std::string>());
            return row ? row->m0 : "";
        }
        if (postgresql()) return "";
        for (auto const& t : plan_.wanted.tables)
            for (auto const& r : t.references)
                if (to_.first(sql_query<std::int64_t>(unsafe_sql(orphan_text(to_, t, r)))))
                    return t.name.name;
        return "";
    }
    void check_references() {
        auto const broken = with_broken_reference();
        if (broken.empty()) return;
        error_info info;
        info.kind = error_kind::foreign_key_violation;
        info.table = broken;
        info.message = "a row of table " + broken +
                       " refers to none; all rows are moved: mend it in both databases and move "
                       "again, which goes on from here";
        throw error(std::move(info));
    }

    // Each side is read in a thread of its own, as each has its connection.
    void compare(move_report& out) {
        for (auto const& t : plan_.tables) {
            auto reading_source = std::async(std::launch::async, [&] {
                auto const reading = from_.begin({isolation::snapshot, true});
                return digest_of(reading, from_, t, true);
            });
            auto target = digest_of(to_, to_, t, false);
            auto const source = reading_source.get();
            if (source.rows != target.rows || source.digest != target.digest)
                differs(source, target);
            if (options_.observer) options_.observer->table_compared(t.name, target.rows);
            out.tables.push_back(std::move(target));
        }
    }
    [[noreturn]] static void differs(moved_table const& source, moved_table const& target) {
        error_info info;
        info.kind = error_kind::corrupt;
        info.table = source.table;
        info.message =
            "table " + source.table + " differs: " + std::to_string(source.rows) +
            " rows in the source, " + std::to_string(target.rows) +
            " in the target, or other values; somebody wrote to one of them meanwhile, or "
            "the move is wrong. The target keeps what is there: move again into an empty "
            "database";
        throw error(std::move(info));
    }

    move_options const& options_;
    connection from_;
    connection to_;
    journal journal_;
    catalog::schema there_;
    std::optional<journal_row> begun_;
    translation plan_;
    std::string hash_;
};

}  // namespace
}  // namespace moving

move_report plan_move(database const& from, database const& to, move_options const& options) {
    return moving::mover(from, to, options).planned();
}

move_report move(database const& from, database const& to, move_options const& options) {
    return moving::mover(from, to, options).move();
}

}  // namespace relata::migrate
