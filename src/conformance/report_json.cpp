// SPDX-License-Identifier: BSL-1.0
//
// Reports for other programs, and for merging.

#include "conformance/report.hpp"

#include <relata/core/error.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace relata::conformance {
namespace {

using ordered_json = nlohmann::ordered_json;

std::string dump(ordered_json const& what) {
    return what.dump(1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

result result_named(std::string const& name) {
    for (auto const r : {result::passed, result::declared, result::failed, result::not_applicable})
        if (name_of(r) == name) return r;
    fail(error_kind::invalid_argument, "a report has a result of an unknown name");
}

verdict verdict_of(ordered_json const& from) {
    verdict v;
    v.driver = from.at("driver");
    v.transport = from.at("transport");
    v.server = from.value("server", "");
    v.id = from.at("case");
    v.title = from.value("title", "");
    v.result = result_named(from.at("result"));
    v.checks = from.value("checks", std::uint64_t{0});
    v.capability = from.value("capability", "");
    v.detail = from.value("detail", "");
    v.seconds = from.value("seconds", 0.0);
    return v;
}

}  // namespace

std::string json_report(std::vector<verdict> const& run) {
    ordered_json all = ordered_json::array();
    for (auto const& v : run)
        all.push_back({{"driver", v.driver},
                       {"transport", v.transport},
                       {"server", v.server},
                       {"case", v.id},
                       {"title", v.title},
                       {"result", name_of(v.result)},
                       {"checks", v.checks},
                       {"capability", v.capability},
                       {"detail", v.detail},
                       {"seconds", v.seconds}});
    return dump(all);
}

std::vector<verdict> read_json(std::string const& file) {
    std::ifstream in(file);
    try {
        std::vector<verdict> run;
        for (auto const& each : ordered_json::parse(in)) run.push_back(verdict_of(each));
        return run;
    } catch (ordered_json::exception const&) {
        fail(error_kind::invalid_argument,
             fmt::format("{} is no JSON report of this program", file));
    }
}

std::string list_json(std::vector<case_entry const*> const& cases) {
    ordered_json all = ordered_json::array();
    for (auto const* each : cases)
        all.push_back({{"case", each->id},
                       {"title", each->title},
                       {"applies", each->run != nullptr},
                       {"reason", each->reason ? each->reason : ""},
                       {"seconds", each->seconds},
                       {"fault", each->fault}});
    return dump(all);
}

}  // namespace relata::conformance
