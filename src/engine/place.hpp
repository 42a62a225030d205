// SPDX-License-Identifier: BSL-1.0
//
// Where a server is, for errors of connecting.

#pragma once

#include <relata/core/error.hpp>
#include <relata/driver/driver.hpp>

namespace relata::engine {

/// Adds host and port to the message of an error of connecting: a driver says what is wrong, and a program
/// may speak to several servers. The rest of the address is not for messages.
void add_place(error_info& info, driver::address const& where);

}  // namespace relata::engine
