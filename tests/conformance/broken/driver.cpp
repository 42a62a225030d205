// SPDX-License-Identifier: BSL-1.0
//
// A driver "broken" around that for SQLite: broken:FILE?fault=NAME makes the mistake NAME. Around others
// it is broken+postgresql://… and broken+mysql://….

#include "conformance/broken/faults.hpp"

#include <relata/conformance/run.hpp>
#include <relata/driver/registry.hpp>
#include <relata/sqlite.hpp>

#include <utility>
#include <vector>

namespace broken {
namespace {

using namespace relata;

void meet(fault const& f, std::string_view name) {
    if (f.call) f.call(name);
}

std::string_view call_for(fault const& f, std::string_view name) {
    meet(f, name);
    return f.instead ? f.instead(name) : name;
}

// Makes a call, and spoils what comes out of it as an error.
template <class Action> auto spoiled(fault const& f, std::string_view name, Action&& action) {
    if (!f.raised) return action();
    try {
        return action();
    } catch (error const& e) {
        auto info = e.info();
        f.raised(name, info);
        throw error(std::move(info));
    }
}

class statement : public driver::statement {
public:
    statement(std::unique_ptr<driver::statement> real, fault const& f, unsigned& executions)
        : real_(std::move(real)), fault_(f), executions_(executions) {}

    void execute(param const* values, unsigned count) override {
        if (call_for(fault_, "execute").empty()) return;
        mine_ = ++executions_;
        std::vector<param> changed(values, values + count);
        if (fault_.bound)
            for (auto& p : changed) fault_.bound(p);
        spoiled(fault_, "execute", [&] { real_->execute(changed.data(), count); });
    }
    void execute_from(field const* plan, unsigned count, void const* object) override {
        meet(fault_, "execute_from");
        mine_ = ++executions_;
        spoiled(fault_, "execute_from", [&] { real_->execute_from(plan, count, object); });
    }
    bool ready() override {
        return spoiled(fault_, "ready", [&] { return real_->ready(); });
    }
    std::size_t fetch(field const* plan, unsigned fields, void* rows, std::size_t stride,
                      std::size_t max) override {
        meet(fault_, "fetch");
        if (fault_.one_result && mine_ != executions_) return 0;
        auto const got =
            spoiled(fault_, "fetch", [&] { return real_->fetch(plan, fields, rows, stride, max); });
        for (std::size_t r = 0; fault_.fetched && r < got; ++r)
            for (unsigned i = 0; i < fields; ++i)
                fault_.fetched(plan[i], static_cast<char*>(rows) + r * stride + plan[i].offset);
        return got;
    }
    void finish() noexcept override {
        if (!call_for(fault_, "finish").empty()) real_->finish();
    }
    std::int64_t affected() override {
        auto const rows = real_->affected();
        return fault_.affected ? fault_.affected(rows) : rows;
    }
    std::int64_t last_id() override { return real_->last_id(); }
    unsigned columns() override { return real_->columns(); }
    std::string column_name(unsigned column) override { return real_->column_name(column); }

private:
    std::unique_ptr<driver::statement> real_;
    fault const& fault_;
    unsigned& executions_;  // of the connection
    unsigned mine_ = 0;
};

class connection : public driver::connection {
public:
    connection(std::unique_ptr<driver::connection> real, fault const& f)
        : real_(std::move(real)), fault_(f) {}
    ~connection() override { meet(fault_, "disconnect"); }

    dialect::dialect const& spelling() const noexcept override { return real_->spelling(); }
    driver::capabilities const& can() const noexcept override { return real_->can(); }

    std::unique_ptr<driver::statement> prepare(std::string_view sql, type_info const* const* types,
                                               unsigned count) override {
        if (call_for(fault_, "prepare").empty()) return nullptr;
        if (fault_.reads) fault_.reads(sql);
        return spoiled(fault_, "prepare", [&] {
            return std::make_unique<statement>(real_->prepare(sql, types, count), fault_,
                                               executions_);
        });
    }
    void script(std::string_view sql) override {
        meet(fault_, "script");
        if (fault_.reads) fault_.reads(sql);
        spoiled(fault_, "script", [&] { real_->script(sql); });
    }
    std::int64_t bulk_insert(driver::bulk_target const& target, field const* plan, unsigned fields,
                             driver::row_source rows) override {
        meet(fault_, "bulk_insert");
        return real_->bulk_insert(target, plan, fields, rows);
    }
    void begin(isolation level, bool read_only) override {
        if (call_for(fault_, "begin").empty()) return;
        spoiled(fault_, "begin", [&] { real_->begin(level, read_only); });
    }
    void commit() override { end("commit"); }
    void rollback() override { end("rollback"); }
    void savepoint(std::string_view name) override {
        if (!call_for(fault_, "savepoint").empty()) real_->savepoint(name);
    }
    void release(std::string_view name) override {
        if (!call_for(fault_, "release").empty()) real_->release(name);
    }
    void rollback_to(std::string_view name) override {
        auto const call = call_for(fault_, "rollback_to");
        if (call == "rollback_to") real_->rollback_to(name);
        if (call == "release") real_->release(name);
    }
    transaction_state transaction() noexcept override {
        auto const call = call_for(fault_, "transaction");
        return call.empty() ? transaction_state::none : real_->transaction();
    }
    bool alive(bool ask_server) noexcept override { return real_->alive(ask_server); }
    void reset() override {
        if (!call_for(fault_, "reset").empty()) real_->reset();
    }
    void cancel() noexcept override {
        if (!call_for(fault_, "cancel").empty()) real_->cancel();
    }
    void* native() noexcept override { return real_->native(); }

private:
    void end(std::string_view name) {
        auto const call = call_for(fault_, name);
        spoiled(fault_, name, [&] {
            if (call == "commit") real_->commit();
            if (call == "rollback") real_->rollback();
        });
    }

    std::unique_ptr<driver::connection> real_;
    fault const& fault_;
    unsigned executions_ = 0;
};

fault const& find(std::string_view wanted) {
    for (auto const& list : {all_faults(), server_faults()})
        for (auto const& f : list)
            if (f.name == wanted) return f;
    fail(error_kind::invalid_url, "there is no such fault");
}

// "broken" is around sqlite, "broken+x" around x.
std::unique_ptr<driver::connection> connect(driver::address const& where) {
    auto const& f = find(where.option("fault"));
    auto to = where;
    auto const plus = where.scheme.find('+');
    to.scheme = plus == where.scheme.npos ? "sqlite" : where.scheme.substr(plus + 1);
    std::erase_if(to.options, [](auto const& option) { return option.first == "fault"; });
    if (call_for(f, "connect").empty()) return nullptr;
    return std::make_unique<connection>(driver::find(to.scheme).connect(to), f);
}

constexpr char const* schemes[] = {"broken", "broken+postgresql", "broken+mysql", nullptr};
constexpr char const* options[] = {"fault", "statement_timeout", "busy_timeout", nullptr};
constexpr driver::entry entry{driver::interface_version,
                              driver::abi_tag,
                              "broken",
                              schemes,
                              options,
                              "a driver with a mistake",
                              "",
                              &connect};

}  // namespace
}  // namespace broken

int main(int argc, char** argv) {
    relata::driver::add(broken::entry);
    return relata::conformance::main(argc, argv);
}
