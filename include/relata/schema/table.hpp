// SPDX-License-Identifier: BSL-1.0
/// \file
/// `table<T>`: what a struct's members cannot say about its table: name, keys, references, checks.
#pragma once

#include <relata/core/fixed_string.hpp>
#include <relata/schema/members.hpp>
#include <relata/schema/table_facts.hpp>

namespace relata {

/// Says of a key that the database makes its value: `.key<&artist::id>(generated)`.
struct generated_key_tag {};
inline constexpr generated_key_tag generated{};

/// Says of a table that relata did not make it: `describe<album>("Album", verbatim)`. Its names, and
/// those of its columns, keys and indexes, are taken as they are: any text of at most 63 bytes. Such a
/// table may not be makeable on another back end, where names are shorter or compare without case.
struct verbatim_tag {};
inline constexpr verbatim_tag verbatim{};

/// Names a column of an embedded struct: `nested<&person::work, &address::zip>`.
template <auto... Members> struct member_path {};
template <auto... Members> inline constexpr member_path<Members...> nested{};

namespace detail {

template <auto Member> struct path_traits {
    using owner = owner_t<Member>;
    using value = member_t<Member>;
    static constexpr auto path = schema::column_path(index_of_member<Member>() + 1);
};
template <auto First, auto... Rest> constexpr schema::column_path nested_path() {
    constexpr auto first = schema::column_path(index_of_member<First>() + 1);
    if constexpr (sizeof...(Rest) == 0) return first;
    else return first | nested_path<Rest...>() << 8;
}
template <auto First, auto... Rest> struct last_member : last_member<Rest...> {};
template <auto Last> struct last_member<Last> {
    using type = member_t<Last>;
};
template <auto... Members> struct named_path {
    using value = typename last_member<Members...>::type;
    static_assert(sizeof...(Members) <= 4, "relata: a path of members has at most 4 steps");
    static constexpr schema::column_path path = nested_path<Members...>();
};
template <class Path> inline constexpr bool is_path = false;
template <auto... Members> inline constexpr bool is_path<member_path<Members...>> = true;
template <class Path> struct path_of;
template <auto First, auto... Rest>
struct path_of<member_path<First, Rest...>> : named_path<First, Rest...> {
    using owner = owner_t<First>;
};
template <auto Path>
    requires is_path<std::remove_cv_t<decltype(Path)>>
struct path_traits<Path> : path_of<std::remove_cv_t<decltype(Path)>> {};

}  // namespace detail

template <class T, unsigned Capacity = 24> class table_def;

namespace detail {
template <class T> schema::table_data const& table_data_of();  // below

// Tells types apart while compiling: a hash of the compiler's text for the type. (With sanitizers on,
// g++ does not compare addresses in constants.)
template <class T> constexpr std::uint64_t hash_of_type() {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (char const* c = __PRETTY_FUNCTION__; *c; ++c)
        hash = (hash ^ static_cast<unsigned char>(*c)) * 0x100000001b3;
    return hash;
}
template <class T> inline constexpr std::uint64_t type_id = hash_of_type<T>();
template <class T, class Value>
constexpr param constant_param(Value const& value);  // sql/values.hpp
}  // namespace detail

/// Begins the description of T's table.
/// \tparam Capacity  room for facts; a compile error says when it is too little
/// \param name  name of the table, lower_snake, at most 63 bytes
template <class T, unsigned Capacity = 24>
constexpr table_def<T, Capacity> describe(char const* name) {
    return table_def<T, Capacity>(name, false);
}
/// … of a table whose names are no choice of the program.
template <class T, unsigned Capacity = 24>
constexpr table_def<T, Capacity> describe(char const* name, verbatim_tag) {
    return table_def<T, Capacity>(name, true);
}

/// Collects the facts about a table, as constant data. Every step returns the description itself.
///
///     template <> inline constexpr auto relata::table<album> =
///         relata::describe<album>("albums").key<&album::id>(relata::generated)
///             .references<&album::artist_id, &artist::id>(relata::on_delete::cascade);
///
/// Constraints and indexes get names from the table and its columns; a mistake (a column of another
/// struct, too many facts) is a compile error.
template <class T, unsigned Capacity> class table_def : public schema::table_facts<Capacity> {
public:
    using schema::table_facts<Capacity>::table_facts;

    /// Primary key that the program sets: one column or several.
    template <auto... Columns> constexpr table_def&& key() && {
        add_columns<detail::path_traits<Columns>...>(schema::item_kind::key);
        return static_cast<table_def&&>(*this);
    }
    /// Primary key that the database makes; the member is an integer.
    template <auto Column> constexpr table_def&& key(generated_key_tag) && {
        using column = detail::path_traits<Column>;
        constexpr auto k = kind_of<typename column::value>;
        constexpr bool is_integer = k == kind::int64 || k == kind::int32 || k == kind::uint32;
        static_assert(is_integer,
                      "relata: a generated key is a std::int64_t, std::int32_t or std::uint32_t");
        add_columns<column>(schema::item_kind::key).generated = true;
        return static_cast<table_def&&>(*this);
    }
    /// No two rows have the same values in these columns. NULLs never equal each other.
    template <auto... Columns> constexpr table_def&& unique() && {
        add_columns<detail::path_traits<Columns>...>(schema::item_kind::unique);
        return static_cast<table_def&&>(*this);
    }
    template <auto... Columns> constexpr table_def&& index() && {
        add_columns<detail::path_traits<Columns>...>(schema::item_kind::index);
        return static_cast<table_def&&>(*this);
    }
    /// Foreign key of one column. The types of both sides are the same.
    template <auto Column, auto Other>
    constexpr table_def&& references(on_delete deleted = on_delete::no_action,
                                     on_update updated = on_update::no_action) && {
        using from = detail::path_traits<Column>;
        using to = detail::path_traits<Other>;
        constexpr bool same_type =
            std::is_same_v<plain_t<typename from::value>, plain_t<typename to::value>>;
        static_assert(same_type,
                      "relata: a reference has the type of the column that it references");
        auto& item = add_columns<from>(schema::item_kind::reference);
        item.deleted = deleted;
        item.updated = updated;
        item.other = &detail::table_data_of<typename to::owner>;
        item.other_id = detail::type_id<typename to::owner>;
        item.other_columns[0] = to::path;
        return static_cast<table_def&&>(*this);
    }
    /// Foreign key of several columns: `references<from<&a::x, &a::y>, to<&b::x, &b::y>>`.
    template <auto... From, auto... To>
    constexpr table_def&& references(member_path<From...>, member_path<To...>,
                                     on_delete deleted = on_delete::no_action,
                                     on_update updated = on_update::no_action) && {
        static_assert(sizeof...(From) == sizeof...(To),
                      "relata: both sides of a reference have as many columns");
        auto& item = add_columns<detail::path_traits<From>...>(schema::item_kind::reference);
        item.deleted = deleted;
        item.updated = updated;
        unsigned i = 0;
        ((item.other = &detail::table_data_of<typename detail::path_traits<To>::owner>,
          item.other_id = detail::type_id<typename detail::path_traits<To>::owner>,
          item.other_columns[i++] = detail::path_traits<To>::path),
         ...);
        return static_cast<table_def&&>(*this);
    }
    /// A condition that every row keeps: `.check<"price_positive">(col<&album::price> >= 0)`.
    template <fixed_string Name, class Condition>
    constexpr table_def&& check(Condition const& condition) && {
        auto& item = this->add(schema::item_kind::check, {});
        item.name = detail::literal<Name>.text;
        item.tree = &condition.tree();
        item.first_param = std::uint16_t(this->param_count);
        item.param_count = std::uint8_t(Condition::param_count);
        for (unsigned i = 0; i < Condition::param_count; ++i)
            this->add_param(condition.values()[i]);
        return static_cast<table_def&&>(*this);
    }
    /// Gives the key, unique constraint, index, reference or check before it exactly this name, in
    /// place of one made from the names of table and columns.
    constexpr table_def&& named(char const* name) && {
        this->name_last(name);
        return static_cast<table_def&&>(*this);
    }
    /// Calls the column something else than its member.
    template <auto Column> constexpr table_def&& column(char const* name) && {
        add_columns<detail::path_traits<Column>>(schema::item_kind::rename).name = name;
        return static_cast<table_def&&>(*this);
    }
    /// Migrations rename the column of this name into this one where they find it, and keep its values, in
    /// place of dropping it. May stay: where the old name is gone it says nothing.
    template <auto Column> constexpr table_def&& renamed_from(char const* old_name) && {
        add_columns<detail::path_traits<Column>>(schema::item_kind::renamed_from).name = old_name;
        return static_cast<table_def&&>(*this);
    }
    /// The same for the table.
    constexpr table_def&& renamed_from(char const* old_name) && {
        this->add(schema::item_kind::renamed_from, {}).name = old_name;
        return static_cast<table_def&&>(*this);
    }
    /// The member is no column; it keeps its default value when a row is read.
    template <auto Column> constexpr table_def&& ignore() && {
        add_columns<detail::path_traits<Column>>(schema::item_kind::ignore);
        return static_cast<table_def&&>(*this);
    }
    /// The column's value when an insert leaves it out. A number, a literal text, or a decimal.
    template <auto Column, class Value> constexpr table_def&& default_value(Value const& value) && {
        auto& item = add_columns<detail::path_traits<Column>>(schema::item_kind::default_value);
        item.first_param = std::uint16_t(this->param_count);
        item.param_count = 1;
        using type = plain_t<typename detail::path_traits<Column>::value>;
        this->add_param(detail::constant_param<type>(value));
        return static_cast<table_def&&>(*this);
    }
    /// The column gets the current time when an insert leaves it out.
    template <auto Column> constexpr table_def&& default_now() && {
        static_assert(kind_of<typename detail::path_traits<Column>::value> == kind::instant,
                      "relata: default_now is for columns of type instant");
        add_columns<detail::path_traits<Column>>(schema::item_kind::default_now);
        return static_cast<table_def&&>(*this);
    }
    /// The text column compares and sorts without regard to the case of ASCII letters.
    template <auto Column> constexpr table_def&& ignore_case() && {
        add_columns<detail::path_traits<Column>>(schema::item_kind::collation);
        return static_cast<table_def&&>(*this);
    }

private:
    // The columns by their traits: a type is a cheaper argument than a constant.
    template <class... Columns> constexpr schema::item& add_columns(schema::item_kind kind) {
        constexpr bool all_mine = (std::is_same_v<typename Columns::owner, T> && ...);
        static_assert(all_mine, "relata: a table's description names a member of another struct");
        static_assert(sizeof...(Columns) <= schema::max_item_columns,
                      "relata: at most 6 columns in a key");
        return this->add(kind, {Columns::path...});
    }
};

/// The description of T's table. Specialise it at global scope, always with `inline`.
/// A type in a namespace of yours can instead offer a function that is found by its argument:
/// `constexpr auto relata_table(std::type_identity<album>) { return relata::describe<album>(…)…; }`
template <class T>
inline constexpr auto table = [] {
    if constexpr (requires { relata_table(std::type_identity<T>{}); }) {
        return relata_table(std::type_identity<T>{});
    } else {
        static_assert(
            sizeof(T) == 0,
            "relata: this struct has no table: write template <> inline constexpr auto "
            "relata::table<T> = relata::describe<T>(\"name\"); in the header of the struct");
        return table_def<T>("", false);
    }
}();

namespace detail {

template <class X, unsigned N> struct exact_array {
    X value[N ? N : 1];
};
template <unsigned N, class X, unsigned Capacity>
constexpr exact_array<X, N> first_of(X const (&from)[Capacity]) {
    exact_array<X, N> out{};
    for (unsigned i = 0; i < N; ++i) out.value[i] = from[i];
    return out;
}

// The description without its spare room, as it goes into the program.
template <class T> struct table_storage {
    static constexpr auto const& facts = table<T>;
    static constexpr auto items = first_of<facts.item_count>(facts.items);
    static constexpr auto params = first_of<facts.param_count>(facts.params);
    static constexpr schema::table_data data{facts.table_name, &members_of<T>::object,
                                             items.value,      facts.item_count,
                                             params.value,     facts.verbatim};
};

template <class T> schema::table_data const& table_data_of() { return table_storage<T>::data; }

}  // namespace detail
}  // namespace relata
