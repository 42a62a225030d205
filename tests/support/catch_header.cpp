// SPDX-License-Identifier: BSL-1.0
// Exists so that <catch2/catch.hpp> is precompiled once for all test programs.
