// SPDX-License-Identifier: BSL-1.0

#include "migrate/apply/data_call.hpp"

#include "migrate/folder/layout.hpp"

#include <relata/core/error.hpp>

#include <algorithm>

namespace relata::migrate {

namespace {

data_step const* find(std::vector<data_step> const& in, std::string_view name) {
    auto const at =
        std::find_if(in.begin(), in.end(), [&](auto const& each) { return each.name == name; });
    return at == in.end() ? nullptr : &*at;
}

[[noreturn]] void refuse_step(std::string const& why) {
    error_info info;
    info.kind = error_kind::invalid_argument;
    info.outcome = outcome::not_sent;
    info.message = why + "; nothing was done: mend the list of the program's steps";
    throw error(std::move(info));
}

}  // namespace

data_run::data_run(handle const& db, std::string cursor) : db_(db), cursor_(std::move(cursor)) {}

void data_run::go_on_at(std::string cursor) {
    if (cursor.empty())
        fail(error_kind::invalid_argument,
             "a data step that is to go on must say where: its cursor is empty");
    next_ = std::move(cursor);
}

void data_run::tell(std::size_t done, std::size_t total) const {
    if (observer_) observer_->data_step_progressed(*of_, number_, *at_, done, total);
}

void demand_sound(std::vector<data_step> const& steps) {
    for (auto const& each : steps) {
        if (!is_step_name(each.name))
            refuse_step("'" + each.name +
                        "' is no name of a data step: lower case letters, digits and "
                        "underscores");
        if (!each.run) refuse_step("the data step " + each.name + " has no function");
        if (find(steps, each.name) != &each) refuse_step("two data steps are called " + each.name);
    }
}

void demand_steps(job const& of, std::vector<data_step> const& steps) {
    for (auto i = std::size_t(of.row.done); i < of.statements.size(); ++i) {
        auto const& name = of.statements[i].data_step;
        if (name.empty() || find(steps, name)) continue;
        error_info info;
        info.kind = error_kind::data_step_missing;
        info.outcome = outcome::not_sent;
        info.message =
            of.what->id + " has the data step " + name +
            ", which this program has not; nothing was done: run your own program that has "
            "it, which gives it to relata_migrate_main or to apply_options";
        throw error(std::move(info));
    }
}

data_call::data_call(job const& of, std::size_t place, apply_options const& options)
    : of_(of), place_(place), options_(options),
      step_(*find(options.steps, of.statements[place].data_step)) {}

std::string data_call::once(handle const& db, std::string cursor) const {
    data_run run(db, std::move(cursor));
    run.observer_ = options_.observer;
    run.of_ = of_.what;
    run.at_ = &of_.statements[place_];
    run.number_ = place_ + 1;
    try {
        step_.run(run);
    } catch (error const&) {
        throw;
    } catch (std::exception const& e) {
        fail(error_kind::unknown, "the data step " + step_.name + " threw: " + e.what());
    }
    return std::move(run.next_);
}

void data_call::whole(connection& on) const {
    std::string cursor;
    do {
        if (of_.statements[place_].in_transaction) {
            cursor = once(on, std::move(cursor));
        } else {
            auto transaction = on.begin();
            cursor = once(transaction, std::move(cursor));
            transaction.commit();
        }
    } while (!cursor.empty());
}

}  // namespace relata::migrate
