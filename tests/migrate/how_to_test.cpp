// SPDX-License-Identifier: BSL-1.0
// The code of docs/how-to/migrate.md.

#include "migrate/engine_support.hpp"
#include "migrate/folder_support.hpp"

#include <catch2/catch.hpp>
#include <relata/migrate/apply.hpp>
#include <relata/migrate/inspect.hpp>
#include <relata/relata.hpp>

#include <iostream>
#include <sstream>

namespace first {

struct customer {
    std::int64_t id{};
    std::string name;
};

}  // namespace first

// [model]
struct customer {
    std::int64_t id{};
    std::string name;
    std::optional<std::string> email;  // new
};

template <>
inline constexpr auto relata::table<customer> = relata::describe<customer>("customers")
                                                    .key<&customer::id>(relata::generated)
                                                    .unique<&customer::email>();
// [model end]

template <>
inline constexpr auto relata::table<first::customer> =
    relata::describe<first::customer>("customers").key<&first::customer::id>(relata::generated);

namespace {

// [wanted]
// What the structs ask for, as the engine spells it: made in an empty database and read back.
template <class... Tables> relata::schema::catalog::schema wanted(std::string const& scratch_url) {
    auto scratch = relata::open(scratch_url);
    scratch.create_tables<Tables...>();
    auto connection = scratch.connect();
    return relata::migrate::inspect(connection);
}
// [wanted end]

// [add]
// Adds the migration that leads from the last one to the schema that is wanted.
void add(std::string const& folder, std::string const& name, std::string const& time,
         relata::schema::catalog::schema const& before,
         relata::schema::catalog::schema const& after) {
    auto const up = relata::migrate::diff(before, after);
    for (auto const& question : up.ambiguous)
        std::cerr << "renamed or new? " << question.column << " and " << question.to_column << '\n';
    relata::migrate::engine_steps steps;
    steps.engine = after.engine;
    steps.up = relata::migrate::plan(up);  // refuses what is ambiguous
    steps.down = relata::migrate::plan(relata::migrate::diff(after, before));
    steps.snapshot = after;
    relata::migrate::add_migration(folder, name, time, {steps});
}
// [add end]

// [watch]
struct printer : relata::migrate::apply_observer {
    void migration_finished(relata::migrate::migration const& m,
                            std::chrono::milliseconds took) override {
        out << m.id << " in " << took.count() << " ms\n";
    }
    std::ostream& out;
    explicit printer(std::ostream& to) : out(to) {}
};
// [watch end]

}  // namespace

TEST_CASE("docs: from structs to migrations", "[docs]") {
    test::scratch_folder const scratch;
    auto const folder = scratch.path();
    auto const v1 = wanted<first::customer>(test::support().make(2));
    auto const v2 = wanted<customer>(test::support().make(2));
    relata::schema::catalog::schema nothing;
    nothing.engine = v1.engine;
    add(folder, "customers", "20261201090000", nothing, v1);
    add(folder, "email", "20261208090000", v1, v2);

    auto db = relata::open(test::support().make(1));
    std::ostringstream out;
    // [apply]
    auto const migrations = relata::migrate::read_folder(folder);  // proves that none was edited
    printer report(out);
    relata::migrate::apply_options options;
    options.lock_wait = std::chrono::seconds(10);  // for another instance that is migrating
    options.observer = &report;
    relata::migrate::apply(db, migrations, options);  // what is pending; nothing, the second time
    // [apply end]
    CHECK(out.str().find("20261201090000_customers in ") == 0);
    CHECK(out.str().find("20261208090000_email in ") != std::string::npos);
    auto const ada = db.insert(customer{{}, "Ada", "ada@example.org"});
    CHECK(db.find<customer>(ada.id)->email == "ada@example.org");
    out.str({});
    CHECK(relata::migrate::apply(db, migrations, options).empty());
    CHECK(out.str().empty());

    // [status]
    for (auto const& m : relata::migrate::status(db, migrations))
        out << m.id << ": " << relata::migrate::name_of(m.state) << '\n';
    bool const somebody_changed_it = !relata::migrate::drift(db, migrations).empty();
    // [status end]
    CHECK(out.str() == "20261201090000_customers: applied\n20261208090000_email: applied\n");
    CHECK_FALSE(somebody_changed_it);

    // [down]
    relata::migrate::apply_options back;
    back.to = "20261201090000_customers";
    back.allow_loss = true;  // the e-mail addresses go
    relata::migrate::down(db, migrations, back);
    // [down end]
    CHECK(db.find<first::customer>(ada.id)->name == "Ada");
    // [verify]
    // In CI: up, down and up again in an empty database, compared with every snapshot.
    relata::migrate::verify(relata::open(test::support().make(3)), migrations);
    // [verify end]
    back.allow_loss = false;
    relata::migrate::apply(db, migrations);
    CHECK(test::refusal(relata::error_kind::data_loss, [&] {
              relata::migrate::down(db, migrations, back);
          }).find("allow the loss") != std::string::npos);
}
