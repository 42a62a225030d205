# SPDX-License-Identifier: BSL-1.0
# Every option of the build. All carry the prefix RELATA_, so that a parent project sees no other name.

option(RELATA_BUILD_TESTS "Build the tests" ${PROJECT_IS_TOP_LEVEL})
option(RELATA_BUILD_EXAMPLES "Build the examples" ${PROJECT_IS_TOP_LEVEL})
option(RELATA_BUILD_CONFORMANCE "Build the conformance kit for drivers" ${PROJECT_IS_TOP_LEVEL})
option(RELATA_BUILD_MIGRATE "Build the migration tooling" ${PROJECT_IS_TOP_LEVEL})
option(RELATA_MIGRATE_TOOLS "Build all of the migration tooling; OFF: what applies migrations" ON)
option(RELATA_BUILD_CLI "Build the command relata" ${PROJECT_IS_TOP_LEVEL})
option(RELATA_BUILD_BENCH "Build the benchmark programs, which are run by tests/bench/run" OFF)
option(RELATA_INSTALL "Make install rules" ${PROJECT_IS_TOP_LEVEL})
option(RELATA_WERROR "Turn warnings into errors" OFF)
set(RELATA_SANITIZE "" CACHE STRING "Sanitizers of the build: address, undefined, thread; several with commas")

# AUTO builds a driver when its client library is there, ON makes a missing one an error.
foreach(relata_driver IN ITEMS SQLITE POSTGRESQL MYSQL MOCK MYSQL_CONNECTOR SOCI)
    set(RELATA_DRIVER_${relata_driver} AUTO CACHE STRING "Build this driver: AUTO, ON or OFF")
    set_property(CACHE RELATA_DRIVER_${relata_driver} PROPERTY STRINGS AUTO ON OFF)
endforeach()
unset(relata_driver)
