// SPDX-License-Identifier: BSL-1.0
/// \file
/// Cells of a row, strictly typed; the adapter that relata/driver/decode.hpp asks for.
#pragma once

#include "wire.hpp"

#include <relata/driver/decode.hpp>

namespace relata::soci::detail {

class statement;

/// Throws for a cell that cannot be read as the program wants it; names the column.
[[noreturn]] void refuse_cell(statement& owner, error_kind kind, field const& f);

/// One cell. Numbers in text (decimals of servers) are parsed whole or refused.
class cell {
public:
    using form = content::form;
    using int128 = relata::detail::int128;

    cell(statement& owner, field const& f, storage kept, content have) noexcept
        : owner_(owner), field_(f), kept_(kept), have_(have) {}

    [[nodiscard]] bool is_null() const { return have_.is == form::null; }
    [[nodiscard]] std::int64_t integer() const;
    [[nodiscard]] std::uint64_t unsigned_integer() const;
    [[nodiscard]] bool boolean() const;
    [[nodiscard]] double real() const;
    [[nodiscard]] std::string_view text() const;
    [[nodiscard]] std::string_view blob() const { return want(form::bytes); }
    [[nodiscard]] int128 mantissa() const;
    [[nodiscard]] std::int32_t days() const;
    [[nodiscard]] std::int64_t time() const;
    [[nodiscard]] std::int64_t timestamp() const;
    [[nodiscard]] std::int64_t instant() const;
    void uuid(unsigned char* to16) const;
    [[nodiscard]] std::string_view json() const;

private:
    [[noreturn]] void wrong(error_kind kind = error_kind::type_mismatch) const {
        refuse_cell(owner_, is_null() ? error_kind::null_value : kind, field_);
    }
    [[nodiscard]] std::string_view want(form is) const {
        bool const either = have_.is == form::octets && (is == form::text || is == form::bytes);
        if (have_.is != is && !either) wrong();
        return have_.text;
    }
    // dates and times are texts where the database has no exact type for them
    [[nodiscard]] std::string_view want_time(form is) const {
        return want(kept_ == storage::plain ? form::text : is);
    }
    [[nodiscard]] int128 whole() const;
    [[noreturn]] void wrong_whole() const;
    [[nodiscard]] std::int64_t moment(form is) const;

    statement& owner_;
    field const& field_;
    storage kept_;
    content have_;
};

/// The row that a statement stands on.
struct row {
    statement& owner;
    wire& from;
    storage kept;

    [[nodiscard]] cell at(field const& f) const { return {owner, f, kept, from.at(f.column)}; }
    [[noreturn]] void wrong(error_kind kind, field const& f) const { refuse_cell(owner, kind, f); }
};

}  // namespace relata::soci::detail
