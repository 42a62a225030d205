// SPDX-License-Identifier: BSL-1.0
// What kind of thing a statement is, by its first words: how it is written down, and what can be known of
// it after a crash.
#pragma once

#include <relata/migrate/script.hpp>

namespace relata::migrate {

enum class effect : unsigned char {
    session,       ///< SET, PRAGMA: gone with the session, and run again in the next one
    data,          ///< INSERT and the like: can be one transaction with the journal
    schema,        ///< whether it is done shows in the schema
    schema_parts,  ///< the same, but a crash of the server may leave half of it
    repeatable,    ///< does no harm when it runs again
    unclear,       ///< CALL, DO: nobody knows
};

[[nodiscard]] effect effect_of(std::string_view text, schema::catalog::engine engine);
/// A data step is one on data.
[[nodiscard]] inline effect effect_of(statement const& s, schema::catalog::engine engine) {
    return s.data_step.empty() ? effect_of(s.text, engine) : effect::data;
}

/// The words outside of quotes, at most `most` of them.
[[nodiscard]] std::vector<std::string_view>
words_of(std::string_view text, schema::catalog::engine engine, std::size_t most);

}  // namespace relata::migrate
