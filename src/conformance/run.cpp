// SPDX-License-Identifier: BSL-1.0

#include <relata/conformance/run.hpp>

#include "conformance/options.hpp"
#include "conformance/report.hpp"

#include <relata/core/error.hpp>
#include <relata/driver/registry.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>

#include <fnmatch.h>
#include <unistd.h>

namespace relata::conformance {
namespace {

bool matches(case_entry const& c, std::string const& pattern) {
    auto const* group = group_of(c.id);
    if (group && (pattern == std::string_view(&group->letter, 1) || pattern == group->prefix))
        return true;
    return ::fnmatch(pattern.c_str(), c.id, 0) == 0;
}

std::vector<case_entry const*> chosen(options const& o) {
    std::vector<case_entry const*> out;
    for (auto const* each : all_cases()) {
        bool const wanted = o.patterns.empty() || std::any_of(o.patterns.begin(), o.patterns.end(),
                                                              [&](auto const& pattern) {
                                                                  return matches(*each, pattern);
                                                              });
        if (wanted && !(o.skip_faults && each->fault)) out.push_back(each);
    }
    // that case always runs, and may be all that is asked for
    bool const start = std::ranges::find(o.patterns, start_case().id) != o.patterns.end();
    if (out.empty() && !start)
        fail(error_kind::invalid_argument, "no case matches; --list shows them all");
    if (o.random) {
        std::mt19937_64 source(*o.random);
        std::shuffle(out.begin(), out.end(), source);
    }
    return out;
}

target target_of(options const& o) {
    target at{o.driver, o.url, "plug-in", o.seconds_factor};
    if (at.driver.find('/') != at.driver.npos) {
        at.driver = std::filesystem::absolute(at.driver).lexically_normal().string();
        return at;
    }
    auto const scheme = o.url.substr(0, o.url.find(':'));
    for (auto const* each : driver::known()) {
        bool linked = each->name == at.driver;
        for (auto const* s = each->schemes; at.driver.empty() && *s; ++s) linked |= scheme == *s;
        if (linked) at.transport = "linked";
    }
    return at;
}

// What is said while it runs: the text report itself, or on a terminal how far it is.
class progress {
public:
    progress(options const& o, std::size_t cases)
        : lines_(o.report == "text" && o.out.empty()), cases_(cases),
          bar_(!lines_ && ::isatty(STDERR_FILENO) != 0) {}
    void ended(verdict const& v) {
        ++done_;
        if (lines_) {
            std::fputs(line_of(v).c_str(), stdout);
            std::fflush(stdout);
        } else if (bar_) {
            std::fprintf(stderr, "\r%zu of %zu: %-12s", done_, cases_, v.id.c_str());
        }
    }
    ~progress() {
        if (bar_) std::fputc('\n', stderr);
    }

private:
    bool lines_;
    std::size_t cases_;
    bool bar_;
    std::size_t done_ = 0;
};

std::vector<verdict> run_cases(options const& o) {
    auto const cases = chosen(o);
    auto const at = target_of(o);
    std::vector<verdict> run;
    progress told(o, cases.size() + 1);
    auto const start = run_case(at, start_case());
    auto const keep = [&](verdict v) {
        v.driver = start.driver.empty() ? at.driver : start.driver;
        v.server = start.server;
        told.ended(v);
        run.push_back(std::move(v));
    };
    keep(start);
    // without a connection every case would say the same again
    if (start.result == result::failed) return run;
    for (auto const* each : cases) keep(run_case(at, *each));
    return run;
}

std::string render(options const& o, std::vector<verdict> const& run) {
    if (o.report == "json") return json_report(run);
    if (o.report == "junit") return junit_report(run);
    if (o.report == "md") return markdown_report(run);
    if (o.report == "html") return html_report(run);
    return text_report(run);
}

std::string render_list(options const& o) {
    auto const cases = chosen(o);
    if (o.report == "json") return list_json(cases);
    if (o.report == "md") return list_markdown(cases);
    if (o.report == "text") return list_text(cases);
    fail(error_kind::invalid_argument, "the list comes as text, json or md");
}

void write(options const& o, std::string const& text) {
    if (o.out.empty()) {
        std::fputs(text.c_str(), stdout);
        return;
    }
    std::ofstream file(o.out, std::ios::binary);
    file << text;
    if (!file.flush()) fail(error_kind::invalid_argument, fmt::format("cannot write {}", o.out));
}

int run(options const& o) {
    if (o.list) {
        write(o, render_list(o));
        return 0;
    }
    std::vector<verdict> verdicts;
    for (auto const& file : o.merge) {
        auto const part = read_json(file);
        verdicts.insert(verdicts.end(), part.begin(), part.end());
    }
    if (o.merge.empty()) verdicts = run_cases(o);
    bool const was_told = o.merge.empty() && o.report == "text" && o.out.empty();
    write(o, was_told ? summary_of(verdicts) : render(o, verdicts));
    return count(verdicts).failed > 0 ? 1 : 0;
}

}  // namespace

int main(int argc, char const* const* argv) noexcept {
    try {
        auto const parsed = parse_options(argc, argv);
        return parsed.exit_code ? *parsed.exit_code : run(parsed.values);
    } catch (error const& e) {
        std::fprintf(stderr, "relata-conformance: %s\n", e.message().c_str());
    } catch (std::exception const& e) {
        std::fprintf(stderr, "relata-conformance: %s\n", e.what());
    }
    return 2;
}

}  // namespace relata::conformance
