# SPDX-License-Identifier: BSL-1.0
# What every target of this project is compiled with. Nothing here reaches a user's own targets.

# Language, warnings and sanitizers, for libraries, tests and examples alike.
function(relata_prepare_target target)
    set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
    target_compile_features(${target} PRIVATE cxx_std_20)
    # In somebody else's build warnings are theirs to choose.
    if(relata_IS_TOP_LEVEL AND CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
        target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wconversion)
        # Where several files are compiled as one, a local name may hide a name that is local to another file.
        if(NOT CMAKE_UNITY_BUILD)
            target_compile_options(${target} PRIVATE -Wshadow)
        endif()
        # Once it optimises, g++ 12 takes moves of std::string for overruns and reads of nothing.
        if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
            target_compile_options(${target} PRIVATE "$<$<NOT:$<CONFIG:Debug>>:\
-Wno-array-bounds;-Wno-maybe-uninitialized;-Wno-restrict;-Wno-stringop-overflow;-Wno-stringop-overread>")
        endif()
        if(RELATA_WERROR)
            target_compile_options(${target} PRIVATE -Werror)
        endif()
    endif()
    if(RELATA_SANITIZE)
        target_compile_options(${target} PRIVATE
            -fsanitize=${RELATA_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
        target_link_options(${target} PRIVATE -fsanitize=${RELATA_SANITIZE})
    endif()
endfunction()

# On top of that, what the shipped libraries need: hidden symbols, position independence
# (a static library ends up inside plug-ins), and calls without the detour through the PLT.
function(relata_prepare_library target)
    relata_prepare_target(${target})
    set_target_properties(${target} PROPERTIES
        CXX_VISIBILITY_PRESET hidden
        VISIBILITY_INLINES_HIDDEN ON
        POSITION_INDEPENDENT_CODE ON
        # One command line for static and shared, so that a compiler cache serves both.
        DEFINE_SYMBOL "")
    target_compile_options(${target} PRIVATE
        $<$<CXX_COMPILER_ID:GNU,Clang>:-fno-plt>
        $<$<AND:$<CONFIG:Release>,$<CXX_COMPILER_ID:GNU,Clang>>:-O2>)
endfunction()

# Halves the time that the sources take to compile. Only in our own build: there it is ours to decide.
# Files compiled as one read each header once anyway.
function(relata_precompile target)
    if(NOT relata_IS_TOP_LEVEL OR CMAKE_UNITY_BUILD)
        return()
    endif()
    target_precompile_headers(${target} PRIVATE ${relata_SOURCE_DIR}/src/precompiled.hpp)
    # What a compiler cache needs to see through a precompiled header.
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        target_compile_options(${target} PRIVATE -fpch-preprocess)
    elseif(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
        target_compile_options(${target} PRIVATE "SHELL:-Xclang -fno-pch-timestamp")
    endif()
endfunction()

# While the version is 0.x, each minor release may break the ABI.
function(relata_version_library target)
    set_target_properties(${target} PROPERTIES
        VERSION ${relata_VERSION}
        SOVERSION ${relata_VERSION_MAJOR}.${relata_VERSION_MINOR})
endfunction()
