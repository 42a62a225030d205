# SPDX-License-Identifier: BSL-1.0
# Finds the libraries that relata stands on. Used by the build and by the installed package.
# A target that the project around already has is taken as it is, and the only cache entries made
# here start with RELATA_.

# Looks for a package with a CMake config and takes the cache entry of the search away again.
macro(relata_find_config package target)
    if(NOT TARGET ${target})
        set(relata_had_dir FALSE)
        if(DEFINED ${package}_DIR)
            set(relata_had_dir TRUE)
        endif()
        find_package(${package} CONFIG QUIET GLOBAL)
        if(NOT relata_had_dir)
            unset(${package}_DIR CACHE)
        endif()
        unset(relata_had_dir)
    endif()
endmacro()

# Makes the imported target `target` from a header and a library, if both are found.
function(relata_find_library target name)
    cmake_parse_arguments(PARSE_ARGV 2 arg "" "HEADER" "LIBRARY;SUFFIXES")
    if(TARGET ${target})
        return()
    endif()
    find_path(RELATA_${name}_INCLUDE_DIR NAMES ${arg_HEADER} PATH_SUFFIXES ${arg_SUFFIXES}
        DOC "Folder of ${arg_HEADER}")
    find_library(RELATA_${name}_LIBRARY NAMES ${arg_LIBRARY} DOC "Library for ${target}")
    mark_as_advanced(RELATA_${name}_INCLUDE_DIR RELATA_${name}_LIBRARY)
    if(RELATA_${name}_INCLUDE_DIR AND RELATA_${name}_LIBRARY)
        add_library(${target} UNKNOWN IMPORTED GLOBAL)
        set_target_properties(${target} PROPERTIES
            IMPORTED_LOCATION "${RELATA_${name}_LIBRARY}"
            INTERFACE_INCLUDE_DIRECTORIES "${RELATA_${name}_INCLUDE_DIR}")
    endif()
endfunction()

# Sets `out` to the text between quotes in the first line of `file` that defines `macro`.
function(relata_read_version out file macro)
    set(text "version unknown")
    if(EXISTS "${file}")
        file(STRINGS "${file}" lines REGEX "^#[ \t]*define[ \t]+${macro}[ \t]+\"" LIMIT_COUNT 1)
        if(lines MATCHES "\"([^\"]+)\"")
            set(text "${CMAKE_MATCH_1}")
        endif()
    endif()
    set(${out} "${text}" PARENT_SCOPE)
endfunction()

# The libraries of the core. Sets relata_core_missing to what is not there, with its Debian package.
macro(relata_find_core_dependencies)
    set(relata_core_missing "")
    relata_find_config(fmt fmt::fmt)
    if(NOT TARGET fmt::fmt)
        string(APPEND relata_core_missing " {fmt} (Debian: libfmt-dev)")
    endif()
    relata_find_config(uriparser uriparser::uriparser)
    if(NOT TARGET uriparser::uriparser)
        relata_find_library(uriparser::uriparser URIPARSER HEADER uriparser/Uri.h LIBRARY uriparser)
    endif()
    if(NOT TARGET uriparser::uriparser)
        string(APPEND relata_core_missing " uriparser (Debian: liburiparser-dev)")
    endif()
    if(NOT TARGET Threads::Threads)
        set(THREADS_PREFER_PTHREAD_FLAG ON)
        find_package(Threads QUIET GLOBAL)
        if(NOT TARGET Threads::Threads)
            string(APPEND relata_core_missing " threads")
        endif()
    endif()
endmacro()

# relata::crypto: the hashes of OpenSSL, for the migration tooling.
macro(relata_find_crypto)
    relata_find_library(relata::crypto CRYPTO HEADER openssl/evp.h LIBRARY crypto)
endmacro()

