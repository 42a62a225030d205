// SPDX-License-Identifier: BSL-1.0
/// \file
/// The values of a statement's placeholders, kept where the client library reads them.
#pragma once

#include "client.hpp"

#include <mysql_family/arena.hpp>

#include <relata/types/type_info.hpp>

#include <cstdint>
#include <vector>

namespace relata::mysql::detail {

using mysql_family::arena;

/// One placeholder: its value or the address of its bytes.
struct slot {
    union {
        std::int64_t integer;
        double real;
        MYSQL_TIME time;
        char text[48];          // a decimal in digits
        unsigned char raw[16];  // a uuid
    };
    void const* data;      // what is sent: one of the above, or the caller's text
    unsigned long length;  // of texts and bytes
    my_bool null;
    bool is_unsigned;
    bool whole;  // the statement was prepared for an integer here
    enum_field_types type;
};

/// All placeholders of one statement. Types are told to the server again only when one changes.
class parameters {
public:
    /// Makes room for `count` placeholders; their values are undefined.
    void resize(unsigned count);

    /// Which placeholders were told to be integers.
    void demand_integers(type_info const* const* types, unsigned count);

    /// Before values are put in.
    void clear() noexcept { texts_.clear(); }

    /// Makes the client library see the first `count` slots.
    /// Returns false if it refuses; the statement then holds the error.
    bool bind(MYSQL_STMT* statement, unsigned count) {
        if (changed_ || bound_ != statement) [[unlikely]]
            return bind_types(statement, count);
        // The library keeps its own copy of the bindings and reads buffer addresses from there.
        for (unsigned i = 0; i < count; ++i)
            statement->params[i].buffer = const_cast<void*>(slots_[i].data);
        return true;
    }

    /// The statement was prepared anew, so nothing is bound any more.
    void forget() noexcept { bound_ = nullptr; }

    slot& put(unsigned i, enum_field_types type, bool is_unsigned = false) noexcept {
        slot& s = slots_[i];
        if (s.type != type || s.is_unsigned != is_unsigned) [[unlikely]] {
            s.type = type;
            s.is_unsigned = is_unsigned;
            changed_ = true;
        }
        s.null = 0;
        return s;
    }

    [[nodiscard]] unsigned size() const noexcept { return unsigned(slots_.size()); }
    [[nodiscard]] slot& operator[](unsigned i) noexcept { return slots_[i]; }
    [[nodiscard]] arena& texts() noexcept { return texts_; }
    [[nodiscard]] arena const& texts() const noexcept { return texts_; }

private:
    bool bind_types(MYSQL_STMT* statement, unsigned count);

    std::vector<slot> slots_;
    std::vector<MYSQL_BIND> bindings_;
    arena texts_;
    MYSQL_STMT const* bound_ = nullptr;
    bool changed_ = true;
};

}  // namespace relata::mysql::detail
