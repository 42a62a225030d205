// SPDX-License-Identifier: BSL-1.0

#include <relata/migrate/squash.hpp>

#include "migrate/apply/choose.hpp"
#include "migrate/apply/drift.hpp"
#include "migrate/apply/words.hpp"
#include "migrate/folder/layout.hpp"
#include "migrate/product.hpp"

#include <relata/core/error.hpp>

#include <algorithm>

namespace relata::migrate {

namespace {

namespace fs = std::filesystem;
using schema::catalog::engine;

struct range {
    folder from;
    std::size_t first;
    std::size_t last;

    [[nodiscard]] std::vector<migration> all() const {
        return {from.migrations.begin() + std::ptrdiff_t(first),
                from.migrations.begin() + std::ptrdiff_t(last) + 1};
    }
    [[nodiscard]] std::optional<schema::catalog::schema> snapshot_before(engine on) const {
        if (first > 0) return from.migrations[first - 1].snapshot(on);
        schema::catalog::schema nothing;
        nothing.engine = on;
        return nothing;
    }
};

bool changes_schema_only(std::vector<statement> const& all, engine on) {
    return std::all_of(all.begin(), all.end(), [&](statement const& each) {
        auto const kind = effect_of(each, on);
        return kind == effect::session || kind == effect::schema || kind == effect::schema_parts;
    });
}

engine_steps steps_for(range const& of, engine on) {
    engine_steps made;
    made.engine = on;
    made.snapshot = of.from.migrations[of.last].snapshot(on);
    std::vector<statement> all;
    for (auto const& m : of.all())
        for (auto& each : m.up(on)) all.push_back(std::move(each));
    auto const before = of.snapshot_before(on);
    bool const computed = before && made.snapshot && changes_schema_only(all, on);
    auto const change = computed ? diff(*before, *made.snapshot) : schema_change{};
    if (computed && change.ambiguous.empty()) made.up = plan(change);
    else
        for (auto const& each : all) made.up.push_back({each.text, each.in_transaction});
    if (before && made.snapshot) {
        auto const back = diff(*made.snapshot, *before);
        if (back.ambiguous.empty()) made.down = plan(back);
    }
    return made;
}

bool has_some_for(range const& of, engine on) {
    auto const all = of.all();
    return std::any_of(all.begin(), all.end(), [&](auto const& m) { return m.has_up(on); });
}

// What was made by a replay, dropped again.
void clear(database const& scratch) {
    auto on = scratch.connect();
    schema::catalog::schema nothing;
    nothing.engine = engine_of(on);
    for (auto const& each : plan(diff(inspect(on), nothing))) on.script(unsafe_sql(each.text));
    if (nothing.engine == engine::sqlite) on.drop_tables<lock_row>();
    on.drop_tables<history_row>();
}

schema::catalog::schema replay(database const& scratch, folder const& from, std::string const& to,
                               std::vector<data_step> const& steps) {
    apply_options options;
    options.steps = steps;
    options.to = to;
    (void)apply(scratch, from, options);
    auto on = scratch.connect();
    auto made = inspect(on);
    return made;
}

void prove(database const& scratch, range const& before, folder const& after, std::string const& id,
           std::vector<data_step> const& steps) {
    demand_empty(scratch);
    auto const wanted = replay(scratch, before.from, before.from.migrations[before.last].id, steps);
    clear(scratch);
    auto const found = replay(scratch, after, id, steps);
    clear(scratch);
    auto const difference = summary_of(diff(found, wanted));
    if (!difference.empty())
        fail(error_kind::schema_drift, "one migration in place of them makes another schema: " +
                                           difference + "; nothing was changed in the folder");
}

// A copy of the folder, beside its migrations, with the new one in place of the old ones.
void build(fs::path const& at, range const& of, migration const& made,
           std::vector<migration_file> const& files) {
    fs::create_directories(at);
    write_directory(at / made.id, files);
    for (std::size_t i = 0; i < of.from.migrations.size(); ++i) {
        if (i >= of.first && i <= of.last) continue;
        auto m = of.from.migrations[i];
        if (i == of.last + 1) {
            m.parent = made.id;
            for (auto& file : m.files)
                if (file.name == meta_name) file.content = meta_of(m);
        }
        write_directory(at / m.id, m.files);
    }
    write_sum(at.string());
}

void exchange(fs::path const& path, fs::path const& built, range const& of) {
    for (auto const& m : of.all()) fs::remove_all(path / m.id);
    for (auto const& each : fs::directory_iterator(built)) {
        auto const target = path / each.path().filename();
        fs::remove_all(target);
        fs::rename(each.path(), target);
    }
}

range range_of(std::string const& path, std::string const& first, std::string const& last) {
    range found{read_folder(path), 0, 0};
    found.first = found.from.place_of(first);
    found.last = found.from.place_of(last);
    if (found.last >= found.from.migrations.size() || found.first > found.last)
        fail(error_kind::invalid_argument,
             first + " and " + last +
                 " are no migrations of the folder, one after the other; nothing "
                 "was changed");
    return found;
}

std::vector<engine_steps> all_steps(range const& of, std::vector<database> const& empty) {
    std::vector<engine_steps> steps;
    for (auto const on : {engine::sqlite, engine::postgresql, engine::mysql, engine::mariadb}) {
        bool const given = std::any_of(empty.begin(), empty.end(), [&](database const& each) {
            return engine_of(each.connect()) == on;
        });
        auto const files = of.all();
        bool const own = std::any_of(files.begin(), files.end(), [&](auto const& m) {
            auto const name = "up." + std::string(name_of(on)) + ".sql";
            return std::any_of(m.files.begin(), m.files.end(),
                               [&](auto const& file) { return file.name == name; });
        });
        if (own && !given)
            fail(error_kind::invalid_argument,
                 "there are statements for " + std::string(name_of(on)) +
                     ", and no empty database to prove them in; nothing was changed");
        if (given && has_some_for(of, on)) steps.push_back(steps_for(of, on));
    }
    return steps;
}

}  // namespace

folder squash(std::string const& path, std::string const& first, std::string const& last,
              std::string const& name, std::vector<database> const& empty,
              std::vector<data_step> const& steps) {
    auto const of = range_of(path, first, last);
    migration made;
    made.id = last.substr(0, 15) + name;
    if (!is_id(made.id) || of.from.find(made.id))
        fail(error_kind::invalid_argument, made.id + " is no name for a new migration");
    made.parent = of.from.migrations[of.first].parent;
    for (auto const& m : of.all()) {
        made.replaces.insert(made.replaces.end(), m.replaces.begin(), m.replaces.end());
        made.replaces.push_back(m.id);
    }
    auto const built = fs::path(path) / ".squash";
    std::error_code ignored;
    fs::remove_all(built, ignored);
    try {
        build(built, of, made, files_of(made, all_steps(of, empty)));
        auto const after = read_folder(built.string());
        for (auto const& each : empty) prove(each, of, after, made.id, steps);
        exchange(path, built, of);
    } catch (fs::filesystem_error const& e) {
        fs::remove_all(built, ignored);
        fail(error_kind::unknown, std::string("cannot write: ") + e.what());
    } catch (...) {
        fs::remove_all(built, ignored);
        throw;
    }
    fs::remove_all(built, ignored);
    return read_folder(path);
}

}  // namespace relata::migrate
