// SPDX-License-Identifier: BSL-1.0

#include <relata/migrate/scratch.hpp>

#include "migrate/diff_rules.hpp"

#include <relata/core/error.hpp>
#include <relata/migrate/inspect.hpp>
#include <relata/migrate/plan.hpp>

#include <memory>

namespace relata::migrate {

struct scratch::opened {
    explicit opened(std::string_view url) : source(relata::open(url)), on(source.connect()) {}

    database source;
    connection on;
    schema::catalog::schema empty;
    bool used = false;
    std::vector<schema::table_ref> models;  ///< what was made of a program's tables
};

namespace {

bool is_empty(schema::catalog::schema const& s) {
    return s.spaces.empty() && s.tables.empty() && s.views.empty() && s.enumerations.empty() &&
           s.domains.empty() && s.sequences.empty() && s.others.empty();
}

}  // namespace

scratch::scratch(std::string_view url) {
    auto made = std::make_unique<opened>(url);
    made->empty = migrate::inspect(made->on);
    if (!is_empty(made->empty))
        fail(error_kind::invalid_argument, "the scratch database is not empty, and was left as it "
                                           "is; give an empty one, which nobody "
                                           "else uses");
    // SQLite before 3.41 takes its functions on JSON for unsafe in a schema that is not trusted
    if (made->empty.engine == schema::catalog::engine::sqlite)
        made->on.script("pragma trusted_schema = on");
    opened_ = made.release();
}

scratch::~scratch() {
    try {
        clear();
    } catch (error const&) {  // told by clear, where somebody asks
    }
    delete opened_;
}

schema::catalog::engine scratch::engine() const noexcept { return opened_->empty.engine; }

void scratch::run(std::string_view sql, std::string_view name) {
    run(read_script(sql, engine(), name));
}
void scratch::run(std::vector<statement> const& statements) {
    opened_->used = true;
    for (auto const& each : statements)
        if (each.data_step.empty()) opened_->on.script(unsafe_sql(each.text));
}
void scratch::run(std::vector<std::string> const& statements) {
    opened_->used = true;
    for (auto const& each : statements) opened_->on.script(unsafe_sql(each));
}

void scratch::make(models const& tables) {
    if (!tables.create)
        fail(error_kind::invalid_argument, "this program has no tables of its own; a program that "
                                           "gives them to relata_migrate_main has");
    opened_->used = true;
    tables.create(opened_->on);
    opened_->models.insert(opened_->models.end(), tables.tables.begin(), tables.tables.end());
}

schema::catalog::schema scratch::inspect() {
    auto found = migrate::inspect(opened_->on);
    put_marks(found, opened_->models);
    return found;
}

void scratch::clear() {
    if (opened_->used) drop_all();
}

void scratch::drop_all() {
    for (auto const& each : plan(diff(inspect(), opened_->empty)))
        opened_->on.script(unsafe_sql(each.text));
    opened_->used = false;
    opened_->models.clear();
}

}  // namespace relata::migrate
