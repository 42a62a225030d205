// SPDX-License-Identifier: BSL-1.0
/// \file
/// Random schemas of PostgreSQL and MariaDB as the statements that make them. Two of them have much in common:
/// each is a part of one fixed universe of tables and columns, whose details come in two kinds.
#pragma once

#include <random>
#include <string>
#include <vector>

namespace test {

/// A name as the back end of this program quotes it.
std::string quoted(std::string const& name);

class random_statements {
public:
    explicit random_statements(unsigned seed) : source_(seed) {}

    /// Another schema each time.
    std::vector<std::string> next();
    /// Puts rows into the tables of the schema that `next` gave last. They fit every other schema too.
    [[nodiscard]] std::vector<std::string> const& rows() const { return rows_; }

private:
    /// Whether something happens that does so `percent` of the times.
    bool now(unsigned percent) { return source_() % 100 < percent; }
    void add_table(unsigned number);
    std::string key();
    std::string column(unsigned number);
    void add_references(unsigned number);
    void add_constraints(std::string const& table, std::string const& column, bool number);
    void add_index(std::string const& table, std::string const& column);
    void add_view(unsigned number);

    std::mt19937 source_;  // the same numbers everywhere
    std::vector<unsigned> tables_;
    std::vector<std::string> made_;
    std::vector<std::string> later_;  // what needs all tables
    std::vector<std::string> rows_;
};

}  // namespace test
