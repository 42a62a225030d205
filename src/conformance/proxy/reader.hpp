// SPDX-License-Identifier: BSL-1.0
/// \file
/// Tells where the messages of one connection begin and end, and what each is for.
#pragma once

#include <relata/conformance/proxy.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

namespace relata::conformance::detail {

/// A message, as its first bytes tell it.
struct seen {
    std::size_t size;  ///< with its header
    message kind;
};

/// Reads along in both directions of one connection.
class reader {
public:
    virtual ~reader() = default;
    /// What begins at `bytes`, the next ones of this way. Nothing when more bytes are needed to tell;
    /// otherwise the message counts as read.
    virtual std::optional<seen> look(way w, std::string_view bytes) = 0;
    /// The protocol; `detect` while it is not known.
    [[nodiscard]] virtual wire protocol() const noexcept = 0;
    /// Whether there are messages still to be told apart.
    [[nodiscard]] virtual bool opaque() const noexcept = 0;
};

std::unique_ptr<reader> make_reader(wire protocol);
std::unique_ptr<reader> make_postgresql_reader();
std::unique_ptr<reader> make_mysql_reader();

/// How many bytes a reader may want of a message before it tells its kind.
constexpr std::size_t telling = 48;

/// Whether a statement begins with this word, written in small letters.
bool begins_with(std::string_view sql, std::string_view word) noexcept;

inline unsigned byte_at(std::string_view bytes, std::size_t at) noexcept {
    return static_cast<unsigned char>(bytes[at]);
}

}  // namespace relata::conformance::detail
