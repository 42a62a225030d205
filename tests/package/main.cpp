// SPDX-License-Identifier: BSL-1.0
// The smallest program that proves a usable package: opens each URL it is given and asks something.
#include <relata/relata.hpp>
#include <cstdio>

struct note {
    std::int64_t id{};
    std::string text;
};
template <>
inline constexpr auto relata::table<note> =
    relata::describe<note>("package_notes").key<&note::id>(relata::generated);

int main(int count, char** urls) try {
    for (int i = 1; i < count; ++i) {
        auto db = relata::open(urls[i]);
        db.create_tables<note>();
        db.insert(note{.text = "hello"});
        auto const rows = db.all(relata::from<note>());
        if (rows.size() != 1 || rows.front().text != "hello") return 1;
        std::puts("hello");
    }
    return 0;
} catch (relata::error const& e) {
    std::printf("relata::error: %s\n", e.what());
    return 2;
}
