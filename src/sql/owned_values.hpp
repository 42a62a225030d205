// SPDX-License-Identifier: BSL-1.0
/// \file
/// A copy of bound values that needs nothing of what they were bound from.
#pragma once

#include <relata/sql/condition.hpp>

#include <memory>
#include <string>
#include <vector>

namespace relata::sql {

class owned_list;

/// Text and lists are copied, conditions are shared, values of types with a codec are encoded: their
/// params become params of the stored type. Never changed, never moved: views point into it.
class owned_values {
public:
    owned_values(param const* values, unsigned count);
    ~owned_values();
    owned_values(owned_values const&) = delete;
    owned_values& operator=(owned_values const&) = delete;

    [[nodiscard]] param const* data() const noexcept { return params_.data(); }
    [[nodiscard]] unsigned size() const noexcept { return unsigned(params_.size()); }

private:
    void own(param& p);
    void own_encoded(param& p);
    void own_chars(param& p);

    std::vector<param> params_;
    std::vector<std::string> texts_;  // has room for all from the start, so that no text moves
    std::vector<std::unique_ptr<owned_list>> lists_;
    std::vector<condition> conditions_;
};

}  // namespace relata::sql
