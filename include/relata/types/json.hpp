// SPDX-License-Identifier: BSL-1.0
/// \file
/// `json`: a JSON document as text, a type of its own so that it maps to a JSON column.
#pragma once

#include <relata/core/export.hpp>
#include <relata/types/type_info.hpp>

#include <compare>
#include <cstddef>
#include <string>
#include <string_view>

namespace relata {

/// Nested arrays and objects that every supported back end accepts (MariaDB 10.11: 31); a deeper
/// document is not valid.
inline constexpr std::size_t json_depth_limit = 31;

/// Whether `document` is one JSON value as RFC 8259 defines it, within two limits that make it
/// storable everywhere: at most `json_depth_limit` nested arrays and objects, and no escape that
/// is not a Unicode character or is U+0000 (lone surrogates, `\u0000`). Any thread.
[[nodiscard]] RELATA_EXPORT bool valid_json(std::string_view document) noexcept;

/// A JSON document, kept as text; relata does not parse it into a tree. Bring any JSON library.
///
/// Equality and order are those of the text: `{"a":1}` and `{ "a": 1 }` differ. Databases may give
/// back the same document with other spacing, key order or number spelling.
class json {
public:
    /// The document `null` (a JSON null, which is not the SQL NULL).
    json() : text_("null") {}

    /// Keeps `text` as given, unchecked; an invalid document is refused when it is sent.
    explicit json(std::string text) noexcept : text_(std::move(text)) {}

    /// A checked document. Throws value_invalid unless `valid_json(text)`.
    [[nodiscard]] RELATA_EXPORT static json from_string(std::string_view text);

    /// The text as it was given.
    [[nodiscard]] std::string const& text() const& noexcept { return text_; }
    [[nodiscard]] std::string text() && noexcept { return std::move(text_); }

    /// Whether the text is valid JSON, as `valid_json` defines it.
    [[nodiscard]] bool valid() const noexcept { return valid_json(text_); }

    friend bool operator==(json const&, json const&) = default;
    friend std::strong_ordering operator<=>(json const&, json const&) = default;

private:
    std::string text_;  // the only member: drivers read and write it in place
};

namespace detail {
template <> struct type_info_of<json> {
    static constexpr type_info value = simple_type<json>(kind::json);
};
}  // namespace detail

}  // namespace relata
