// SPDX-License-Identifier: BSL-1.0
// Mirrors include/relata/schema/model.hpp and src/schema. Needs no database.

#include <relata/core/error.hpp>
#include <relata/schema/model.hpp>
#include <relata/sql/column.hpp>

#include <catch2/catch.hpp>

#include <deque>
#include <thread>

using namespace relata;

struct country {
    std::string code;
};
struct address {
    std::string city;
    std::optional<std::string> zip;
    country home;
};
struct person {
    std::int64_t id{};
    std::string first_name;
    address work;
    address home;
    int secret{};
    text<40> nick;
    instant joined{};
    std::int32_t level{};
    std::optional<std::int64_t> parent_id;
};
template <>
inline constexpr auto relata::table<person> =
    describe<person>("people")
        .key<&person::id>(generated)
        .unique<&person::first_name, nested<&person::work, &address::zip>>()
        .index<&person::nick>()
        .references<&person::parent_id, &person::id>(on_delete::set_null)
        .check<"level_positive">(col<&person::level> > 0)
        .column<&person::nick>("nickname")
        .ignore<&person::secret>()
        .default_now<&person::joined>()
        .default_value<&person::level>(5);

namespace {

template <class T> schema::table const& model() {
    return schema::model_of(detail::table_data_of<T>());
}

std::vector<std::string> column_names(std::vector<schema::column> const& columns) {
    std::vector<std::string> out;
    for (auto const& c : columns) out.push_back(c.name);
    return out;
}

// Descriptions that the typed front end does not let through, or that only the whole shows.
struct plain {
    std::int64_t a;
    std::optional<std::int64_t> b;
    json c;
    std::string d, e, f, g;
    text<800> h;
    double i;
};

// Kept for ever, as the constants of a program are: models are found by their address.
schema::table_data const& describing(std::string name, std::vector<schema::item> items) {
    struct kept {
        std::string name;
        std::vector<schema::item> items;
        schema::table_data data;
    };
    static std::deque<kept> all;
    auto& k = all.emplace_back(kept{std::move(name), std::move(items), {}});
    k.data = {k.name.c_str(), &members<plain>, k.items.data(), std::uint32_t(k.items.size()),
              nullptr};
    return k.data;
}

schema::item fact(schema::item_kind kind, std::initializer_list<unsigned> columns) {
    schema::item out{};
    out.kind = kind;
    for (auto const c : columns) out.columns[out.column_count++] = c;
    return out;
}

std::string refusal(std::string const& name, std::vector<schema::item> const& items) {
    auto const& data = describing(name, items);
    try {
        (void)schema::model_of(data);
    } catch (error const& e) {
        CHECK(e.kind() == error_kind::invalid_schema);
        return e.message();
    }
    return "";
}

using schema::item_kind;

}  // namespace

TEST_CASE("model: embedded structs are flattened, renamed and ignored members honoured") {
    CHECK(column_names(model<person>().columns) ==
          std::vector<std::string>{"id", "first_name", "work_city", "work_zip", "work_home_code",
                                   "home_city", "home_zip", "home_home_code", "nickname", "joined",
                                   "level", "parent_id"});
}

TEST_CASE("model: columns know their place in the struct") {
    auto const& m = model<person>();
    person p;
    auto const at = [&](void const* member) {
        return static_cast<std::uint32_t>(static_cast<char const*>(member) -
                                          reinterpret_cast<char const*>(&p));
    };

    CHECK(m.columns[0].offset == 0);
    CHECK(m.columns[3].offset == at(&p.work.zip));
    CHECK(m.columns[7].offset == at(&p.home.home.code));
    CHECK(m.columns[10].offset == at(&p.level));
    CHECK(m.columns[3].type->nullable);
    CHECK(&m.at(m.columns[7].path) == &m.columns[7]);
    CHECK(m.find(5) == -1);  // the ignored member
    CHECK_THROWS_AS(m.at(5), error);
}

TEST_CASE("model: constraints have names, and text in a key is bounded") {
    auto const& m = model<person>();

    CHECK(m.primary.name == "people_pkey");
    CHECK(m.generated_key() == 0);
    REQUIRE(m.uniques.size() == 1);
    CHECK(m.uniques[0].name == "people_first_name_work_zip_key");
    CHECK(m.uniques[0].columns == std::vector<unsigned>{1, 3});
    CHECK(m.indexes[0].name == "people_nickname_idx");
    CHECK(m.references[0].name == "people_parent_id_fkey");
    CHECK(m.references[0].deleted == on_delete::set_null);
    CHECK(&m.references[0].other() == m.data);
    CHECK(m.checks[0].name == "people_level_positive");
    CHECK(m.checks[0].param_count == 1);
    CHECK(m.columns[1].text_bound() == 255);
    CHECK(m.columns[2].text_bound() == 0);
    CHECK(m.columns[8].text_bound() == 40);
    CHECK(m.columns[9].default_now);
    REQUIRE(m.columns[10].default_value);
    CHECK(m.columns[10].default_value->integer == 5);
}

