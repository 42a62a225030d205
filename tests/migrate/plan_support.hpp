// SPDX-License-Identifier: BSL-1.0
/// \file
/// Plans made and carried out by tests.
#pragma once

#include "migrate/engine_support.hpp"

#include <relata/migrate/plan.hpp>

namespace test {

/// Carries out a plan: what stands outside, and the rest in one transaction.
void apply(std::string const& url, std::vector<relata::migrate::step> const& steps);

/// The plan's statements, a line for each.
std::string text(std::vector<relata::migrate::step> const& steps);

/// The difference with all that is ambiguous taken for dropped and made anew.
relata::migrate::schema_change diff_without_renames(relata::schema::catalog::schema const& before,
                                                    relata::schema::catalog::schema const& after,
                                                    relata::migrate::diff_options options = {});

/// Changes the database into that schema and sees that nothing differs then.
void change_into(std::string const& url, relata::schema::catalog::schema const& wanted,
                 relata::migrate::diff_options const& options = {},
                 relata::migrate::plan_options const& how = {});

/// The schema that statements make, as the engine spells it. Uses scratch database 3.
relata::schema::catalog::schema schema_of(std::string const& statements);

/// The URL of scratch database 1, made anew with these tables and rows.
std::string filled(std::string const& statements);

/// The plan from one schema to another, each made by its statements.
std::string plan_between(std::string const& before, std::string const& after,
                         relata::migrate::diff_options const& options = {},
                         relata::migrate::plan_options const& how = {});

/// Null when it is not there.
relata::schema::catalog::column const*
find_column(relata::schema::catalog::schema const& in,
            relata::schema::catalog::object_name const& table, std::string const& column);

/// How many pairs of random schemas to try: RELATA_TEST_PAIRS, or 50.
int random_pairs();
/// The seed of the first one, to go on where a long run ended: RELATA_TEST_FIRST_PAIR, or 1.
int first_pair();

/// What a query of one text gives, with spaces between.
std::string rows(std::string const& url, std::string const& query);

}  // namespace test
