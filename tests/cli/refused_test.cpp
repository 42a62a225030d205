// SPDX-License-Identifier: BSL-1.0
// What the command says when a server does not answer, or does not let the user do it.
#include "cli/shell.hpp"

#include <catch2/catch.hpp>

using namespace relata;
using test::has, test::shell, test::with_dev;

namespace {

// The URL with another user.
std::string url_of(std::string const& user, std::string const& url) {
    auto const start = url.find("//") + 2;
    auto const host = url.find('@') == url.npos ? start : url.find('@') + 1;
    return url.substr(0, start) + user + '@' + url.substr(host);
}

// Somebody who may connect and read, and nothing else; goes with the object.
class reader {
public:
    explicit reader(std::string const& url) : of_(open(url)) {
        if (test::on("postgresql"))
            of_.script("drop role if exists relata_reader; create role relata_reader login "
                       "password 's3cret'; revoke create on schema public from public");
        else
            of_.script("drop user if exists relata_reader; create user relata_reader identified "
                       "by 's3cret'; grant select on *.* to relata_reader");
    }
    reader(reader const&) = delete;
    reader& operator=(reader const&) = delete;
    ~reader() {
        try {
            of_.script(test::on("postgresql") ? "drop role relata_reader"
                                              : "drop user relata_reader");
        } catch (error const&) {
            // the next test takes it away first
        }
    }

private:
    database of_;
};

}  // namespace

TEST_CASE("command: a missing right is named, and no password") {
    shell const sh;
    if (test::on("sqlite")) {
        auto const url = test::filled("create table t (x integer)");
        sh.files.write("wanted.sql", "create table u (x integer not null primary key);");
        REQUIRE(sh.relata({"new", "first", "--to", "wanted.sql"}).code == 0);
        auto const refused = sh.relata({"apply", "--url", url + "&mode=ro"});
        CHECK(refused.code == 1);
        CHECK(has(refused.err, "RL-E018 read_only"));
        CHECK(has(refused.err, "the file and its folder can be written"));
        return;
    }
    auto const url = test::support().make(1);
    reader const somebody(url);
    auto const theirs = url_of("relata_reader:s3cret", url);
    sh.files.write("wanted.sql", "create table u (x integer not null primary key);");
    REQUIRE(sh.relata(with_dev({"new", "first", "--to", "wanted.sql"})).code == 0);
    auto const refused = sh.relata({"apply", "--url", theirs});
    CHECK(refused.code == 1);
    CHECK(has(refused.err, "RL-E017 permission_denied"));
    CHECK(has(refused.err, test::on("postgresql")
                               ? "the right CREATE or USAGE on schema public is missing: grant it"
                               : "the right to CREATE is missing: grant it to 'relata_reader'@"));
    CHECK_FALSE(has(refused.err, "s3cret"));
    CHECK(test::inspect(url).tables.empty());
    CHECK(sh.relata({"status", "--url", theirs, "--exit-code"}).code == 2);
    auto const json = sh.relata({"diff", "empty", "wanted.sql", "--dev", theirs, "--json"});
    CHECK(json.code == 1);
    CHECK(has(json.err, R"("hint":"the right )"));
    CHECK_FALSE(has(json.err, "s3cret"));
}

TEST_CASE("command: a server that does not answer is named by host and port") {
    shell const sh;
    if (test::on("sqlite")) {
        auto const missing = sh.relata({"status", "--url", "sqlite:none/x.db"});
        CHECK(missing.code == 1);
        CHECK(has(missing.err, "database_not_found"));
        return;
    }
    auto const scheme = test::on("postgresql") ? "postgresql" : "mysql";
    auto const closed = std::string(scheme) + "://user:s3cret@127.0.0.1:1/x";
    for (auto const& arguments : {std::vector<std::string>{"inspect", closed},
                                  {"status", "--url", closed, "--folder", "."},
                                  {"diff", "empty", "empty", "--dev", closed}}) {
        auto const refused = sh.relata(arguments);
        CHECK(refused.code == 1);
        CHECK(has(refused.err, "RL-E007 connection_failed: no server answers at this address "
                               "(127.0.0.1:1)"));
        CHECK(has(refused.err, "check host and port"));
        CHECK_FALSE(has(refused.err, "s3cret"));
    }
    auto const socket = sh.relata({"inspect", std::string(scheme) + "://user:s3cret@%2Fnowhere/x"});
    CHECK(has(socket.err, "at this address (/nowhere)"));
    auto const ipv6 = sh.relata({"inspect", std::string(scheme) + "://user:s3cret@[::1]:1/x"});
    CHECK(has(ipv6.err, "at this address ([::1]:1)"));
    auto const unknown = sh.relata({"inspect", test::back_end_url() + "_none"});
    CHECK(unknown.code == 1);
    CHECK(has(unknown.err, "database_not_found: the server has no such database (127.0.0.1:"));
}
