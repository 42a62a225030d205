// SPDX-License-Identifier: BSL-1.0
//
// The statement cache. A warm query finds its statement by the number of its type; the cold path
// renders the tree, prepares the text and builds the plan, once per query type and connection.
//
// Path of a query, step 3 of 5, continued. Before: src/engine/run.cpp. Next: relata/driver/driver.hpp.

#include "engine/session.hpp"

#include "engine/diagnose.hpp"
#include "engine/plan.hpp"

#include <algorithm>
#include <atomic>

namespace relata::engine {
namespace {

std::uint32_t number_of(sql::query_info& query) {
    static std::atomic<std::uint32_t> next{1};
    auto const id = query.id.load();
    if (id != 0) return id;
    auto const fresh = next.fetch_add(1);
    return query.id.set_once(fresh);
}

// An insert of an object with a generated key tells the key in the way of its database.
void plan_generated_key(cached_statement& to, sql::query_info const& query) {
    if (!query.inserts_object || query.tree->kind != sql::op::insert) return;
    auto const& table = schema::model_of(query.row.table());
    int const key = table.generated_key();
    if (key < 0) return;
    auto const& column = table.columns[unsigned(key)];
    to.key_type = column.type;
    to.key_offset = column.offset;
}

// The columns of hand-written SQL are known to the database only.
void check_columns(sql::query_info const& query, cached_statement const& made) {
    if (query.row.form == sql::row_form::none) return;
    auto const have = made.statement->columns();
    auto const wanted = result_columns(made.plan);
    if (have == wanted || have == driver::statement::unknown_columns) return;
    fail(error_kind::type_mismatch, "hand-written SQL gives " + std::to_string(have) +
                                        " columns, and the program reads " +
                                        std::to_string(wanted));
}

}  // namespace

session::session(std::unique_ptr<driver::connection> connection, session_options const& options)
    : connection_(std::move(connection)), options_(options) {}

session::~session() {
    statements_.clear();  // before their connection
}

void session::refuse() const {
    error_info info;
    info.kind = error_kind::transaction_failed;
    info.outcome = outcome::not_sent;
    info.transaction = transaction_state::failed;
    info.retry = retry_advice::transaction;
    info.message = "an earlier error has ended this transaction";
    throw error(std::move(info));
}

cached_statement& session::prepare(sql::query_info& query, param const* values, unsigned count) {
    auto const id = number_of(query);
    if (id < by_id_.size())
        for (auto* c = by_id_[id]; c; c = c->next)
            if (!c->busy) {
                c->used = ++tick_;
                c->busy = true;
                return *c;
            }
    auto& made = build(query, values, count);
    made.id = id;
    if (id >= by_id_.size()) by_id_.resize(id + 16);
    made.next = by_id_[id];
    by_id_[id] = &made;
    return made;
}

cached_statement& session::build(sql::query_info& query, param const* values, unsigned count) {
    auto made = std::make_unique<cached_statement>();
    plan_generated_key(*made, query);
    made->returns_key =
        made->key_type && connection_->can().key == driver::generated_key::returning;
    dialect::source const source{query.tree, values, count, nullptr, 0, made->returns_key};
    auto text = dialect::render(source, connection_->spelling());
    made->plan = build_plan(query);
    made->stride = query.row.size;
    if (!text.straight) {
        made->order = std::move(text.order);
        made->ordered = std::move(text.values);
    }
    return finish_build(query, std::move(made), std::move(text.text), text.types.data(),
                        unsigned(text.types.size()));
}

cached_statement& session::finish_build(sql::query_info const& query,
                                        std::unique_ptr<cached_statement> made, std::string text,
                                        type_info const* const* types, unsigned count) {
    made->text = std::move(text);
    try {
        made->statement = connection_->prepare(made->text, types, count);
        if (query.tree->kind == sql::op::raw) check_columns(query, *made);
    } catch (error const& e) {
        raise(e, made.get(), nullptr);
    }
    made->used = ++tick_;
    made->busy = true;
    if (statements_.size() >= options_.cache_size) evict();
    statements_.push_back(std::move(made));
    return *statements_.back();
}

cached_statement& session::dynamic_statement(sql::query_info& query,
                                             dialect::rendered const& text) {
    auto const id = number_of(query);
    std::string key =
        text.text + '#' + std::to_string(id);  // the same text may fill another struct
    auto const [first, last] = by_text_.equal_range(key);
    for (auto i = first; i != last; ++i)
        if (!i->second->busy) {
            i->second->used = ++tick_;
            i->second->busy = true;
            return *i->second;
        }
    auto made = std::make_unique<cached_statement>();
    made->plan = build_plan(query);
    made->stride = query.row.size;
    auto& kept = finish_build(query, std::move(made), text.text, text.types.data(),
                              unsigned(text.types.size()));
    by_text_.emplace(std::move(key), &kept);
    return kept;
}

// The statement that was not used for longest leaves; one that is open stays.
void session::evict() {
    auto oldest = statements_.end();
    for (auto i = statements_.begin(); i != statements_.end(); ++i)
        if (!(*i)->busy && (oldest == statements_.end() || (*i)->used < (*oldest)->used))
            oldest = i;
    if (oldest == statements_.end()) return;
    cached_statement* const gone = oldest->get();
    if (gone->id) {
        for (auto** link = &by_id_[gone->id]; *link; link = &(*link)->next)
            if (*link == gone) {
                *link = gone->next;
                break;
            }
    } else {
        std::erase_if(by_text_, [&](auto const& entry) { return entry.second == gone; });
    }
    statements_.erase(oldest);
}

void session::raise(error const& e, cached_statement const* statement, sql::node const* tree) {
    error_info info = e.info();
    if (statement && info.statement.empty()) info.statement = statement->text;
    complete_names(info, tree);
    if (!info.connection_usable) dead_ = true;
    bool const asks_only =
        info.kind == error_kind::not_found || info.kind == error_kind::too_many_rows;
    if (asks_only && !in_transaction_) info.transaction = transaction_state::none;
    if (in_transaction_ && !asks_only && info.kind != error_kind::transaction_failed) {
        failed_ = true;
        if (info.transaction == transaction_state::open ||
            info.transaction == transaction_state::none)
            info.transaction = info.transaction == transaction_state::open
                                   ? transaction_state::failed
                                   : transaction_state::rolled_back;
        if (info.retry == retry_advice::statement) info.retry = retry_advice::transaction;
    }
    // what was sent and not answered may have been done: whether to repeat it is the program's choice
    if (info.kind == error_kind::connection_lost && info.outcome == outcome::unknown &&
        !in_transaction_)
        info.retry = retry_advice::no;
    throw error(std::move(info));
}

void session::clean() {
    failed_ = false;
    in_transaction_ = false;
    savepoints = 0;
    if (!touched_ || dead_) return;
    try {
        connection_->reset();
        touched_ = false;
    } catch (error const&) {
        dead_ = true;  // the pool makes a new one
    }
}

}  // namespace relata::engine
