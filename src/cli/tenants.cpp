// SPDX-License-Identifier: BSL-1.0

#include "cli/tenants.hpp"

#include <algorithm>

namespace relata::cli {

namespace {

using migrate::tenant_result;
using state = tenant_result::state;

class told : public migrate::tenants_observer {
public:
    explicit told(session const& s) : s_(s) {}

    void tenant_started(migrate::tenant const& which) override {
        if (s_.out.json()) s_.out.event({{"event", "tenant_started"}, {"tenant", which.name}});
    }
    void tenant_finished(tenant_result const& what, std::size_t finished,
                         std::size_t all) override {
        if (!s_.out.json())
            return s_.out.note('[' + std::to_string(finished) + '/' + std::to_string(all) + "] " +
                               what.name + ' ' + std::string(name_of(what.is)));
        event(s_, what);
    }

    static void event(session const& s, tenant_result const& what) {
        std::vector<member> members{{"event", "tenant"},
                                    {"tenant", what.name},
                                    {"state", name_of(what.is)},
                                    {"told", what.told},
                                    {"milliseconds", what.took.count()}};
        if (what.why) {
            members.emplace_back("code", code_of(what.why->kind()));
            members.emplace_back("exit_code", static_cast<int>(exit_code_of(*what.why)));
        }
        s.out.event(members);
    }

private:
    session const& s_;
};

std::string padded(std::string text, std::size_t to) {
    text.resize(std::max(text.size(), to), ' ');
    return text;
}

void show(session const& s, tenant_result const& each, std::size_t width,
          tenant_words const& words) {
    constexpr std::size_t longest = 10;  // "not begun "
    auto const c = each.is == state::done     ? color::green
                   : each.is == state::failed ? color::red
                                              : color::yellow;
    auto const is = s.out.in(c, padded(std::string(name_of(each.is)), longest));
    auto const more = each.is == state::done ? words(each.told)
                      : each.why
                          ? code_of(each.why->kind()) + ' ' + std::string(name_of(each.why->kind()))
                          : std::string();
    auto line = padded(each.name, width) + "  " + is + more;
    line.erase(line.find_last_not_of(' ') + 1);
    s.out.line(line);
}

void show_all(session const& s, std::vector<tenant_result> const& results,
              tenant_words const& words) {
    std::size_t width = 0;
    for (auto const& each : results) width = std::max(width, each.name.size());
    for (auto const& each : results) {
        if (!s.out.json()) show(s, each, width, words);
        else if (each.is == state::not_begun) told::event(s, each);
    }
    for (auto const& each : results)
        if (each.why) s.out.tell(*each.why, each.name);
}

}  // namespace

void add_tenants_flags(command& of, tenants_flags& to) {
    of.value("--tenants", to.file, "file with a tenant on each line: NAME, or NAME and URL")
        .shown_as("FILE");
    of.value("--at-once", to.at_once, "tenants that are worked on at a time").shows_default();
    of.value("--stop-after", to.stop_after,
             "failures after which no further tenant is begun; 0: all are")
        .shows_default();
}

int work_for_all(session const& s, std::vector<migrate::tenant> const& all, tenants_flags const& f,
                 tenant_words const& words, tenant_work const& work) {
    told observer(s);
    auto const results = migrate::for_each_tenant(all, work, {f.at_once, f.stop_after, &observer});
    show_all(s, results, words);
    auto const count = [&](state is) {
        return std::count_if(results.begin(), results.end(),
                             [&](auto const& each) { return each.is == is; });
    };
    auto const failures = count(state::failed);
    if (s.out.json())
        s.out.event({{"event", "tenants"},
                     {"done", count(state::done)},
                     {"failed", failures},
                     {"not_begun", count(state::not_begun)}});
    else
        s.out.line(std::to_string(results.size()) +
                   (results.size() == 1 ? " tenant: " : " tenants: ") +
                   std::to_string(count(state::done)) + " done, " + std::to_string(failures) +
                   " failed, " + std::to_string(count(state::not_begun)) + " not begun");
    return failures == 0 ? done : some_failed;
}

}  // namespace relata::cli
