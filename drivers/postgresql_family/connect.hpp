// SPDX-License-Identifier: BSL-1.0
/// \file
/// Opens a PGconn, or says in portable words why not.
#pragma once

#include "options.hpp"

#include <libpq-fe.h>

namespace relata::postgresql_family {

/// An open connection, to be closed by the caller. Throws when there is none to be had.
[[nodiscard]] PGconn* connect(connect_options const& options);

}  // namespace relata::postgresql_family
