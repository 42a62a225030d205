// SPDX-License-Identifier: BSL-1.0
// Rows whose columns are known at run time only: their memory, reading them, and their values as text.
#pragma once

#include "engine/rows.hpp"
#include "migrate/move/translate.hpp"

#include <relata/sql/query_info.hpp>

#include <deque>
#include <memory>

namespace relata::migrate::moving {

/// How a row of some columns lies in memory: each value in a std::optional.
class row_layout {
public:
    explicit row_layout(std::vector<column_route> const& columns);
    row_layout(row_layout const&) = delete;
    row_layout& operator=(row_layout const&) = delete;

    [[nodiscard]] std::size_t columns() const { return plan_.size(); }
    [[nodiscard]] std::vector<field> const& plan() const { return plan_; }
    /// The value in a column: a view into the row.
    [[nodiscard]] param value(void const* row, std::size_t column) const;
    /// The type of a column without the optional around it.
    [[nodiscard]] type_info const& type(std::size_t column) const {
        return types_[column]->plain();
    }
    /// For queries that give such rows.
    [[nodiscard]] sql::query_info& query() { return query_; }

private:
    friend class row;
    struct life {
        void (*begin)(void* at);
        void (*end)(void* at);
    };
    template <class T> void add(generate::cpp_type const& type);
    template <class T> static constexpr life life_of();
    void add_column(generate::cpp_type const& type);

    std::deque<type_info> own_;  ///< decimals, whose digits are known at run time only
    std::vector<type_info const*> types_;
    std::vector<life> lives_;
    std::vector<field> plan_;
    std::uint32_t size_ = 0;
    sql::query_info query_;
};

/// The memory of one row.
class row {
public:
    explicit row(row_layout const& layout);
    row(row const&) = delete;
    row& operator=(row const&) = delete;
    ~row();
    [[nodiscard]] void* data() const { return memory_.get(); }

private:
    row_layout const& layout_;
    std::unique_ptr<std::max_align_t[]> memory_;
};

/// A result that is read row by row in constant memory.
class row_cursor {
public:
    /// Question marks in the text stand for the values.
    row_cursor(handle const& from, row_layout& layout, std::string_view text,
               std::vector<param> const& values);
    row_cursor(row_cursor const&) = delete;
    row_cursor& operator=(row_cursor const&) = delete;
    ~row_cursor() { close(); }
    /// False after the last row.
    bool next(row& to) { return relata::engine::next_row(*cursor_, to.data()); }
    void close();

private:
    relata::engine::cursor* cursor_;
};

/// Appends a value as text that is the same for equal values on all engines, and is never the text of
/// another value: digits of decimals by their scale, times in full, floats by the shortest digits that
/// give them back, bytes in hex. NULL is no text that a value has.
RELATA_EXPORT void append_canonical(std::string& out, param const& value);

/// The values of a key as one line of text that holds any of them, and back.
[[nodiscard]] std::string encode_key(row_layout const& layout, void const* row,
                                     std::vector<std::size_t> const& key);
class decoded_key {
public:
    decoded_key(row_layout const& layout, std::vector<std::size_t> const& key,
                std::string_view text);
    [[nodiscard]] std::vector<param> const& values() const { return values_; }

private:
    std::deque<std::string> texts_;
    std::vector<param> values_;
};

/// The values of a key for a reader: (17, "a").
[[nodiscard]] std::string shown_key(std::vector<param> const& values);

}  // namespace relata::migrate::moving
