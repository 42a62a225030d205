// SPDX-License-Identifier: BSL-1.0
// What became of a statement that was begun when its migrator died.

#include "migrate/apply/runner.hpp"
#include "migrate/apply/words.hpp"
#include "migrate/folder/lexer.hpp"
#include "migrate/hash.hpp"

#include <relata/core/error.hpp>
#include <relata/sql/raw.hpp>

#include <algorithm>

namespace relata::migrate {

namespace {

using schema::catalog::engine;

[[noreturn]] void refuse_guess(job const& of, std::string const& why) {
    auto const& row = of.row;
    error_info info;
    info.kind = error_kind::migration_incomplete;
    info.outcome = outcome::unknown;
    info.statement = of.statements[std::size_t(row.running) - 1].text;
    info.message =
        "statement " + std::to_string(row.running) + " of " + std::to_string(row.statements) +
        " of " + row.id.value() + " was begun and its end was not written down; " + why +
        ": look whether it is done, say repair_done with " + std::to_string(row.running) +
        " if it is and with " + std::to_string(row.done) + " if it is not, then resume";
    throw error(std::move(info));
}

// CREATE INDEX CONCURRENTLY and its like leave an index that is not valid when they die or fail.
bool concerns(std::string_view text, std::string const& index) {
    auto const words = words_of(text, engine::postgresql, 50);
    return std::any_of(words.begin(), words.end(),
                       [&](auto word) { return same_word(word, index); }) ||
           text.find('"' + index + '"') != std::string_view::npos;
}

// Takes away what a dead or failed CREATE INDEX CONCURRENTLY left. Whether there was something.
bool clear_invalid_index(session& at, std::string const& text) {
    auto const invalid = at.on().all(
        sql_query<
            "select c.relname::text, quote_ident(n.nspname) || '.' || quote_ident(c.relname) "
            "from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indexrelid join "
            "pg_catalog.pg_namespace n on n.oid = c.relnamespace where not i.indisvalid and "
            "c.relkind = 'i'",
            std::string, std::string>());
    bool found = false;
    for (auto const& index : invalid) {
        if (!concerns(text, index.m0)) continue;
        found = true;
        if (same_word(words_of(text, engine::postgresql, 1).at(0), "create"))
            at.on().script(unsafe_sql("DROP INDEX CONCURRENTLY " + index.m1));
    }
    return found;
}

bool is_concurrent(job const& of) {
    auto const next = std::size_t(std::max(of.row.running, of.row.done + 1));
    if (next > of.statements.size()) return false;
    auto const words = words_of(of.statements[next - 1].text, engine::postgresql, 4);
    return std::any_of(words.begin(), words.end(),
                       [](auto word) { return same_word(word, "concurrently"); });
}

void decide_by_schema(session& at, job& of, effect kind) {
    auto& row = of.row;
    if (row.before.empty()) refuse_guess(of, "the schema before it is not known");
    if (at.fingerprint() == row.before) {
        row.running = 0;
        return;
    }
    if (kind == effect::schema_parts)
        refuse_guess(of, "the schema is another than before it, and it may be done in part");
    if (!of.expected)
        refuse_guess(of,
                     "the schema is another than before it, and no snapshot can prove that it did "
                     "that");
    of.must_prove = true;
    ++row.done;
    row.running = 0;
}

void demand_same_statements(job const& of) {
    auto const count = std::size_t(std::max(of.row.done, of.row.running));
    if (count <= of.statements.size() && done_hash(of.statements, of.row) == of.row.done_hash)
        return;
    fail(error_kind::migration_folder_invalid,
         of.row.id.value() + " was edited where it has run already; " + progress_of(of.row) +
             ": restore these, and change only those after them");
}

}  // namespace

std::string done_hash(std::vector<statement> const& all, history_row const& row) {
    std::string text;
    auto const count = std::min(std::size_t(std::max(row.done, row.running)), all.size());
    for (std::size_t i = 0; i < count; ++i)
        text += std::to_string(all[i].text.size()) + "\n" + all[i].text;
    return sha256(text);
}

std::string progress_of(history_row const& row) {
    return std::to_string(row.done) + " of " + std::to_string(row.statements) + " statements of " +
           row.id.value() + " are done" +
           (row.running == 0 ? ""
            : cursor_of(row).empty()
                ? ", number " + std::to_string(row.running) + " was begun and may be too"
                : ", number " + std::to_string(row.running) + ", a data step, goes on at " +
                      cursor_of(row));
}

void recover(session& at, job& of) {
    demand_same_statements(of);
    auto& row = of.row;
    bool const cleared = at.engine() == engine::postgresql && is_concurrent(of) &&
                         clear_invalid_index(at, of.statements[std::size_t(row.done)].text);
    if (row.running == 0 || !cursor_of(row).empty()) return;
    auto const kind = effect_of(of.statements[std::size_t(row.running) - 1], at.engine());
    if (cleared || kind == effect::repeatable || kind == effect::session) row.running = 0;
    else if (kind == effect::schema || kind == effect::schema_parts) decide_by_schema(at, of, kind);
    else if (kind == effect::data)
        refuse_guess(of,
                     "it changes rows in a table without transactions, or ended its transaction");
    else refuse_guess(of, "nothing is known of what it does");
}

}  // namespace relata::migrate
