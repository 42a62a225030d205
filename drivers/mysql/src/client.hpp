// SPDX-License-Identifier: BSL-1.0
/// \file
/// The client library's header, included by this driver's own files only.
#pragma once

#include <mysql.h>

#include <errmsg.h>
