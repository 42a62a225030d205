// SPDX-License-Identifier: BSL-1.0
/// \file
/// One statement of SOCI's firebird back end. Its rows are fetched at once.
#pragma once

#include "firebird_connection.hpp"
#include "firebird_values.hpp"
#include "placeholders.hpp"

namespace relata::soci::detail {

class firebird_wire final : public wire {
public:
    firebird_wire(firebird_connection& owner, std::string_view sql, type_info const* const* types,
                  unsigned count);
    ~firebird_wire() override {
        owner_.strike(*this);
        free_statement();
    }
    firebird_wire(firebird_wire const&) = delete;
    firebird_wire& operator=(firebird_wire const&) = delete;

    void run(std::vector<bound> const& values) override;
    bool next() override { return ++at_ < rows_.size(); }
    content at(unsigned column) override {
        if (column >= rows_[at_].size()) return {};
        auto const& cell = rows_[at_][column];
        return {cell.is, cell.integer, cell.real, cell.text};
    }
    void close() noexcept override {
        rows_.clear();
        at_ = std::size_t(-1);
    }
    unsigned columns() override { return unsigned(out_->sqld); }
    std::string name(unsigned column) override {
        auto const& var = out_->sqlvar[column];
        // the name of the result's column, and only that of an expression without one is the server's
        if (var.aliasname_length > 0) return {var.aliasname, std::size_t(var.aliasname_length)};
        return {var.sqlname, std::size_t(var.sqlname_length)};
    }
    std::int64_t affected() override { return affected_; }
    /// Lets go of the tables; the next run prepares the statement again.
    void forget() noexcept;

private:
    void prepare_casting(split_sql const& pieces);
    bool prepare(std::string const& sql, ISC_STATUS* status);
    void refuse_undeclared(std::string_view sql);
    void free_statement() noexcept {
        if (owner_.forked()) return void(statement_.release());
        try {
            statement_->clean_up();
        } catch (...) {  // NOLINT(bugprone-empty-catch): nobody could be told
        }
    }
    void describe();
    void prepare_again();
    int kind_of_statement();
    void fetch_all();
    void fetch_rows();
    void close_cursor() noexcept;

    firebird_connection& owner_;
    std::unique_ptr<::soci::firebird_statement_backend> statement_;
    std::string text_;         // as it was prepared
    std::vector<kind> kinds_;  // of the placeholders
    bool prepared_ = false;
    bool running_ = false;
    std::size_t longest_text_ = std::size_t(-1);
    firebird_descriptor in_, out_;
    std::vector<firebird_cell> outputs_;
    std::vector<std::vector<firebird_value>> rows_;
    std::size_t at_ = std::size_t(-1);
    int kind_ = 0;
    std::int64_t affected_ = 0;
};

}  // namespace relata::soci::detail
