// SPDX-License-Identifier: BSL-1.0
/// \file
/// The same work in many databases: one for each tenant, be it a file, a database of a server, or a schema of
/// PostgreSQL (`?search_path=`).
///
///     auto const all = relata::migrate::for_each_tenant(tenants, [&](auto const&, auto const& db) {
///         return relata::migrate::apply(db, migrations);
///     });
///
/// Each tenant has its own history, so that to run it again is to go on with those that are not done yet.
#pragma once

#include <relata/core/error.hpp>
#include <relata/engine/database.hpp>
#include <relata/types/time.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace relata::migrate {

/// One of many databases.
struct tenant {
    std::string name;  ///< for people
    std::string url;
};

/// What became of a tenant.
struct tenant_result {
    enum class state : std::uint8_t {
        done,
        failed,
        not_begun,  ///< because of others that failed before
    };
    std::string name;
    state is = state::not_begun;
    std::vector<std::string> told;  ///< what the work returned, such as the ids that apply applied
    std::optional<error> why;       ///< it failed
    std::chrono::milliseconds took{0};
};
/// The word for it: "done", "failed" or "not begun".
[[nodiscard]] RELATA_EXPORT std::string_view name_of(tenant_result::state state) noexcept;

/// Is told what happens, by the thread that works for the tenant; calls wait for each other.
class RELATA_EXPORT tenants_observer {
public:
    virtual ~tenants_observer();
    virtual void tenant_started(tenant const& which);
    /// `finished` of `all` tenants are done or failed, this one among them.
    virtual void tenant_finished(tenant_result const& what, std::size_t finished, std::size_t all);
};

struct tenants_options {
    std::size_t at_once = 4;     ///< at most so many are worked on at a time, at least 1
    std::size_t stop_after = 0;  ///< no further one is begun after so many failures; 0: all are
    tenants_observer* observer = nullptr;
};

namespace detail {

/// \param work  throws, or returns what is to be told; called by several threads at once
[[nodiscard]] RELATA_EXPORT std::vector<tenant_result>
run_for_tenants(std::vector<tenant> const& all, tenants_options const& options,
                std::vector<std::string> (*work)(void*, tenant const&, database const&),
                void* context);

}  // namespace detail

/// Opens the database of each tenant and calls work(tenant, database), which returns what is to be told of it
/// (std::vector<std::string>) or nothing. The work is called by several threads at once, and a relata::error
/// that it throws, or that opening the database does, makes this tenant `failed`; another exception begins no
/// further tenant, and leaves when those that are worked on are done.
/// \param tenants  a range of tenants
/// \return one result for each, in their order
/// Throws invalid_argument, before anything is done, for two tenants of one name or URL, and for at_once 0.
template <class Tenants, class Work>
std::vector<tenant_result> for_each_tenant(Tenants const& tenants, Work&& work,
                                           tenants_options const& options = {}) {
    std::vector<tenant> all;
    for (auto const& each : tenants) all.push_back(each);
    using worker = std::remove_reference_t<Work>;
    auto const call = [](void* context, tenant const& which,
                         database const& in) -> std::vector<std::string> {
        auto& f = *static_cast<worker*>(context);
        if constexpr (std::is_void_v<decltype(f(which, in))>) {
            f(which, in);
            return {};
        } else {
            return f(which, in);
        }
    };
    return detail::run_for_tenants(all, options, call,
                                   const_cast<void*>(static_cast<void const*>(&work)));
}

}  // namespace relata::migrate
