// SPDX-License-Identifier: BSL-1.0
/// \file
/// `subject`: one way to do the works of the benchmark: by hand, with relata, or with another library.
#pragma once

#include "item.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace bench {

using items = std::vector<item>;
using copies = std::vector<item_copy>;
using keys = std::vector<std::int64_t>;

/// The works, in the order of the report.
enum class work { scan, select_adhoc, find, select_prepared, insert, bulk, report, stream };

/// What is added up of a row that was looked up, so that no variant can skip reading it.
inline std::int64_t weight(item const& i) {
    return i.qty + std::int64_t(i.name.size()) + (i.note ? std::int64_t(i.note->size()) : 0) +
           i.created.time_since_epoch().count() % 1000;
}

/// One variant on one database. Each work does the same as those of the other variants and gives the
/// same result; only what is inside the call is timed.
class subject {
public:
    subject() = default;
    subject(subject const&) = delete;
    subject& operator=(subject const&) = delete;
    virtual ~subject() = default;

    [[nodiscard]] virtual char const* name() const = 0;
    [[nodiscard]] virtual bool offers(work) const { return true; }

    /// Every item, in a vector.
    [[nodiscard]] virtual items scan() = 0;
    /// Items by key, one query each; gives the sum of their weights. The three works differ in how the
    /// query is spelled: as it comes, by the library's look-up of objects, or prepared by the user.
    [[nodiscard]] virtual std::int64_t select_adhoc(keys const& wanted) = 0;
    [[nodiscard]] virtual std::int64_t find(keys const& wanted) { return select_adhoc(wanted); }
    [[nodiscard]] virtual std::int64_t select_prepared(keys const& wanted) = 0;
    /// One insert for each row, all in one transaction.
    virtual void insert(copies const& rows) = 0;
    /// The best means for many rows.
    virtual void bulk(copies const& rows) = 0;
    /// Items with id up to `last`, by shelf.
    [[nodiscard]] virtual std::vector<group_row> report(std::int64_t last) = 0;
    /// Ten times every item, one by one; gives the sum of their weights.
    [[nodiscard]] virtual std::int64_t stream() = 0;

    /// Empties item_copy.
    virtual void clear() = 0;
    /// Checksum of item_copy, by id.
    [[nodiscard]] virtual std::uint64_t written() = 0;
};

}  // namespace bench
