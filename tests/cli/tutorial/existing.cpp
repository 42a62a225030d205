// SPDX-License-Identifier: BSL-1.0
// The program of docs/how-to/existing-database.md, whose structs are the ones that the page generates; as `grown`
// with the member that the page adds.

#include <relata/migrate/main.hpp>
#include <relata/relata.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>

struct customers {
    std::int64_t id{};
    std::string name;
#ifdef RELATA_TUTORIAL_GROWN
    std::optional<std::string> city;
#endif
};

struct orders {
    std::int64_t id{};
    std::int64_t customer_id{};
    std::string placed_at;
};

constexpr auto relata_table(std::type_identity<customers>) {
    return relata::describe<customers>("customers").key<&customers::id>(relata::generated);
}

constexpr auto relata_table(std::type_identity<orders>) {
    return relata::describe<orders>("orders")
        .key<&orders::id>(relata::generated)
        .references<&orders::customer_id, &customers::id>()
        .index<&orders::customer_id>()
        .named("orders_by_customer");
}

int main(int argc, char** argv) {
    return relata_migrate_main(argc, argv, relata::migrate::models_of<customers, orders>());
}
