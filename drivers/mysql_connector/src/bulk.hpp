// SPDX-License-Identifier: BSL-1.0
/// \file
/// Inserts many rows with few round trips.
#pragma once

#include "session.hpp"

namespace relata::mysql_connector::detail {

/// INSERT … VALUES (…), (…), … with as many rows as placeholders and packet allow. Returns the
/// number of rows.
std::int64_t insert_values(session& s, driver::bulk_target const& target, field const* plan,
                           unsigned fields, driver::row_source rows);

}  // namespace relata::mysql_connector::detail
