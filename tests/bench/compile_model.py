# SPDX-License-Identifier: BSL-1.0
"""Writes a model of many tables: 10 columns each, a key, 3 references, unique, index and check."""

STRUCT = """struct table_{n} {{
    std::int64_t id{{}};
    std::string name;
    std::string code;
    std::int64_t first_id{{}};
    std::optional<std::int64_t> second_id;
    std::optional<std::int64_t> parent_id;
    double amount{{}};
    std::int32_t count{{}};
    bool active{{}};
    std::optional<std::string> note;
}};
"""

DESCRIPTION = """template <>
inline constexpr auto relata::table<model::table_{n}> =
    relata::describe<model::table_{n}>("table_{n}")
        .key<&model::table_{n}::id>(relata::generated)
        .references<&model::table_{n}::first_id, &model::table_{a}::id>()
        .references<&model::table_{n}::second_id, &model::table_{b}::id>()
        .references<&model::table_{n}::parent_id, &model::table_{n}::id>()
        .unique<&model::table_{n}::code>()
        .index<&model::table_{n}::name>()
        .check<"count_positive">(relata::col<&model::table_{n}::count> >= 0);
"""


def structs(count):
    return "namespace model {\n" + "".join(STRUCT.format(n=n) for n in range(count)) + "}\n"


def plain_structs(count):
    """The structs alone, in a file that includes relata as well: the difference is the mapping."""
    return "#include <relata/relata.hpp>\n" + structs(count)


def mapped_structs(count):
    described = "".join(DESCRIPTION.format(n=n, a=(n + 1) % count, b=(n + 7) % count)
                        for n in range(count))
    names = ", ".join("model::table_%d" % n for n in range(count))
    return ("#include <relata/relata.hpp>\n" + structs(count) + described +
            "void create(relata::database const& db) { db.create_tables<%s>(); }\n" % names)
