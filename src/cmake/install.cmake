# SPDX-License-Identifier: BSL-1.0
# Install rules: one export set and one pkg-config file for the core and for each driver.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(relata_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/relata)

# Installs `target` and its headers into the export set of `component`.
function(relata_install_library target component)
    install(TARGETS ${target} EXPORT relata-${component}
        RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR}
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
        FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
    install(EXPORT relata-${component}
        FILE relata-${component}-targets.cmake NAMESPACE relata:: DESTINATION ${relata_package_dir})
    export(EXPORT relata-${component}
        FILE ${relata_BINARY_DIR}/relata-${component}-targets.cmake NAMESPACE relata::)
endfunction()

function(relata_install_driver name)
    install(TARGETS relata_${name} EXPORT relata-${name})
    relata_install_library(relata_${name}_driver ${name})
    install(FILES ${CMAKE_CURRENT_BINARY_DIR}/link_${name}.cpp DESTINATION ${relata_package_dir})
    install(TARGETS relata_${name}_plugin LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/relata)
endfunction()

# Writes <file>.pc. A static library hands its own needs on, a shared one keeps them to itself.
function(relata_install_pkg_config file description libs requires private_requires)
    if(BUILD_SHARED_LIBS)
        set(private "Requires.private: ${private_requires}")
        set(system_libs "")
    else()
        string(APPEND requires " ${private_requires}")
        set(private "")
        set(system_libs " -ldl -pthread")
    endif()
    foreach(kind IN ITEMS LIBDIR INCLUDEDIR)
        if(IS_ABSOLUTE "${CMAKE_INSTALL_${kind}}")
            set(${kind} "${CMAKE_INSTALL_${kind}}")
        else()
            set(${kind} "\${prefix}/${CMAKE_INSTALL_${kind}}")
        endif()
    endforeach()
    configure_file(${relata_SOURCE_DIR}/src/cmake/relata.pc.in
        ${relata_BINARY_DIR}/pkgconfig/${file}.pc @ONLY)
    install(FILES ${relata_BINARY_DIR}/pkgconfig/${file}.pc
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endfunction()

# The package files themselves, once all drivers are known.
function(relata_install_package)
    get_property(drivers GLOBAL PROPERTY relata_drivers)
    set(static ON)
    if(BUILD_SHARED_LIBS)
        set(static OFF)
    endif()
    configure_package_config_file(${relata_SOURCE_DIR}/src/cmake/relata-config.cmake.in
        ${relata_BINARY_DIR}/relata-config.cmake INSTALL_DESTINATION ${relata_package_dir})
    write_basic_package_version_file(${relata_BINARY_DIR}/relata-config-version.cmake
        COMPATIBILITY SameMinorVersion)
    install(FILES
        ${relata_BINARY_DIR}/relata-config.cmake
        ${relata_BINARY_DIR}/relata-config-version.cmake
        ${relata_SOURCE_DIR}/src/cmake/dependencies.cmake
        DESTINATION ${relata_package_dir})
    file(COPY ${relata_SOURCE_DIR}/src/cmake/dependencies.cmake DESTINATION ${relata_BINARY_DIR})

    relata_install_pkg_config(relata "C++20 database abstraction and ORM library"
        "-lrelata" "" "fmt liburiparser")
    set(client_sqlite sqlite3)
    set(client_postgresql libpq)
    set(client_mysql libmariadb)
    set(client_soci "")
    if(TARGET relata::soci_client)
        get_target_property(uses relata::soci_client INTERFACE_COMPILE_DEFINITIONS)
        string(REGEX REPLACE "RELATA_SOCI_SQLITE3" "sqlite3" client_soci "${uses}")
        string(REGEX REPLACE "RELATA_SOCI_POSTGRESQL" "libpq" client_soci "${client_soci}")
        string(REGEX REPLACE "RELATA_SOCI_MYSQL" "libmariadb" client_soci "${client_soci}")
        list(REMOVE_ITEM client_soci RELATA_SOCI_FIREBIRD)  # brings no file that could be required
        string(REPLACE ";" " " client_soci "${client_soci}")
    endif()
    foreach(name IN LISTS drivers)
        # Does what the linked source file does for CMake users: keeps a driver nobody calls. The
        # shared library is one word, which pkg-config cannot take apart or put in another order.
        if(BUILD_SHARED_LIBS)
            set(libs "-Wl,--push-state,--no-as-needed,-lrelata_${name},--pop-state")
        else()
            set(libs "-Wl,--undefined=relata_linked_${name} -lrelata_${name}")
            # brings no file of its own that could be required
            if(name STREQUAL "mysql_connector")
                string(APPEND libs " -lmysqlcppconn")
            elseif(name STREQUAL "soci")
                string(APPEND libs " -lsoci_core")
                if("RELATA_SOCI_FIREBIRD" IN_LIST uses)
                    string(APPEND libs " -lfbclient")
                endif()
            endif()
        endif()
        relata_install_pkg_config(relata-${name} "relata driver for ${name}" "${libs}"
            "relata = ${relata_VERSION}" "${client_${name}}")
    endforeach()
endfunction()
