// SPDX-License-Identifier: BSL-1.0
/// \file
/// Everything of the library that programs use.
#pragma once

#include <relata/core/error.hpp>
#include <relata/engine/database.hpp>
#include <relata/engine/handle.hpp>
#include <relata/engine/transaction.hpp>
#include <relata/schema/table.hpp>
#include <relata/sql/change.hpp>
#include <relata/sql/condition.hpp>
#include <relata/sql/functions.hpp>
#include <relata/sql/placeholder.hpp>
#include <relata/sql/query.hpp>
#include <relata/sql/raw.hpp>
#include <relata/sql/select.hpp>
#include <relata/types/bytes.hpp>
#include <relata/types/decimal.hpp>
#include <relata/types/json.hpp>
#include <relata/types/text.hpp>
#include <relata/types/time.hpp>
#include <relata/types/uuid.hpp>
