// SPDX-License-Identifier: BSL-1.0
/// \file
/// Marks what leaves the shared library, and the version of its interface.
#pragma once

#if defined(_WIN32)
#define RELATA_EXPORT __declspec(dllexport)
#else
#define RELATA_EXPORT __attribute__((visibility("default")))
#endif

#define RELATA_VERSION_MAJOR 0
#define RELATA_VERSION_MINOR 1
#define RELATA_VERSION_PATCH 0
