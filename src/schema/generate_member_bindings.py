#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Writes include/relata/schema/detail/member_bindings.hpp: one structured binding per member count."""
import pathlib
import sys

LIMIT = 64  # members of one struct; every further one costs each file that includes the header

HEAD = """// SPDX-License-Identifier: BSL-1.0
/// \\file
/// Written by src/schema/generate_member_bindings.py; change that instead.
#pragma once

#include <relata/schema/detail/member_pack.hpp>

#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-var-template"
#pragma clang diagnostic ignored "-Wundefined-internal"
#endif

namespace relata::detail {

// clang-format off
"""


def main() -> None:
    out = [HEAD]
    out.append("// Whether T can be made from N braced members; {} never elides the braces of a member.\n")
    for n in range(1, LIMIT + 2):
        braces = ", ".join(["{}"] * n)
        out.append(f"template <class T> inline constexpr bool takes_members<T, {n}> = requires {{ T{{{braces}}}; }};\n")
    out.append("\n")
    for n in range(1, LIMIT + 1):
        names = ", ".join(f"m{i}" for i in range(n))
        types = ", ".join(f"decltype(m{i})" for i in range(n))
        places = ", ".join(f"P{{&m{i}}}" for i in range(n))
        out.append(f"template <> struct bind_members<{n}> {{ template <class T> static consteval auto pack() {{ "
                   f"auto& [{names}] = probe<T>.value; return member_pack<type_list<{types}>, {places}>{{}}; }} }};\n")
    out.append("\n// clang-format on\n\n"
               f"inline constexpr unsigned max_members = {LIMIT};\n\n"
               "}  // namespace relata::detail\n\n"
               "#if defined(__clang__)\n#pragma clang diagnostic pop\n#endif\n")
    target = pathlib.Path(__file__).resolve().parents[2] / "include/relata/schema/detail/member_bindings.hpp"
    text = "".join(out)
    if "--check" in sys.argv:
        sys.exit(0 if target.read_text() == text else f"{target} is stale: run {sys.argv[0]}")
    target.write_text(text)


if __name__ == "__main__":
    main()
