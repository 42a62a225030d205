// SPDX-License-Identifier: BSL-1.0
// [kit]
#include <relata/conformance/run.hpp>

int main(int argc, char** argv) { return relata::conformance::main(argc, argv); }
// [kit end]
