// SPDX-License-Identifier: BSL-1.0
//
// The program relata: the command without tables of its own.

#include <relata/migrate/main.hpp>

int main(int argc, char** argv) { return relata_migrate_main(argc, argv); }
