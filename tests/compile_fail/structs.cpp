// SPDX-License-Identifier: BSL-1.0
//
// Structs that cannot be mapped, and descriptions that do not fit.
// clang-format off: each mistake stands on one line with what the compiler says about it

#include <relata/relata.hpp>

using namespace relata;

struct without_table {
    std::int64_t id{};
};
class with_private {
public:
    std::int64_t id{};

private:
    std::int64_t hidden{};
};
struct base {
    std::int64_t id{};
};
struct derived : base {
    std::string name;
};
struct strange_member {
    std::int64_t id{};
    void* pointer{};
};
enum class unnamed { a, b };
struct with_unnamed {
    std::int64_t id{};
    unnamed what{};
};
struct text_key {
    std::string id;
};
struct other {
    std::string name;
    bool flag{};
};

void mistakes(database const& db) {
    (void)db.find<without_table>(1);  // must fail: this struct has no table: write template <> inline constexpr auto relata::table<T>
    (void)members<with_private>;                   // must fail: a mapped struct must be an aggregate: no constructor, no private member, no virtual function
    (void)members<derived>;                        // must fail: a mapped struct has no base class; put shared columns into a member struct
    (void)members<strange_member>;                 // must fail: a member's type is none that relata can store; specialise relata::codec for it
    (void)members<with_unnamed>;                   // must fail: an enumeration needs its names
    (void)describe<text_key>("t").key<&text_key::id>(generated);  // must fail: a generated key is a std::int64_t, std::int32_t or std::uint32_t
    (void)describe<text_key>("t").key<&other::name>();            // must fail: a table's description names a member of another struct
    (void)describe<other>("t").default_value<&other::flag>("yes");  // must fail: a column's default has the type of the column
    (void)describe<other>("t").references<&other::flag, &text_key::id>();  // must fail: a reference has the type of the column that it references
}
