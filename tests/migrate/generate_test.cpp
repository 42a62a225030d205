// SPDX-License-Identifier: BSL-1.0
#include "migrate/generate_support.hpp"

#include "migrate/engine_support.hpp"
#include "migrate/generate/notes.hpp"

#include <relata/core/error.hpp>
#include <relata/relata.hpp>

#include <catch2/catch.hpp>

#include <cstdlib>

using namespace relata;

namespace shop {

enum class state { draft, sent, paid };

struct customer {
    std::int64_t id{};
    std::string email;
    text<80> name;
    std::optional<std::string> notes;
    bool active{};
    instant joined{};
};
struct order {
    uuid id;
    std::int64_t customer_id{};
    std::optional<uuid> replaces;
    decimal<12, 0> total;
    std::int32_t items{};
    double weight{};
    state status{};
    std::optional<date> due;
    json extra;
};
struct line {
    uuid order_id;
    std::int32_t number{};
    std::uint8_t tax{};
    std::int16_t shelf{};
    std::uint64_t code{};
    bytes picture;
    std::optional<float> rate;
    time_of_day picked;
    timestamp packed{};
};

}  // namespace shop

template <>
inline constexpr auto relata::names<shop::state> =
    relata::enumerators<shop::state::draft, shop::state::sent, shop::state::paid>;

namespace shop {

constexpr auto relata_table(std::type_identity<customer>) {
    return describe<customer>("customers")
        .key<&customer::id>(generated)
        .unique<&customer::email>()
        .index<&customer::name, &customer::active>()
        .default_value<&customer::active>(true)
        .default_value<&customer::name>("it's \"me\"")
        .default_now<&customer::joined>();
}
constexpr auto relata_table(std::type_identity<order>) {
    return describe<order>("orders")
        .key<&order::id>()
        .named("order_number")
        .references<&order::customer_id, &customer::id>(on_delete::cascade)
        .references<&order::replaces, &order::id>(on_delete::set_null, on_update::cascade)
        .index<&order::status>()
        .check<"some_items">(col<&order::items> > 0 && col<&order::items> <= 1000)
        .check<"light">(col<&order::weight> <= 20.5)
        .check<"odd">(col<&order::items> < 10 || col<&order::customer_id> != 3)
        .default_value<&order::items>(1)
        .default_value<&order::weight>(0.5);
}
constexpr auto relata_table(std::type_identity<line>) {
    return describe<line>("lines")
        .key<&line::order_id, &line::number>()
        .references<&line::order_id, &order::id>()
        .named("line_of")
        .default_value<&line::number>(-1);
}

}  // namespace shop

namespace {

schema::catalog::schema make_shop() {
    auto const url = test::support().make(1);
    auto const opened = open(url);
    auto in = opened.connect();
    if (test::support().name == "sqlite") in.script("pragma trusted_schema = on");
    in.create_tables<shop::customer, shop::order, shop::line>();
    return migrate::inspect(in);
}

schema::catalog::schema made_by(test::compiled_models const& models,
                                std::string const& name_space) {
    auto const opened = open(test::support().make(2));
    auto in = opened.connect();
    if (test::support().name == "sqlite") in.script("pragma trusted_schema = on");
    models.create_tables(name_space, in);
    return migrate::inspect(in);
}

std::string reasons(std::vector<migrate::cpp_note> const& notes) {
    std::string all;
    for (auto const& n : notes)
        all += n.of.name.name + " " + n.part + " " + n.name + ": " + n.reason + "\n";
    return all;
}

bool is_foreign(std::filesystem::path const& file) {
    return file.string().find("tests/migrate/schemas") == std::string::npos;
}

}  // namespace

TEST_CASE("generated C++: tables that relata made come back, and nothing is told") {
    auto const found = make_shop();
    auto const models = migrate::generate_cpp(found, {.name_space = "again"});
    CHECK(reasons(models.notes) == "");
    INFO(models.text);
    test::compiled_models const compiled({{"again", models.text}});
    auto const changes = migrate::diff(found, made_by(compiled, "again"));
    CHECK(reasons(migrate::generate::notes_of(changes)) == "");
    CHECK(changes.empty());
    CHECK(migrate::adopt(found, made_by(compiled, "again")) == made_by(compiled, "again"));
}

// Of real applications only where the environment asks for them: they take a minute to compile.
TEST_CASE(
    "generated C++: its tables differ from the schema in what was told, and in nothing else") {
    bool const all = std::getenv("RELATA_TEST_ALL_SCHEMAS") != nullptr;
    std::vector<test::compiled_models::part> parts;
    std::vector<std::pair<schema::catalog::schema, migrate::cpp_models>> known;
    for (auto const& file : test::schema_files()) {
        if (is_foreign(file) && !all) continue;
        INFO(file.string());
        auto const url = test::support().make(1);
        test::support().load(url, file);
        auto const name = "schema_" + std::to_string(parts.size());
        auto found = test::inspect(url);
        auto models = migrate::generate_cpp(found, {.name_space = name});
        parts.push_back({name, models.text});
        known.emplace_back(std::move(found), std::move(models));
    }
    REQUIRE(parts.size() >= 10);
    test::compiled_models const compiled(parts);
    if (auto const* further = std::getenv("RELATA_TEST_FURTHER_COMPILER"))
        test::check_with(further, parts);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        INFO(parts[i].text);
        auto const& [found, models] = known[i];
        auto const changes = migrate::diff(found, made_by(compiled, parts[i].name_space));
        auto const really = migrate::generate::notes_of(changes);
        INFO("told:\n" << reasons(models.notes) << "really:\n" << reasons(really));
        CHECK(test::difference(test::things(models.notes), test::things(really)) == "");
        auto const fitting = migrate::adopt(found, made_by(compiled, parts[i].name_space));
        CHECK(reasons(migrate::generate::notes_of(migrate::diff(found, fitting))) == "");
        CHECK(fitting == found);
    }
}

TEST_CASE("generated C++: a namespace or guard that is no identifier is refused") {
    schema::catalog::schema const nothing;
    CHECK_THROWS_AS(migrate::generate_cpp(nothing, {.name_space = "a::"}), error);
    CHECK_THROWS_AS(migrate::generate_cpp(nothing, {.name_space = "a b"}), error);
    CHECK_THROWS_AS(migrate::generate_cpp(nothing, {.name_space = "class"}), error);
    CHECK_THROWS_AS(migrate::generate_cpp(nothing, {.guard = "1"}), error);
    auto const models = migrate::generate_cpp(nothing, {.name_space = "a::b", .guard = "A_HPP"});
    CHECK(models.text.find("#ifndef A_HPP\n#define A_HPP\n") != std::string::npos);
    CHECK(models.text.find("namespace a::b {") != std::string::npos);
}
