// SPDX-License-Identifier: BSL-1.0
#include "conformance/broken/faults.hpp"
#include "conformance/program.hpp"

#include "conformance/case.hpp"

#include <catch2/catch.hpp>

#include <cctype>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

using namespace relata::conformance;
using kit_tests::folder;
using kit_tests::run_broken;
using kit_tests::run_kit;

namespace {

bool says(std::string const& output, std::string_view text) {
    return output.find(text) != output.npos;
}

// How the line of a failed case begins.
std::string failed(std::string id) {
    id.resize(8, ' ');
    return id + " failed";
}

void is_found(broken::fault const& f, std::string const& url, char const* seconds_factor) {
    INFO(f.name << " on " << f.back_end);
    auto const with = url + (says(url, "?") ? "&" : "?") + "fault=" + std::string(f.name);
    auto const got =
        run_broken({"--url", with, "--case", f.found_by, "--seconds-factor", seconds_factor});
    INFO(got.output);
    CHECK(got.code == 1);
    CHECK(says(got.output, failed(f.found_by)));
    CHECK(says(got.output, f.said));
    CHECK(says(got.output, " not applicable; "));  // the last line: the run came to its end
}

// The address of the usual database of a back end, "" where there is none.
std::string address_of(std::string_view back_end) {
    auto variable = "RELATA_TEST_" + std::string(back_end);
    for (auto& c : variable) c = char(std::toupper(static_cast<unsigned char>(c)));
    char const* const found = std::getenv(variable.c_str());
    return found && *found ? "broken+" + std::string(found) : "";
}

}  // namespace

TEST_CASE("conformance kit: finds every planted fault and goes on") {
    folder const here;
    for (auto const& f : broken::all_faults())
        is_found(f, "broken:" + here.path() + "/t.db", "0.1");
    CHECK(broken::all_faults().size() >= 25);
}

TEST_CASE("conformance kit: finds planted faults in what the database decides on") {
    folder const here;
    for (auto const& f : broken::server_faults()) {
        auto const url =
            f.back_end == "sqlite" ? "broken:" + here.path() + "/t.db" : address_of(f.back_end);
        if (url.empty()) WARN("skipped: no " << f.back_end << " for the fault " << f.name);
        else is_found(f, url, "1");
    }
}

TEST_CASE("conformance kit: reports a wrong plug-in as the driver's failure") {
    folder const here;
    auto const url = "sqlite:" + here.path() + "/t.db";
    here.write("text.so", "this is no library");
    for (std::string const file : {"/none/there.so", "/etc", "/text.so"}) {
        auto const driver = file == "/text.so" ? here.path() + file : file;
        auto const got = run_kit({"--driver", driver, "--url", url});
        INFO(got.output);
        CHECK(got.code == 1);
        CHECK(says(got.output, failed("START")));
        CHECK(says(got.output, driver));
    }
    for (char const* name : {"old", "alien", "empty", "deaf", "silent"}) {
        auto const file = std::string(RELATA_TEST_PLUGINS) + "/relata_" + name + ".so";
        auto const got = run_kit({"--driver", file, "--url", url});
        INFO(got.output);
        CHECK(got.code == 1);
        CHECK(says(got.output, failed("START")));
        CHECK(says(got.output, file));
    }
    auto const unknown = run_kit({"--url", "oracle://there/x"});
    CHECK(unknown.code == 1);
    CHECK(says(unknown.output, "driver_not_found"));
}

TEST_CASE("conformance kit: tells mistakes on the command line") {
    for (auto const& arguments :
         std::vector<std::vector<std::string>>{{},
                                               {"--nonsense"},
                                               {"--url"},
                                               {"--url", "sqlite:x", "--report", "pdf"},
                                               {"--url", "sqlite:x", "--case", "XYZ-99"},
                                               {"--merge", "/none/there.json"},
                                               {"--merge", "/etc/passwd"},
                                               {"--list", "--report", "junit"}}) {
        auto const got = run_kit(arguments);
        INFO(got.output);
        CHECK(got.code == 2);
        CHECK_FALSE(got.output.empty());
    }
    CHECK(run_kit({"--help"}).code == 0);
}

TEST_CASE("conformance kit: every case has an id of a group, a whole sentence, and a function or a "
          "reason") {
    std::set<std::string> ids;
    for (auto const* each : all_cases()) {
        INFO(each->id);
        CHECK(group_of(each->id));
        CHECK(ids.insert(each->id).second);
        std::string_view const title = each->title;
        CHECK(title.size() > 20);
        CHECK(title.ends_with('.'));
        CHECK(title.find('\n') == title.npos);
        CHECK((each->run != nullptr) != (each->reason != nullptr));
    }
}

TEST_CASE("conformance kit: the same seed gives the same order, and every case runs once") {
    folder const here;
    auto const url = "sqlite:" + here.path() + "/t.db";
    auto const order = [&](char const* seed) {
        std::vector<std::string> ids;
        auto const got = run_kit({"--url", url, "--case", "EXE-*", "--case", "TXN-0*", "--random",
                                  seed, "--skip-faults"});
        for (std::size_t at = 0; at < got.output.size(); at = got.output.find('\n', at) + 1)
            if (got.output[at] != ' ') ids.push_back(got.output.substr(at, 7));
        return ids;
    };
    auto const once = order("7");
    CHECK(once == order("7"));
    CHECK(std::set(once.begin(), once.end()).size() == once.size());
}

TEST_CASE("conformance kit: every form of report tells each case") {
    folder const here;
    auto const url = "sqlite:" + here.path() + "/t.db";
    for (char const* form : {"text", "html", "json", "junit", "md"}) {
        INFO(form);
        auto const got = run_kit(
            {"--url", url, "--case", "EXE-06", "--report", form, "--out", here.path() + "/report"});
        CHECK(got.code == 0);
        CHECK(says(here.read("report"), "EXE-06"));
        CHECK(says(here.read("report"), "passed") != (form == std::string("junit")));
    }
}

TEST_CASE("conformance kit: merges runs into one matrix") {
    folder const here;
    for (char const* name : {"a", "b"})
        (void)run_broken({"--url", "broken:" + here.path() + "/t.db?fault=counts_nothing", "--case",
                          "EXE-06", "--report", "json", "--out", here.path() + "/" + name});
    auto const got = run_kit({"--merge", here.path() + "/a", here.path() + "/b", "--report", "html",
                              "--out", here.path() + "/m.html"});
    CHECK(got.code == 1);
    auto const page = here.read("m.html");
    CHECK(says(page, "<td class=\"failed\""));
    CHECK_FALSE(says(page, "http"));  // it needs nothing but itself
}
