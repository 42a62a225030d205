// SPDX-License-Identifier: BSL-1.0
/// \file
/// Random schemas of SQLite for the tests of plans. Two of them have much in common: each is a
/// part of one fixed universe of tables and columns, whose details come in two kinds.
#pragma once

#include <relata/schema/catalog.hpp>

#include <random>
#include <string>
#include <vector>

namespace test {

class random_schema {
public:
    explicit random_schema(unsigned seed) : source_(seed) {}

    /// Another one each time.
    relata::schema::catalog::schema next();
    /// Statements that put rows into its tables, which fit every other schema of this kind too.
    static std::vector<std::string> rows(relata::schema::catalog::schema const& in);

private:
    /// Whether something happens that does so `percent` of the times.
    bool now(unsigned percent) { return source_() % 100 < percent; }
    relata::schema::catalog::table table(unsigned number, std::vector<unsigned> const& tables);
    void add_key(relata::schema::catalog::table& to);
    void add_columns(relata::schema::catalog::table& to);
    void add_references(relata::schema::catalog::table& to, std::vector<unsigned> const& tables);
    void add_constraints(relata::schema::catalog::table& to);
    void add_indexes(relata::schema::catalog::table& to);
    void add_rest(relata::schema::catalog::schema& to);

    std::mt19937 source_;  // the same numbers everywhere
};

}  // namespace test
