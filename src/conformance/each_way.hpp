// SPDX-License-Identifier: BSL-1.0
/// \file
/// What every value must survive: each way into a table, and being looked for in a WHERE.
#pragma once

#include "conformance/subject.hpp"
#include "conformance/value.hpp"

#include <initializer_list>
#include <string_view>
#include <vector>

namespace relata::conformance {

/// Stores values of one type by each way, as they are, as optionals and as NULL, reads them back, and
/// looks for each (but JSON, which has no equality) in a WHERE, bound and as a literal.
void each_way(subject& s, std::string_view name, std::vector<value> const& values);

/// The same, bound only: for values that a literal need not keep to the last digit.
void each_way_bound(subject& s, std::string_view name, std::vector<value> const& values);

/// The same for values of a type T.
template <class T> void each_way(subject& s, std::string_view name, std::initializer_list<T> list) {
    each_way(s, name, std::vector<value>(list.begin(), list.end()));
}

/// Checks that a value is refused with one of the kinds by each way into a table of its type, and that
/// nothing of it is stored. `hidden`: a text that no message may hold.
void refused_each_way(subject& s, std::string_view name, value const& bad, kinds const& expected,
                      std::string const& hidden = {});

}  // namespace relata::conformance
