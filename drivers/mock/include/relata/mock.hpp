// SPDX-License-Identifier: BSL-1.0
/// \file
/// The mock driver: a database that plays a script, for tests of programs that use one.
///
///     relata::mock::server server;
///     server.on("select * from artists *").returns({{1, "John Coltrane"}});
///     auto db = relata::open(server.url());
///
/// The program under test cannot tell it from a database: the same builder renders the same SQL, the
/// same code reads the rows and the same errors come out.
#pragma once

#include <relata/mock/rule.hpp>

#include <relata/dialect/dialect.hpp>
#include <relata/driver/driver.hpp>
#include <relata/sql/change.hpp>
#include <relata/sql/placeholder.hpp>
#include <relata/sql/query.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace relata::mock {

namespace detail {

// A query as the renderer takes it, and whether all its values are known.
struct scripted_query {
    dialect::source source;
    bool whole;
};

template <class Q>
concept typed_query = requires(Q const& query) {
    Q::info();
    query.values();
};
template <class Q>
concept runnable = typed_query<Q> || std::is_base_of_v<relata::detail::stored_query, Q>;

template <class Q> scripted_query source_of(Q const& query) {
    if constexpr (std::is_base_of_v<relata::detail::stored_query, Q>) {
        return {dialect::source_of(query.data()), true};
    } else {
        sql::node const* const tree = Q::info().tree;
        return {{tree, query.values(), Q::param_count},
                relata::detail::count_placeholders(tree) == 0};
    }
}

}  // namespace detail

/// What the mock driver exports. Linking relata::mock registers it. Any thread.
///
/// `mock:<name>` connects to the `server` of that name in this process. `mock:` without a name is a
/// database without a script; its options:
///
/// | option | values | meaning |
/// | --- | --- | --- |
/// | `dialect` | `postgresql` (default), `mysql`, `mariadb`, `sqlite` | whose SQL is rendered |
/// | `version` | such as `15.2` | of the database that it plays |
RELATA_EXPORT driver::entry const& driver_entry() noexcept;

/// A database that exists in a test only: rules say what it answers, and every call is recorded.
///
/// A statement is answered by the first rule, in the order in which they were given, that matches and
/// has not answered as often as it may. A statement that no rule matches fails with invalid_argument and
/// names the statement. All other calls (begin, commit, …) succeed unless a rule says otherwise.
///
/// A pattern is the text of a statement, in which `*` stands for any text. White space, the case of
/// letters, the quotes around names and the numbers of placeholders do not matter outside text literals:
/// `insert into artists (name) values (?)` matches what every dialect makes of it.
///
/// Thread-safe. Connections may outlive it.
class RELATA_EXPORT server {
public:
    /// A server with a name of its own, which plays a database of this family. `version` (major * 10000
    /// + minor * 100 + patch) 0: a recent one.
    explicit server(dialect::family family = dialect::family::postgresql,
                    std::uint32_t version = 0);
    /// A server that is reached as `mock:<name>`. Throws already_exists while another has that name.
    explicit server(std::string_view name, dialect::family family = dialect::family::postgresql,
                    std::uint32_t version = 0);
    ~server();
    server(server const&) = delete;
    server& operator=(server const&) = delete;

    /// What `relata::open` takes to connect to it.
    [[nodiscard]] std::string url() const;

    /// A rule for statements by their text.
    rule on(std::string_view pattern);
    rule on(char const* pattern) { return on(std::string_view(pattern)); }
    /// A rule for one kind of call; `pattern` is compared with `call::sql`.
    rule on(step s, std::string_view pattern = "*");
    /// A rule for a query or command, with the values that it holds; placeholders stand for any value.
    template <detail::runnable Q> rule on(Q const& query) { return add(detail::source_of(query)); }
    /// Rules for verbs that take or give an object: `insert` and `insert_all`, `update`, `remove`,
    /// `find`. Unless told otherwise an insert makes the keys 1, 2, 3, … where the table has a generated
    /// key, and an update or remove finds its row.
    template <class T> rule on_insert() {
        return add_object(object_tree<sql::op::insert, T>(), relata::detail::has_generated_key<T>);
    }
    template <class T> rule on_update() {
        return add_object(object_tree<sql::op::update_object, T>(), false);
    }
    template <class T> rule on_remove() {
        return add_object(object_tree<sql::op::remove_object, T>(), false);
    }
    template <class T> rule on_find() {
        return add_object(object_tree<sql::op::find_object, T>(), false);
    }

    /// The same for calls that must come once, and in the order in which these rules were given. One
    /// that comes too early fails with invalid_argument; calls with other rules may come between.
    rule next(std::string_view pattern);
    rule next(char const* pattern) { return next(std::string_view(pattern)); }
    rule next(step s, std::string_view pattern = "*");
    template <detail::runnable Q> rule next(Q const& query) { return in_order(on(query)); }

    /// All calls so far.
    [[nodiscard]] std::vector<call> calls() const;
    /// The text of each statement, with its values, and of each call that begins or ends a transaction
    /// or a savepoint: what the log of a server would show.
    [[nodiscard]] std::vector<std::string> sent() const;
    /// Forgets the calls so far. Rules stay.
    void forget();

    /// Breaks all connections that are open now: the pool replaces those that rest, and the next call on
    /// the others throws connection_lost.
    void drop_connections();
    /// How many connections are open.
    [[nodiscard]] unsigned connections() const;

    /// Throws invalid_argument, with a list, when a call matched no rule or came out of order, or when a
    /// rule of `next` or `times` did not answer as often as it says.
    void verify() const;

private:
    template <sql::op O, class T> static sql::node const* object_tree() {
        return relata::detail::info_of<relata::detail::object_key<O, T>>.tree;
    }
    rule add(detail::scripted_query const& query);
    rule add_object(sql::node const* tree, bool makes_keys);
    rule in_order(rule r);

    std::shared_ptr<detail::state> state_;
};

}  // namespace relata::mock
