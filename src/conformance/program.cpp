// SPDX-License-Identifier: BSL-1.0
//
// The program relata-conformance. It links no driver: it tests installed ones as plug-ins.

#include <relata/conformance/run.hpp>

int main(int argc, char** argv) { return relata::conformance::main(argc, argv); }
