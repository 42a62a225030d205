// SPDX-License-Identifier: BSL-1.0
/// \file
/// How a value was refused: the kind of the error that a call throws.
#pragma once

#include <relata/core/error.hpp>

#include <string>

/// The kind of the error that `call` throws; empty if it throws none.
template <class Call> std::string refusal(Call call) {
    try {
        static_cast<void>(call());
    } catch (relata::error const& e) {
        return std::string(relata::name_of(e.kind()));
    }
    return {};
}
