// SPDX-License-Identifier: BSL-1.0
/// \file
/// The values of a statement's placeholders, collected before any is given to the client library:
/// their forms decide with which text the statement is prepared.
#pragma once

#include "client.hpp"
#include "sql_text.hpp"

#include <mysql_family/arena.hpp>

#include <cstdint>
#include <istream>
#include <memory>
#include <streambuf>
#include <vector>

namespace relata::mysql_connector::detail {

/// What a slot holds, by the function of the library that takes it.
enum class holds : std::uint8_t { null, integer, unsigned_integer, real, text, bytes };

/// One placeholder's value.
struct slot {
    detail::holds holds = holds::null;
    placeholder wants;
    bool own = false;    // the characters are in `room`
    bool whole = false;  // the statement was prepared for an integer here
    union {
        std::int64_t integer = 0;
        double real;
        std::uint64_t natural;
        std::size_t size;  // of `room`
    };
    std::string_view view;
    char room[48] = {};

    [[nodiscard]] std::string_view chars() const noexcept {
        return own ? std::string_view(room, size) : view;
    }
};

/// A stream over bytes of somebody else, without a copy.
class byte_stream : private std::streambuf, public std::istream {
public:
    explicit byte_stream(std::string_view bytes) : std::istream(this) {
        char* const first = const_cast<char*>(bytes.data());  // only read from
        setg(first, first, first + bytes.size());
    }
};

/// All placeholders of one statement.
class parameters {
public:
    void resize(unsigned count) { slots_.resize(count); }
    [[nodiscard]] unsigned size() const noexcept { return unsigned(slots_.size()); }
    [[nodiscard]] slot& operator[](unsigned i) noexcept { return slots_[i]; }
    [[nodiscard]] mysql_family::arena& texts() noexcept { return texts_; }
    [[nodiscard]] mysql_family::arena const& texts() const noexcept { return texts_; }

    /// Drops copies and streams; the slots keep views that must not be used any more.
    void clear() noexcept {
        texts_.clear();
        streams_.clear();
    }

    /// Whether the values fit a statement prepared for these forms; makes the forms fit otherwise.
    bool adapt(std::vector<placeholder>& forms) const;

    /// Gives the values to the library, which reads the streams when it executes.
    void bind(vendor::PreparedStatement& to);

private:
    std::vector<slot> slots_;
    std::vector<std::unique_ptr<byte_stream>> streams_;
    mysql_family::arena texts_;
};

}  // namespace relata::mysql_connector::detail