# SOCI's core, and its back ends whose client libraries are there too: their headers say what state
# SOCI's objects are in. Only the interface of SOCI 4.0 is known. Sets relata_soci_back_ends.
macro(relata_find_soci)
    relata_find_library(relata::soci_core SOCI HEADER soci/soci.h LIBRARY soci_core)
    set(relata_soci_back_ends "")
    if(TARGET relata::soci_core AND NOT TARGET relata::soci_client)
        file(STRINGS "${RELATA_SOCI_INCLUDE_DIR}/soci/version.h" relata_soci_version
            REGEX "define SOCI_VERSION 4000[0-9][0-9]")
        if(relata_soci_version)
            add_library(relata::soci_client INTERFACE IMPORTED GLOBAL)
            target_link_libraries(relata::soci_client INTERFACE relata::soci_core)
        endif()
        unset(relata_soci_version)
    endif()
    if(TARGET relata::soci_client)
        foreach(relata_pair IN ITEMS sqlite:sqlite3 postgresql:postgresql mysql:mysql)
            string(REGEX REPLACE ":.*" "" relata_native "${relata_pair}")
            string(REGEX REPLACE ".*:" "" relata_back_end "${relata_pair}")
            string(TOUPPER ${relata_back_end} relata_upper)
            find_library(RELATA_SOCI_${relata_upper}_LIBRARY NAMES soci_${relata_back_end}
                DOC "SOCI's ${relata_back_end} back end")
            mark_as_advanced(RELATA_SOCI_${relata_upper}_LIBRARY)
            relata_find_client(${relata_native})
            if(RELATA_SOCI_${relata_upper}_LIBRARY AND TARGET relata::${relata_native}_client)
                list(APPEND relata_soci_back_ends ${relata_back_end})
                target_link_libraries(relata::soci_client INTERFACE
                    relata::${relata_native}_client)
                target_compile_definitions(relata::soci_client INTERFACE
                    RELATA_SOCI_${relata_upper})
            endif()
        endforeach()
        relata_find_library(relata::firebird_client FIREBIRD HEADER ibase.h LIBRARY fbclient)
        find_library(RELATA_SOCI_FIREBIRD_LIBRARY NAMES soci_firebird
            DOC "SOCI's firebird back end")
        mark_as_advanced(RELATA_SOCI_FIREBIRD_LIBRARY)
        if(RELATA_SOCI_FIREBIRD_LIBRARY AND TARGET relata::firebird_client)
            list(APPEND relata_soci_back_ends firebird)
            target_link_libraries(relata::soci_client INTERFACE relata::firebird_client)
            target_compile_definitions(relata::soci_client INTERFACE RELATA_SOCI_FIREBIRD)
        endif()
        unset(relata_pair)
        unset(relata_native)
        unset(relata_back_end)
        unset(relata_upper)
        string(REPLACE ";" ", " relata_soci_back_ends "${relata_soci_back_ends}")
    endif()
endmacro()

# The client library of a driver becomes the target relata::<name>_client, unless it is missing.
# Sets relata_<name>_package to the Debian package, _licence and _client to what the summary says.
macro(relata_find_client name)
    if("${name}" STREQUAL "sqlite")
        set(relata_sqlite_package libsqlite3-dev)
        set(relata_sqlite_licence "public domain")
        relata_find_library(relata::sqlite_client SQLITE HEADER sqlite3.h LIBRARY sqlite3)
        relata_read_version(relata_version_text "${RELATA_SQLITE_INCLUDE_DIR}/sqlite3.h" SQLITE_VERSION)
        set(relata_sqlite_client "SQLite ${relata_version_text}")
    elseif("${name}" STREQUAL "postgresql")
        set(relata_postgresql_package libpq-dev)
        set(relata_postgresql_licence "PostgreSQL licence")
        relata_find_library(relata::postgresql_client POSTGRESQL
            HEADER libpq-fe.h LIBRARY pq SUFFIXES postgresql)
        relata_read_version(relata_version_text
            "${RELATA_POSTGRESQL_INCLUDE_DIR}/pg_config.h" PG_VERSION)
        set(relata_postgresql_client "libpq ${relata_version_text}")
    elseif("${name}" STREQUAL "mysql")
        set(relata_mysql_package libmariadb-dev)
        set(relata_mysql_licence "LGPL-2.1+, link it dynamically")
        relata_find_library(relata::mysql_client MYSQL
            HEADER mariadb_version.h LIBRARY mariadb SUFFIXES mariadb mysql)
        relata_read_version(relata_version_text
            "${RELATA_MYSQL_INCLUDE_DIR}/mariadb_version.h" MARIADB_PACKAGE_VERSION)
        set(relata_mysql_client "MariaDB Connector/C ${relata_version_text}")
    elseif("${name}" STREQUAL "mock")
        # needs no library: it plays a script
        set(relata_mock_package "")
        set(relata_mock_licence "BSL-1.0")
        set(relata_mock_client "for tests of programs, plays a script")
        if(NOT TARGET relata::mock_client)
            add_library(relata::mock_client INTERFACE IMPORTED GLOBAL)
        endif()
    elseif("${name}" STREQUAL "mysql_connector")
        set(relata_mysql_connector_package libmysqlcppconn-dev)
        set(relata_mysql_connector_licence "GPL-2 with FOSS exception")
        # the older of the library's two interfaces; newer versions keep it in folders of other names
        relata_find_library(relata::mysql_connector_client MYSQL_CONNECTOR
            HEADER mysql_driver.h LIBRARY mysqlcppconn)
        set(relata_mysql_connector_client "MySQL Connector/C++ 1.1")
    elseif("${name}" STREQUAL "soci")
        set(relata_soci_package libsoci-dev)
        set(relata_soci_licence "BSL-1.0")
        relata_find_soci()
        relata_read_version(relata_version_text "${RELATA_SOCI_INCLUDE_DIR}/soci/version.h"
            SOCI_LIB_VERSION)
        string(REPLACE "_" "." relata_version_text "${relata_version_text}")
        set(relata_soci_client "SOCI ${relata_version_text} with ${relata_soci_back_ends}")
    else()
        message(FATAL_ERROR "relata: no driver is called '${name}'")
    endif()
    unset(relata_version_text)
endmacro()
