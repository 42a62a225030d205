// SPDX-License-Identifier: BSL-1.0

#include <relata/migrate/tenants.hpp>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>
#include <thread>

namespace relata::migrate {

namespace {

using clock = std::chrono::steady_clock;
using state = tenant_result::state;

[[noreturn]] void refuse_tenants(std::string const& why) {
    error_info info;
    info.kind = error_kind::invalid_argument;
    info.outcome = outcome::not_sent;
    info.message = why + "; nothing was done";
    throw error(std::move(info));
}

// Two of one database would wait for each other's lock.
void demand_different(std::vector<tenant> const& all) {
    std::set<std::string> names;
    std::set<std::string> urls;
    for (auto const& each : all) {
        if (!names.insert(each.name).second) refuse_tenants("two tenants are called " + each.name);
        if (!urls.insert(each.url).second)
            refuse_tenants("the tenant " + each.name + " has the URL of another one");
    }
}

class crew {
public:
    using work = std::vector<std::string> (*)(void*, tenant const&, database const&);

    crew(std::vector<tenant> const& all, tenants_options const& options, work f, void* context)
        : all_(all), options_(options), work_(f), context_(context), results_(all.size()) {
        for (std::size_t i = 0; i < all.size(); ++i) results_[i].name = all[i].name;
    }

    std::vector<tenant_result> run() {
        auto const count = std::min(options_.at_once, all_.size());
        std::vector<std::thread> others;
        try {
            for (std::size_t i = 1; i < count; ++i) others.emplace_back([this] { work_on(); });
        } catch (std::system_error const&) {
            // fewer threads do it too
        }
        work_on();
        for (auto& each : others) each.join();
        if (mistake_) std::rethrow_exception(mistake_);
        return std::move(results_);
    }

private:
    void work_on() noexcept {
        for (std::size_t i; !stop_ && (i = next_++) < all_.size();) {
            try {
                serve(all_[i], results_[i]);
            } catch (...) {
                std::lock_guard const guard(one_at_a_time_);
                if (!mistake_) mistake_ = std::current_exception();
                stop_ = true;
            }
        }
    }

    void serve(tenant const& which, tenant_result& result) {
        tell([&](tenants_observer& to) { to.tenant_started(which); });
        auto const start = clock::now();
        try {
            result.told = work_(context_, which, open(which.url));
            result.is = state::done;
        } catch (error const& e) {
            result.why = e;
            result.is = state::failed;
        }
        result.took = std::chrono::duration_cast<std::chrono::milliseconds>(clock::now() - start);
        if (result.is == state::failed && ++failed_ == options_.stop_after) stop_ = true;
        tell([&](tenants_observer& to) { to.tenant_finished(result, ++finished_, all_.size()); });
    }

    template <class F> void tell(F f) {
        std::lock_guard const guard(one_at_a_time_);
        if (options_.observer) f(*options_.observer);
    }

    std::vector<tenant> const& all_;
    tenants_options const& options_;
    work work_;
    void* context_;
    std::vector<tenant_result> results_;
    std::atomic<std::size_t> next_{0};
    std::atomic<std::size_t> failed_{0};
    std::atomic<bool> stop_{false};
    std::mutex one_at_a_time_;
    std::size_t finished_ = 0;
    std::exception_ptr mistake_;
};

}  // namespace

tenants_observer::~tenants_observer() = default;
void tenants_observer::tenant_started(tenant const&) {}
void tenants_observer::tenant_finished(tenant_result const&, std::size_t, std::size_t) {}

std::string_view name_of(tenant_result::state is) noexcept {
    return is == state::done ? "done" : is == state::failed ? "failed" : "not begun";
}

std::vector<tenant_result> detail::run_for_tenants(std::vector<tenant> const& all,
                                                   tenants_options const& options, crew::work work,
                                                   void* context) {
    if (options.at_once == 0) refuse_tenants("no tenants at once means that none is worked on");
    demand_different(all);
    return crew(all, options, work, context).run();
}

}  // namespace relata::migrate
