// SPDX-License-Identifier: BSL-1.0
/// \file
/// One statement of SOCI's postgresql back end. Its result is whole in memory, in texts.
#pragma once

#include "elements.hpp"
#include "postgresql_cells.hpp"
#include "postgresql_connection.hpp"

namespace relata::soci::detail {

class postgresql_wire final : public wire {
public:
    postgresql_wire(postgresql_connection& owner, std::string_view sql,
                    type_info const* const* types, unsigned count);
    ~postgresql_wire() override {
        try {
            statement_->clean_up();
        } catch (...) {  // NOLINT(bugprone-empty-catch): nobody could be told
        }
    }
    postgresql_wire(postgresql_wire const&) = delete;
    postgresql_wire& operator=(postgresql_wire const&) = delete;

    void run(std::vector<bound> const& values) override;
    bool next() override { return ++row_ < rows_; }
    content at(unsigned column) override {
        PGresult const* const result = statement_->result_;
        if (int(column) >= PQnfields(result)) return {};
        return postgresql_cell(result, row_, int(column), bytes_[column]);
    }
    void close() noexcept override {
        statement_->result_.reset();
        rows_ = 0;
        row_ = -1;
    }
    unsigned columns() override { return unsigned(PQnfields(description())); }
    std::string name(unsigned column) override {
        char const* const found = PQfname(description(), int(column));
        return found ? found : "";
    }
    std::int64_t affected() override { return affected_; }

private:
    PGresult const* description();

    postgresql_connection& owner_;
    std::unique_ptr<::soci::postgresql_statement_backend> statement_;
    use_elements uses_;
    result_handle described_;
    std::vector<std::string> bytes_;  // of the cells of the row
    int rows_ = 0;
    int row_ = -1;
    std::int64_t affected_ = 0;
};

}  // namespace relata::soci::detail
