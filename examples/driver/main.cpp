// SPDX-License-Identifier: BSL-1.0
// Runs relata's conformance kit on the driver of this folder.
#include "tiny.hpp"

#include <relata/conformance/run.hpp>
#include <relata/driver/registry.hpp>

// [kit]
int main(int argc, char** argv) {
    relata::driver::add(tiny::driver_entry());
    return relata::conformance::main(argc, argv);
}
// [kit end]
