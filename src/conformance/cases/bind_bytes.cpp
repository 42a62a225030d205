// SPDX-License-Identifier: BSL-1.0
//
// Bind: bytes, uuids, JSON and enumerations, and views that the program changes afterwards.

#include "conformance/case.hpp"
#include "conformance/each_way.hpp"
#include "conformance/storage.hpp"

#include <relata/types/bytes.hpp>
#include <relata/types/enum.hpp>
#include <relata/types/json.hpp>
#include <relata/types/uuid.hpp>

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>

namespace relata::conformance {
namespace {
enum class mood : std::int16_t { calm = -3, merry = 7, wild = 300 };
}  // namespace
}  // namespace relata::conformance

template <>
inline constexpr auto relata::names<relata::conformance::mood> =
    relata::enumerators<relata::conformance::mood::calm, relata::conformance::mood::merry,
                        relata::conformance::mood::wild>;

namespace relata::conformance {
namespace {

bytes filled(std::size_t size, unsigned step) {
    bytes out(size);
    for (std::size_t i = 0; i < size; ++i) out[i] = std::byte(i * step);
    return out;
}

void all_bytes(subject& s) {
    each_way<bytes>(s, "bytes",
                    {bytes{}, filled(1, 0), filled(7, 0), filled(256, 1), filled(256, 255),
                     filled(1000, 0x5c), filled(300, 0x27), filled(1 << 20, 3)});
    for (unsigned b = 0; b < 256; b += 15)
        each_way<bytes>(s, "one byte", {bytes(1, std::byte(b)), bytes(3, std::byte(b))});
    auto& c = s.connection();
    auto const& table =
        s.create(table_of({column<std::int64_t>("id"), column<std::optional<bytes>>("b")}));
    store(c, table, {{value(1L), value(bytes{}).optional()}, {value(2L), value(bytes{}).null()}},
          path::prepared);
    auto const name = quoted(c, table.name);
    s.equal(std::vector<std::int64_t>{2},
            read_column<std::int64_t>(c, "SELECT id FROM " + name + " WHERE b IS NULL"),
            "no bytes are not NULL");
}

// Values are views until finish; after it the program may do with its memory what it likes.
void views_end_with_finish(subject& s) {
    auto& c = s.connection();
    auto const& table = s.create(
        table_of({column<std::int64_t>("id"), column<std::string>("t"), column<bytes>("b")}));
    auto const statement = prepare(
        c, insert_text(c, table), {&type_of<std::int64_t>, &type_of<std::string>, &type_of<bytes>});
    auto const size_of = [most = std::size_t(s.can().max_text)](std::int64_t id) {
        auto const size = std::size_t(1 + id * 977);
        return most != 0 ? std::min(size, most) : size;
    };
    for (std::int64_t id = 0; id < 20; ++id) {
        auto const size = size_of(id);
        auto text = std::make_unique<std::string>(size, char('a' + id));
        auto data = std::make_unique<bytes>(size, std::byte(id));
        param const params[] = {relata::detail::element(type_of<std::int64_t>, &id),
                                relata::detail::element(type_of<std::string>, text.get()),
                                relata::detail::element(type_of<bytes>, data.get())};
        statement->execute(params, 3);
        statement->finish();
        std::memset(text->data(), '!', size);
        std::memset(data->data(), '!', size);
    }
    auto const got =
        read_table(c, table, {&ops_of<std::int64_t>, &ops_of<std::string>, &ops_of<bytes>});
    s.equal(20, got.size(), "rows");
    for (std::size_t id = 0; id < got.size(); ++id) {
        auto const size = size_of(std::int64_t(id));
        s.equal(value(std::string(size, char('a' + id))), got[id][1], "text as it was");
        s.equal(value(bytes(size, std::byte(id))), got[id][2], "bytes as they were");
    }
}

void uuids(subject& s) {
    std::vector<value> all;
    for (auto const* text :
         {"00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
          "00112233-4455-6677-8899-aabbccddeeff", "0027005c-2522-4060-8000-00000000001a",
          "80000000-0000-0000-0000-000000000000", "7fffffff-ffff-ffff-ffff-ffffffffffff"})
        all.emplace_back(uuid::from_string(text));
    for (int i = 0; i < 10; ++i) all.emplace_back(i % 2 ? uuid::random() : uuid::ordered());
    each_way(s, "uuid", all);
    auto& c = s.connection();
    auto const& table = s.create(table_of({column<uuid>("id")}));
    for (auto const& each : all) store(c, table, {{each}}, path::ad_hoc);
    auto const got =
        read_column<uuid>(c, "SELECT id FROM " + quoted(c, table.name) + " ORDER BY id");
    s.equal(all.size(), got.size(), "uuids as keys");
    s.check(std::is_sorted(got.begin(), got.end()), "uuids are ordered by their bytes");
    for (auto const& each : got)
        s.check(uuid::from_string(each.to_string()) == each, "a uuid's text is that uuid");
}

void documents(subject& s) {
    std::string deep;
    for (int i = 0; i < 30; ++i) deep += "[";
    for (int i = 0; i < 30; ++i) deep += "]";
    each_way<json>(s, "json",
                   {json("null"), json("true"), json("0"), json("\"\""), json("[]"), json("{}"),
                    json(R"(["a\"b", "\\", "\u00e9", "'", "/*"])"), json(R"({"ü": "漢😀"})"),
                    json("9007199254740993"), json("-123456789012345678"),
                    json(R"({"a": {"b": [1, 2.50, {"c": null}]}})"), json(deep)});
    auto& c = s.connection();
    auto const& table =
        s.create(table_of({column<std::int64_t>("id"), column<std::optional<json>>("j")}));
    auto const long_json = json("[\"" + std::string(1 << 20, 'x') + "\"]");
    store(c, table,
          {{value(1L), value(json("null")).optional()},
           {value(2L), value(json("1")).null()},
           {value(3L), value(long_json).optional()}},
          path::prepared);
    auto const got = read_table(c, table, {&ops_of<std::int64_t>, &ops_of<std::optional<json>>});
    s.check(!got[0][1].is_null(), "the JSON null is a value");
    s.check(got[1][1].is_null(), "NULL is none");
    s.check(got[2][1] == value(long_json).optional(), "JSON of 1 MB");
    for (auto const* bad : {"", "{", "secret", "[1,]", "'secret'", "{\"secret\": 1, }", "01"})
        refused_each_way(s, std::string("no JSON: ") + bad, value(json(bad)),
                         {error_kind::value_invalid, error_kind::check_violation}, "secret");
}

void enumerations(subject& s) {
    each_way<mood>(s, "enumeration", {mood::calm, mood::merry, mood::wild});
    auto& c = s.connection();
    auto const& table = s.create(table_of({column<std::int64_t>("id"), column<mood>("m")}));
    store(c, table, {{value(1L), value(mood::wild)}}, path::object);
    auto const sql = "SELECT m FROM " + quoted(c, table.name);
    s.equal("wild", read_column<std::string>(c, sql).at(0), "an enumerator is stored by its name");
    auto const& words = s.create(table_of({column<std::int64_t>("id"), column<std::string>("m")}));
    store(c, words, {{value(1L), value("merry")}, {value(2L), value("gloomy")}}, path::prepared);
    auto const all = "SELECT m FROM " + quoted(c, words.name) + " WHERE id = ?";
    s.check(read_column<mood>(c, all, {value(1L)}).at(0) == mood::merry, "a name is read");
    auto const info =
        s.throws(error_kind::value_invalid, [&] { read_column<mood>(c, all, {value(2L)}); },
                 "a name that the program does not know", {"gloomy"});
    s.check(!info.columns.empty() && info.columns[0] == "m", "the error names the column");
    mood const unnamed{55};
    auto const plan = make_field(type_of<mood>, 0, 0);
    auto const insert =
        prepare(c, "SELECT m FROM " + quoted(c, table.name) + " WHERE m = ?", {&type_of<mood>});
    s.throws(
        error_kind::value_invalid, [&] { insert->execute_from(&plan, 1, &unnamed); },
        "an enumerator without a name");
}

template <class From, class To> void never_read_as(subject& s, value const& stored) {
    auto& c = s.connection();
    auto const& table = s.create(table_of({column<std::int64_t>("id"), column<From>("v")}));
    store(c, table, {{value(1L), stored}}, path::prepared);
    auto const sql = "SELECT v FROM " + quoted(c, table.name);
    auto const what = stored.shown() + " read as another type";
    s.throws(error_kind::type_mismatch, [&] { read_column<To>(c, sql); }, what);
    s.throws(error_kind::type_mismatch, [&] { read_column<std::optional<To>>(c, sql); }, what);
    s.equal(stored, value(read_column<From>(c, sql).at(0)), "and then as itself");
}

// The server may take them for each other, but then keeps each byte, or writes them in hexadecimal.
template <class From, class To>
void bound_as(subject& s, value const& other, value const& kept, value const& written_out) {
    auto& c = s.connection();
    auto const& table = s.create(table_of({column<std::int64_t>("id"), column<To>("v")}));
    try {
        store(c, table, {{value(1L), other}}, path::ad_hoc);
    } catch (error const& e) {
        s.check(e.kind() == error_kind::type_mismatch,
                "a refusal is type_mismatch: " + std::string(name_of(e.kind())));
        s.equal(0, count(c, table), "what was refused is not stored");
        return;
    }
    auto const got = read_column<To>(c, "SELECT v FROM " + quoted(c, table.name)).at(0);
    s.check(value(got) == kept || value(got) == written_out,
            "what was taken is the same, or the server's notation: " + value(got).shown());
}

void text_and_bytes(subject& s) {
    value const text("plain");
    value const data(
        bytes{std::byte('p'), std::byte('l'), std::byte('a'), std::byte('i'), std::byte('n')});
    never_read_as<std::string, bytes>(s, text);
    never_read_as<bytes, std::string>(s, data);
    never_read_as<bytes, json>(s, data);
    never_read_as<std::string, std::int64_t>(s, value("12"));
    bound_as<std::string, bytes>(s, text, data, data);
    bound_as<bytes, std::string>(s, data, text, value("\\x706c61696e"));
}

constexpr case_entry bind_bytes_table[] = {
    {"BND-20",
     "Bytes keep every value, zeros and 1 MB of them too; no bytes and NULL are two things.",
     &all_bytes},
    {"BND-21", "A value can be sent in pieces.", nullptr,
     "the interface binds a value as a whole from the program's memory and has no call for a part"},
    {"BND-22",
     "Text and bytes are read from the program's memory until finish; what happens to that memory "
     "afterwards changes nothing of what was stored.",
     &views_end_with_finish},
    {"BND-23",
     "A uuid comes back with the same 16 bytes, is a key like any other, and uuids are ordered by "
     "their bytes.",
     &uuids},
    {"BND-24",
     "JSON keeps nesting, Unicode, numbers above 2^53 and 1 MB; the JSON null is not NULL, and "
     "what "
     "is no JSON is refused by every way.",
     &documents},
    {"BND-25",
     "An enumerator is stored by its name; a name that the program does not know, and an "
     "enumerator "
     "without a name, are errors that do not repeat the value.",
     &enumerations},
    {"BND-37",
     "Text is never read as bytes and bytes never as text; bound for the other's column they are "
     "refused, kept byte for byte, or written out in hexadecimal by the server's rule.",
     &text_and_bytes},
};

}  // namespace

std::span<case_entry const> bind_bytes_cases() { return bind_bytes_table; }

}  // namespace relata::conformance
