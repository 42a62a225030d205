// SPDX-License-Identifier: BSL-1.0
/// \file
/// `stream<R>`: rows one by one, for a range-based for.
#pragma once

#include <relata/engine/run.hpp>

#include <cstddef>
#include <iterator>

namespace relata {

/// An open result; its rows are read as they are asked for, in constant memory. Move-only. It holds a
/// connection until it is destroyed, also when it was not read to the end. Used by one thread.
template <class R> class stream {
public:
    class iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = R;
        using difference_type = std::ptrdiff_t;
        using pointer = R const*;
        using reference = R const&;

        reference operator*() const { return from_->row_; }
        pointer operator->() const { return &from_->row_; }
        iterator& operator++() {
            if (!from_->next()) from_ = nullptr;
            return *this;
        }
        void operator++(int) { ++*this; }
        friend bool operator==(iterator const& i, std::default_sentinel_t) { return !i.from_; }

    private:
        friend class stream;
        explicit iterator(stream* from) : from_(from) {}
        stream* from_;
    };

    explicit stream(engine::cursor* cursor) : cursor_(cursor) {}
    stream(stream&& other) noexcept : cursor_(other.cursor_), row_(static_cast<R&&>(other.row_)) {
        other.cursor_ = nullptr;
    }
    stream& operator=(stream&&) = delete;
    ~stream() { engine::close_cursor(cursor_); }

    /// Reads the first row. A stream is read once.
    [[nodiscard]] iterator begin() { return iterator(next() ? this : nullptr); }
    [[nodiscard]] std::default_sentinel_t end() const { return {}; }

private:
    bool next() { return engine::next_row(*cursor_, &row_); }

    engine::cursor* cursor_;
    R row_{};
};

}  // namespace relata
