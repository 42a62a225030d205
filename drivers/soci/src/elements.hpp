// SPDX-License-Identifier: BSL-1.0
/// \file
/// SOCI's use elements for a list of values, by position.
#pragma once

#include "value.hpp"

#include <memory>
#include <vector>

#include <soci/soci-backend.h>

namespace relata::soci::detail {

/// Keeps each value where SOCI can find it, in the exchange type that carries it exactly.
class use_elements {
public:
    enum class numbers {
        as_text,  ///< everything is text: the back end sends texts
        as_such,  ///< integers and reals as themselves
    };

    use_elements(::soci::details::statement_backend& st, numbers how) : st_(st), how_(how) {}
    ~use_elements();
    use_elements(use_elements const&) = delete;
    use_elements& operator=(use_elements const&) = delete;

    /// Makes the elements at the first call, and gives them these values.
    void set(std::vector<bound> const& values);
    /// After the execution: the back end drops its copies.
    void done();

private:
    struct place {
        std::string text;
        long long integer = 0;
        unsigned long long unsigned_integer = 0;
        double real = 0;
        ::soci::indicator is = ::soci::i_ok;
        ::soci::details::exchange_type type{};
        std::unique_ptr<::soci::details::standard_use_type_backend> element;
    };

    void fill(place& to, bound const& value) const;
    void bind(place& to, int position, ::soci::details::exchange_type type);

    ::soci::details::statement_backend& st_;
    numbers how_;
    std::vector<place> places_;
};

}  // namespace relata::soci::detail
