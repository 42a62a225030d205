// SPDX-License-Identifier: BSL-1.0
/// \file
/// A prepared statement: adapts its text to its values, executes, and reads its result row by row.
#pragma once

#include "parameters.hpp"
#include "row.hpp"
#include "session.hpp"

#include <mysql_family/sql_words.hpp>
#include <relata/driver/driver.hpp>

#include <optional>

namespace relata::mysql_connector::detail {

/// The form in which values of this type are sent.
placeholder form_of(type_info const& type) noexcept;

class prepared final : public driver::statement {
public:
    prepared(session& s, std::string_view sql, std::vector<placeholder> forms);
    ~prepared() override;

    /// Refuses floats where these types say integer.
    void demand_integers(type_info const* const* types) {
        for (unsigned i = 0; i < values_.size(); ++i)
            values_[i].whole =
                types[i] && types[i]->kind >= kind::int8 && types[i]->kind <= kind::uint64;
    }

    void execute(param const* values, unsigned count) override;
    void execute_from(field const* plan, unsigned count, void const* object) override;
    bool ready() override;
    std::size_t fetch(field const* plan, unsigned fields, void* rows, std::size_t stride,
                      std::size_t max) override;
    void finish() noexcept override;
    std::int64_t affected() override;
    std::int64_t last_id() override;
    unsigned columns() override;
    std::string column_name(unsigned column) override;

    // For inserts of many rows in one statement: fill the values, then run.
    [[nodiscard]] parameters& values() noexcept { return values_; }
    /// Discards an open result and checks that the session is free.
    void start();
    /// Sends the values. `size`: bytes of their texts.
    void run(std::size_t size);

private:
    void prepare();
    void unprepare() noexcept;
    void check_count(unsigned count) const;
    void send();
    bool prepare_again(unsigned code);
    void open_result();
    void end_result() noexcept;
    void drop_further_results() noexcept;
    bool advance();
    void check_plan(field const* plan, unsigned fields);

    session& session_;
    std::string sql_;
    std::vector<placeholder> forms_;  // with which the statement was prepared
    mysql_family::sql_traits traits_;
    bool may_return_;  // a change of rows that may give a result
    std::unique_ptr<vendor::PreparedStatement> statement_;
    std::unique_ptr<vendor::ResultSet> result_;
    std::optional<row> row_;
    parameters values_;
    std::vector<wire> types_;         // of the result's columns
    std::vector<std::string> names_;  // of the columns
    field const* checked_plan_ = nullptr;
    unsigned checked_fields_ = 0;
    unsigned generation_ = 0;
    std::int64_t rows_ = 0;      // read from this result
    std::int64_t affected_ = 0;  // by a statement without a result
    bool waiting_ = false;       // the result stands on a row that is not decoded yet
    bool had_result_ = false;
};

}  // namespace relata::mysql_connector::detail
