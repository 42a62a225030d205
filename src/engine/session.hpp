// SPDX-License-Identifier: BSL-1.0
//
// A connection with its prepared statements. Used by one thread at a time.

#pragma once

#include <relata/driver/driver.hpp>
#include <relata/engine/log.hpp>
#include <relata/engine/run.hpp>
#include <relata/schema/model.hpp>

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace relata::engine {

class pool;

/// What all sessions of a database share.
struct session_options {
    unsigned cache_size = 256;  ///< statements that a session keeps prepared
    log_function log = nullptr;
    void* log_context = nullptr;
};

/// A prepared statement and all that a warm run needs.
struct cached_statement {
    std::unique_ptr<driver::statement> statement;
    std::vector<field> plan;           ///< of the rows, or of the object that is inserted
    std::vector<std::uint16_t> order;  ///< empty: the values are bound as they come
    std::vector<param> ordered;        ///< room for the values in that order
    std::string text;
    std::uint32_t id = 0;  ///< of the query type; 0: found by its text
    std::uint32_t stride = 0;
    std::uint64_t used = 0;        ///< tick of the last use
    bool busy = false;             ///< a result is open
    bool returns_key = false;      ///< an insert whose only row is the generated key
    std::uint32_t key_offset = 0;  ///< where the generated key goes in the object
    type_info const* key_type = nullptr;
    cached_statement* next = nullptr;  ///< another statement of the same query type
};

class session {
public:
    session(std::unique_ptr<driver::connection> connection, session_options const& options);
    ~session();
    session(session const&) = delete;
    session& operator=(session const&) = delete;

    /// The prepared statement of a query type, marked busy; prepares it on first use.
    cached_statement& statement(sql::query_info& query, param const* values, unsigned count) {
        auto const id = query.id.load();
        if (id < by_id_.size()) [[likely]] {
            if (auto* found = by_id_[id]; found && !found->busy) [[likely]] {
                found->used = ++tick_;
                found->busy = true;
                return *found;
            }
        }
        return prepare(query, values, count);
    }
    /// The prepared statement for a query whose text depends on its values, marked busy.
    cached_statement& dynamic_statement(sql::query_info& query, dialect::rendered const& text);

    /// Throws transaction_failed when an earlier error forbids to go on.
    void check_usable() const {
        if (failed_) [[unlikely]]
            refuse();
    }

    [[nodiscard]] driver::connection& connection() { return *connection_; }
    [[nodiscard]] session_options const& options() const { return options_; }

    /// Completes an error with what this side knows, and marks transaction and connection accordingly.
    [[noreturn]] void raise(error const& e, cached_statement const* statement,
                            sql::node const* tree);

    void set_failed(bool failed) { failed_ = failed; }
    [[nodiscard]] bool failed() const { return failed_; }
    void set_in_transaction(bool open) { in_transaction_ = open; }
    [[nodiscard]] bool in_transaction() const { return in_transaction_; }
    [[nodiscard]] bool dead() const { return dead_; }
    void set_dead() { dead_ = true; }
    void set_touched() { touched_ = true; }
    /// Something other than the verbs ran: the session may have to be reset before others use it.
    [[nodiscard]] bool touched() const { return touched_; }
    /// Makes the session ready for another user.
    void clean();

    std::int64_t returned_at = 0;  ///< coarse milliseconds, for the pool
    pool* home = nullptr;          ///< where it goes back to
    unsigned holders = 0;          ///< connections, transactions and streams that use it
    unsigned savepoints = 0;       ///< ever made in this transaction; numbers their names

private:
    cached_statement& prepare(sql::query_info& query, param const* values, unsigned count);
    cached_statement& build(sql::query_info& query, param const* values, unsigned count);
    cached_statement& finish_build(sql::query_info const& query,
                                   std::unique_ptr<cached_statement> made, std::string text,
                                   type_info const* const* types, unsigned count);
    void evict();
    [[noreturn]] void refuse() const;

    std::unique_ptr<driver::connection> connection_;
    session_options const& options_;
    std::vector<cached_statement*> by_id_;
    std::unordered_multimap<std::string, cached_statement*> by_text_;
    std::vector<std::unique_ptr<cached_statement>> statements_;
    std::uint64_t tick_ = 0;
    bool failed_ = false;
    bool in_transaction_ = false;
    bool dead_ = false;
    bool touched_ = false;
};

}  // namespace relata::engine
