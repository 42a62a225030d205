// SPDX-License-Identifier: BSL-1.0
/// \file
/// `driver::statement`: prepared on the server, binary both ways.
#pragma once

#include "connection.hpp"
#include "sink.hpp"
#include "wire.hpp"

#include <array>

namespace relata::postgresql::detail {

/// Arrays of values as libpq takes them.
class parameters : public sink<parameters> {
public:
    parameters(type_info const* const* types, unsigned count);

    unsigned count() const noexcept { return unsigned(values_.size()); }
    Oid const* types() const noexcept { return types_.data(); }
    char const* const* values() const noexcept { return values_.data(); }
    int const* lengths() const noexcept { return lengths_.data(); }
    int const* formats() const noexcept { return formats_.data(); }
    void forget_views() noexcept {
        kept_.clear();
        bytes_ = 0;
    }

    // What sink and encode.hpp ask for:
    wire format(unsigned i) const noexcept { return wires_[i]; }
    char* room(unsigned i) noexcept { return rooms_[i].data(); }
    void done(unsigned i, int size) noexcept { put(i, rooms_[i].data(), size); }
    void null(unsigned i) noexcept { put(i, nullptr, 0); }
    using sink::null;
    void view(unsigned i, std::string_view value);
    void prefixed(unsigned i, char prefix, std::string_view value);
    std::string_view keep(std::string_view value) { return kept_.keep(value); }
    [[noreturn]] void wrong(error_kind kind, unsigned i);

private:
    void put(unsigned i, char const* value, int size) noexcept {
        values_[i] = value;
        lengths_[i] = size;
    }

    std::vector<Oid> types_;
    std::vector<wire> wires_;
    std::vector<char const*> values_;
    std::vector<int> lengths_, formats_;
    std::vector<std::array<char, numeric_size>> rooms_;
    kept_values kept_;
    std::size_t bytes_ = 0;  // of the views that are bound
};

class statement final : public driver::statement {
public:
    statement(connection& owner, std::string_view sql, type_info const* const* types,
              unsigned count);
    ~statement() override;
    statement(statement const&) = delete;
    statement& operator=(statement const&) = delete;

    void expect(driver::read_mode mode) override { mode_ = mode; }
    void execute(param const* values, unsigned count) override;
    void execute_from(field const* plan, unsigned count, void const* object) override;
    bool ready() override;
    [[nodiscard]] std::size_t arrived() const noexcept override {
        return std::size_t(rows_ - row_);
    }
    std::size_t fetch(field const* plan, unsigned fields, void* rows, std::size_t stride,
                      std::size_t max) override;
    void finish() noexcept override;
    std::int64_t affected() override { return affected_; }
    std::int64_t last_id() override;
    unsigned columns() override;
    std::string column_name(unsigned column) override;

private:
    void prepare();
    void begin_execution(unsigned count);
    void run();
    PGresult* send();
    int send_only();
    PGresult* send_stream();
    bool again_after(PGresult const* failed, transaction_state before);
    void accept(PGresult* result);
    bool advance();
    void end_stream() noexcept;
    void discard() noexcept;
    void learn_columns(PGresult const* result);
    void describe();
    void demand_columns(field const* plan, unsigned fields) const;

    connection& owner_;
    std::string sql_;
    std::string name_;  // on the server; empty: not prepared there
    parameters parameters_;
    driver::read_mode mode_ = driver::read_mode::all;
    result_handle result_;
    int row_ = 0, rows_ = 0;
    bool streaming_ = false;
    circumstances stream_known_;
    std::vector<wire> columns_;  // formats
    std::vector<std::string> names_;
    bool columns_known_ = false;
    std::int64_t affected_ = 0;
};

}  // namespace relata::postgresql::detail
