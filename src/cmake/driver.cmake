# SPDX-License-Identifier: BSL-1.0
# Turns a folder drivers/<name> into three targets from one set of objects:
#   relata_<name>_driver   the library
#   relata_<name>          what users link (relata::<name>): the library plus one tiny source file
#                          that keeps the linker from dropping a driver nobody calls by name
#   relata_<name>_plugin   the same code as a plug-in, found at run time

# Returns from the calling folder if the driver is switched off or its client library is missing.
macro(relata_begin_driver name)
    string(TOUPPER ${name} relata_option)
    set(relata_option RELATA_DRIVER_${relata_option})
    if(NOT ${relata_option} STREQUAL "AUTO" AND NOT ${relata_option} AND NOT ${relata_option} STREQUAL "OFF")
        message(FATAL_ERROR "relata: ${relata_option} is '${${relata_option}}'; write AUTO, ON or OFF")
    endif()
    if(${relata_option} STREQUAL "AUTO" OR ${relata_option})
        relata_find_client(${name})
    endif()
    if(NOT TARGET relata::${name}_client)
        if(${relata_option} STREQUAL "AUTO")
            set(relata_reason "client library not found (Debian: ${relata_${name}_package})")
        elseif(${relata_option})
            message(FATAL_ERROR "relata: ${relata_option} is ON, but its client library is not found; "
                "on Debian install ${relata_${name}_package}")
        else()
            set(relata_reason "${relata_option} is OFF")
        endif()
        set_property(GLOBAL APPEND PROPERTY relata_driver_lines "${name}: left out, ${relata_reason}")
        return()
    endif()
    set_property(GLOBAL APPEND PROPERTY relata_driver_lines
        "${name}: ${relata_${name}_client} (${relata_${name}_licence})")
    set_property(GLOBAL APPEND PROPERTY relata_drivers ${name})
endmacro()

# FAMILIES: folders beside the driver's whose sources it shares with others, such as mysql_family.
function(relata_add_driver name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "FAMILIES")
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/src/*.cpp)
    foreach(family IN LISTS arg_FAMILIES)
        file(GLOB shared CONFIGURE_DEPENDS ${relata_SOURCE_DIR}/drivers/${family}/*.cpp)
        # Two drivers of one family can be in one program. The linker then takes these from either, which it
        # could not if they were compiled as one with the driver's own.
        set_source_files_properties(${shared} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
        list(APPEND sources ${shared})
    endforeach()
    file(GLOB_RECURSE headers CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/include/*.hpp)
    # entry.cpp is the one file that differs between library and plug-in.
    set(entry ${CMAKE_CURRENT_SOURCE_DIR}/src/entry.cpp)
    list(REMOVE_ITEM sources ${entry})

    add_library(relata_${name}_objects OBJECT ${sources})
    relata_prepare_driver(relata_${name}_objects ${name})
    relata_precompile(relata_${name}_objects)
    relata_add_linked_driver(${name} ${entry} "${headers}")
    relata_add_plugin(${name} ${entry})
    if(RELATA_INSTALL)
        relata_install_driver(${name})
    endif()
endfunction()

# What each of the three targets of a driver is compiled and linked with.
function(relata_prepare_driver target name)
    relata_prepare_library(${target})
    target_include_directories(${target} PRIVATE
        ${CMAKE_CURRENT_SOURCE_DIR}/include ${CMAKE_CURRENT_SOURCE_DIR}/src
        ${relata_SOURCE_DIR}/drivers)
    target_link_libraries(${target} PRIVATE relata::${name}_client fmt::fmt)
    get_target_property(type ${target} TYPE)
    if(type STREQUAL "MODULE_LIBRARY" OR type STREQUAL "OBJECT_LIBRARY")
        target_link_libraries(${target} PRIVATE relata)
    else()
        target_link_libraries(${target} PUBLIC relata)
    endif()
endfunction()

function(relata_add_linked_driver name entry headers)
    set(linked ${CMAKE_CURRENT_BINARY_DIR}/linked_${name}.cpp)
    configure_file(${relata_SOURCE_DIR}/src/cmake/linked_driver.cpp.in ${linked} @ONLY)
    add_library(relata_${name}_driver ${entry} ${linked} $<TARGET_OBJECTS:relata_${name}_objects>)
    relata_prepare_driver(relata_${name}_driver ${name})
    relata_version_library(relata_${name}_driver)
    set_target_properties(relata_${name}_driver PROPERTIES
        OUTPUT_NAME relata_${name} EXPORT_NAME ${name}_driver
        INSTALL_RPATH "$ORIGIN")
    target_sources(relata_${name}_driver PUBLIC
        FILE_SET HEADERS BASE_DIRS ${CMAKE_CURRENT_SOURCE_DIR}/include FILES ${headers})

    set(link ${CMAKE_CURRENT_BINARY_DIR}/link_${name}.cpp)
    configure_file(${relata_SOURCE_DIR}/src/cmake/link_driver.cpp.in ${link} @ONLY)
    add_library(relata_${name} INTERFACE)
    add_library(relata::${name} ALIAS relata_${name})
    set_target_properties(relata_${name} PROPERTIES EXPORT_NAME ${name})
    target_link_libraries(relata_${name} INTERFACE relata_${name}_driver)
    target_sources(relata_${name} INTERFACE
        $<BUILD_INTERFACE:${link}>
        $<INSTALL_INTERFACE:${relata_package_dir}/link_${name}.cpp>)
endfunction()

function(relata_add_plugin name entry)
    add_library(relata_${name}_plugin MODULE ${entry} $<TARGET_OBJECTS:relata_${name}_objects>)
    relata_prepare_driver(relata_${name}_plugin ${name})
    target_compile_definitions(relata_${name}_plugin PRIVATE RELATA_PLUGIN)
    set_target_properties(relata_${name}_plugin PROPERTIES
        OUTPUT_NAME relata_${name} PREFIX ""
        LIBRARY_OUTPUT_DIRECTORY ${relata_BINARY_DIR}/plugins
        INSTALL_RPATH "$ORIGIN/..")
    # With a static core the plug-in carries a copy of it; that copy stays its own business.
    if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
        target_link_options(relata_${name}_plugin PRIVATE LINKER:--exclude-libs,ALL)
    endif()
endfunction()

function(relata_print_summary)
    get_property(lines GLOBAL PROPERTY relata_driver_lines)
    if(BUILD_SHARED_LIBS)
        set(kind shared)
    else()
        set(kind static)
    endif()
    message(STATUS "relata ${relata_VERSION}, ${kind} libraries; drivers:")
    foreach(line IN LISTS lines)
        message(STATUS "  ${line}")
    endforeach()
    get_property(migrations GLOBAL PROPERTY relata_migrate_line)
    if(migrations)
        message(STATUS "migrations: ${migrations}")
    endif()
    get_property(cli GLOBAL PROPERTY relata_cli_line)
    if(cli)
        message(STATUS "command: ${cli}")
    endif()
    get_property(conformance GLOBAL PROPERTY relata_conformance_line)
    if(conformance)
        message(STATUS "conformance kit: ${conformance}")
    endif()
endfunction()
