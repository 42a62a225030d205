#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Writes include/relata/sql/row.hpp: one flat aggregate per number of columns."""
import pathlib
import sys

LIMIT = 32

HEAD = '''// SPDX-License-Identifier: BSL-1.0
/// \\file
/// `row<T…>`: a row of a projection, a flat aggregate for structured bindings.
/// Written by src/sql/generate_rows.py; change that instead.
#pragma once

namespace relata {

/// One row of `select(…)`: `auto const& [title, price] = row;` or `row.m0`. At most 32 columns.
/// A flat aggregate, because std::tuple costs the compiler several times as much.
template <class... T> struct row;

// clang-format off
'''


def main() -> None:
    out = [HEAD]
    for n in range(1, LIMIT + 1):
        params = ", ".join(f"class T{i}" for i in range(n))
        args = ", ".join(f"T{i}" for i in range(n))
        members = " ".join(f"T{i} m{i};" for i in range(n))
        out.append(f"template <{params}> struct row<{args}> {{ {members} "
                   f"friend bool operator==(row const&, row const&) = default; }};\n")
    out.append("// clang-format on\n\n}  // namespace relata\n")
    target = pathlib.Path(__file__).resolve().parents[2] / "include/relata/sql/row.hpp"
    text = "".join(out)
    if "--check" in sys.argv:
        sys.exit(0 if target.read_text() == text else f"{target} is stale: run {sys.argv[0]}")
    target.write_text(text)


if __name__ == "__main__":
    main()
