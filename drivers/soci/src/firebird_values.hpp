// SPDX-License-Identifier: BSL-1.0
/// \file
/// Values and cells in the buffers of Firebird's client library.
#pragma once

#include "value.hpp"

#include <cstddef>
#include <memory>
#include <vector>

#include <ibase.h>

namespace relata::soci::detail {

/// What the client library tells of the values or columns of a statement.
class firebird_descriptor {
public:
    firebird_descriptor() { make(4); }
    [[nodiscard]] XSQLDA* get() noexcept { return reinterpret_cast<XSQLDA*>(room_.data()); }
    XSQLDA* operator->() noexcept { return get(); }
    /// Whether a place takes whole numbers only.
    [[nodiscard]] bool is_whole(std::size_t place) {
        auto const type = get()->sqlvar[place].sqltype & ~1;
        return type == SQL_SHORT || type == SQL_LONG || type == SQL_INT64;
    }
    /// True when there was not enough room, and now is: it has to be described again.
    bool grow() {
        auto const wanted = get()->sqld;
        if (wanted <= get()->sqln) return false;
        make(wanted);
        return true;
    }

private:
    void make(short count) {
        auto const bytes = std::size_t(XSQLDA_LENGTH(count));
        room_.assign(bytes / sizeof(std::max_align_t) + 1, std::max_align_t{});
        get()->version = SQLDA_VERSION1;
        get()->sqln = count;
    }
    std::vector<std::max_align_t> room_;
};

/// A copied cell.
struct firebird_value {
    content::form is = content::form::null;
    std::int64_t integer = 0;
    double real = 0;
    std::string text;
};

/// The buffer of one column. Stays where it is once attached.
class firebird_cell {
public:
    /// Makes room and tells the library where.
    void attach(XSQLVAR& var);
    /// The cell of the present row. An error of reading a BLOB is in `status`.
    [[nodiscard]] firebird_value read(ISC_STATUS* status, isc_db_handle* database,
                                      isc_tr_handle* transaction) const;

private:
    XSQLVAR* var_ = nullptr;
    std::vector<char> room_;
    std::unique_ptr<short> null_;
};

/// The buffer of one value, in the type of the value: the server converts, or says that it cannot.
class firebird_parameter {
public:
    void fill(XSQLVAR& var, bound const& value, ISC_STATUS* status, isc_db_handle* database,
              isc_tr_handle* transaction);

private:
    std::vector<char> room_;
    short null_ = 0;
};

}  // namespace relata::soci::detail
