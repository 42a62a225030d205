// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// Gives Catch2 3 the single header name of Catch2 2, so that one spelling serves both.
#include <catch2/catch_all.hpp>

using Catch::Approx;