TEST_CASE("model: plans go by column and offset, with or without what the database makes") {
    auto const& m = model<person>();
    auto const all = schema::plan_of(m, 3, 100, false);
    auto const inserted = schema::plan_of(m, 0, 0, true);

    REQUIRE(all.size() == 12);
    CHECK(all[0].column == 3);
    CHECK(all[3].column == 6);
    CHECK(all[3].offset == 100 + m.columns[3].offset);
    CHECK(all[3].code == code_of(kind::text, true));
    REQUIRE(inserted.size() == 11);
    CHECK(inserted[0].column == 0);
    CHECK(inserted[0].offset == m.columns[1].offset);
}

TEST_CASE("model: built once, also when several threads ask at once", "[threads]") {
    auto const& data = describing("threads", {});
    std::vector<schema::table const*> found(8);
    std::vector<std::thread> threads;
    for (auto& f : found) threads.emplace_back([&f, &data] { f = &schema::model_of(data); });
    for (auto& t : threads) t.join();

    for (auto const* f : found) CHECK(f == found[0]);
}

TEST_CASE("model: names are lower_snake and at most 63 bytes") {
    CHECK(refusal("Upper", {}) != "");
    CHECK(refusal("1st", {}) != "");
    CHECK(refusal("a-b", {}) != "");
    CHECK(refusal("", {}) != "");
    CHECK(refusal(std::string(64, 'a'), {}) != "");
    CHECK(refusal(std::string(63, 'a'), {}) == "");

    auto rename = fact(item_kind::rename, {1});
    rename.name = "größe";
    CHECK(refusal("t", {rename}).find("rename") != std::string::npos);
    rename.name = "b";
    CHECK(refusal("t", {rename}) == "table t: two columns are called b");
}

struct old_album {
    std::int64_t album_id{};
    std::int64_t artist_id{};
    std::string title;
};
template <>
inline constexpr auto relata::table<old_album> =
    describe<old_album, 40>("Album", verbatim)
        .key<&old_album::album_id>(generated)
        .named("PK Album")
        .unique<&old_album::title>()
        .named("IFK_Title")
        .check<"positive">(col<&old_album::artist_id> > 0)
        .named("ArtistId > 0")
        .column<&old_album::album_id>("AlbumId");

TEST_CASE("model: a verbatim table has any names, but a given one is the whole name") {
    auto const& m = model<old_album>();
    CHECK(m.name == "Album");
    CHECK(m.columns[0].name == "AlbumId");
    CHECK(m.primary.name == "PK Album");
    CHECK(m.uniques[0].name == "IFK_Title");
    CHECK(m.checks[0].name == "ArtistId > 0");

    static std::deque<schema::table_data> kept;
    for (auto const& name : {std::string(), std::string(64, 'A')}) {
        kept.push_back(describing(name, {}));
        kept.back().verbatim = true;
        CHECK_THROWS_AS(schema::model_of(kept.back()), error);
    }
}

TEST_CASE("model: long names of constraints are cut and told apart by a hash") {
    std::string const name(60, 'x');
    std::vector<schema::item> const items{fact(item_kind::index, {1, 2}),
                                          fact(item_kind::index, {1, 9})};
    auto const& data = describing(name, items);
    auto const& m = schema::model_of(data);

    REQUIRE(m.indexes.size() == 2);
    CHECK(m.indexes[0].name.size() == 63);
    CHECK(m.indexes[1].name.size() == 63);
    CHECK(m.indexes[0].name != m.indexes[1].name);
    CHECK(m.indexes[0].name.substr(0, 54) == std::string(54, 'x'));
}

TEST_CASE("model: keys that no index can hold are refused") {
    CHECK(refusal("t", {fact(item_kind::key, {2})}) == "table t: key column b is optional");
    CHECK(refusal("t", {fact(item_kind::index, {3})}) == "table t: column c is JSON, so no key");
    CHECK(refusal("t", {fact(item_kind::unique, {8})}).find("3072") != std::string::npos);
    CHECK(refusal("t", {fact(item_kind::index, {4, 5, 6})}) == "");
    CHECK(refusal("t", {fact(item_kind::index, {4, 5, 6, 7})}).find("3072") != std::string::npos);
    CHECK(refusal("t", {fact(item_kind::index, {1, 1})}).find("twice") != std::string::npos);
    CHECK(refusal("t", {fact(item_kind::index, {1}), fact(item_kind::index, {1})}) ==
          "table t: two constraints or indexes are called t_a_idx");
    CHECK(refusal("t", {fact(item_kind::key, {1}), fact(item_kind::key, {9})}) ==
          "table t: it has two primary keys");
}

TEST_CASE("model: generated keys, defaults and collations fit their columns") {
    auto key = fact(item_kind::key, {9});
    key.generated = true;
    CHECK(refusal("t", {key}).find("not an integer") != std::string::npos);
    key = fact(item_kind::key, {1, 9});
    key.generated = true;
    CHECK(refusal("t", {key}) == "table t: a generated key is one column");
    CHECK(refusal("t", {fact(item_kind::default_now, {1})}).find("point in time") !=
          std::string::npos);
    CHECK(refusal("t", {fact(item_kind::collation, {1})}).find("no collation") !=
          std::string::npos);
    CHECK(refusal("t", {fact(item_kind::collation, {4})}) == "");
    CHECK(refusal("t", {fact(item_kind::key, {4}), fact(item_kind::collation, {4})})
              .find("ignores case") != std::string::npos);
    CHECK(refusal("t", {fact(item_kind::ignore, {1}), fact(item_kind::index, {1})}) ==
          "table t: a constraint names a member that is ignored");
}
