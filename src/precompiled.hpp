// SPDX-License-Identifier: BSL-1.0
//
// What nearly every source file reads; compiled once when relata is built by itself.

#pragma once

#include <relata/driver/driver.hpp>
#include <relata/types/decimal.hpp>
#include <relata/types/json.hpp>
#include <relata/types/text.hpp>
#include <relata/types/time.hpp>
#include <relata/types/uuid.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>
