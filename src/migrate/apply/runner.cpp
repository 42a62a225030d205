// SPDX-License-Identifier: BSL-1.0

#include "migrate/apply/runner.hpp"

#include "migrate/apply/data_call.hpp"
#include "migrate/apply/drift.hpp"
#include "migrate/apply/words.hpp"

#include <relata/core/error.hpp>

#include <algorithm>
#include <random>
#include <thread>

namespace relata::migrate {

namespace {

using clock = std::chrono::steady_clock;

std::chrono::milliseconds since(clock::time_point start) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(clock::now() - start);
}

// Not all at the same time again.
void pause_before_retry() {
    std::minstd_rand random(std::random_device{}());
    std::this_thread::sleep_for(
        std::chrono::milliseconds(std::uniform_int_distribution<int>(100, 500)(random)));
}

class runner {
public:
    runner(session& at, job&& of, apply_options const& options)
        : at_(at), job_(std::move(of)), row_(job_.row), options_(options) {}

    void run() {
        if (options_.observer)
            options_.observer->migration_started(*job_.what, done() + 1, job_.statements.size());
        restore_session();
        while (done() < job_.statements.size()) run_next();
        finish();
        if (options_.observer) options_.observer->migration_finished(*job_.what, since(start_));
        if (options_.verify && job_.expected)
            demand_schema(at_.on(), *job_.expected, row_.id.value());
    }

private:
    [[nodiscard]] std::size_t done() const { return std::size_t(row_.done); }
    [[nodiscard]] effect effect_at(std::size_t i) const {
        return effect_of(job_.statements[i], at_.engine());
    }
    [[nodiscard]] bool is_last(std::size_t end) const { return end == job_.statements.size(); }
    // Whether something of it is in the database, and made last.
    [[nodiscard]] bool has_effect() const {
        if (row_.running != 0) return true;
        for (std::size_t i = 0; i < done(); ++i)
            if (effect_at(i) != effect::session) return true;
        return false;
    }

    // The statements for the session went with the session that ran them.
    void restore_session() {
        for (std::size_t i = 0; i < done(); ++i)
            if (effect_at(i) == effect::session)
                at_.on().script(unsafe_sql(job_.statements[i].text));
    }

    void run_next() {
        auto const& next = job_.statements[done()];
        if (next.in_transaction) {
            auto end = done() + 1;
            while (!is_last(end) && job_.statements[end].in_transaction) ++end;
            return run_together(end);
        }
        auto const kind = effect_at(done());
        if (kind == effect::session) return run_for_session();
        if (!cursor_of(row_).empty()) return run_in_parts();
        if (kind == effect::data && at_.data_is_atomic())
            return is_step(done()) ? run_in_parts() : run_together(done() + 1);
        run_alone(kind);
    }

    [[nodiscard]] bool is_step(std::size_t i) const {
        return !job_.statements[i].data_step.empty();
    }

    // Runs statement i by `how`, and tells of it.
    template <class How> void tell_of(std::size_t i, How how) {
        auto const& s = job_.statements[i];
        if (options_.observer) options_.observer->statement_started(*job_.what, i + 1, s);
        auto const start = clock::now();
        how(s);
        if (options_.observer)
            options_.observer->statement_finished(*job_.what, i + 1, s, since(start));
    }

    void execute(std::size_t i) {
        tell_of(i, [&](statement const& s) {
            if (is_step(i)) data_call(job_, i, options_).whole(at_.on());
            else at_.on().script(unsafe_sql(s.text));
        });
    }

    // Runs f, which says what of it is to be written, in one transaction. `at` is the statement that it is at.
    template <class F> void in_one_transaction(std::size_t const& at, F f) {
        for (unsigned run = 1;; ++run) {
            auto const before = row_;
            bool const known = job_.known;
            try {
                auto transaction = at_.on().begin();
                at_.demand_lock();
                f();
                write(is_last(done()) && row_.running == 0);
                transaction.commit();
                return;
            } catch (error const& e) {
                complete_ = false;
                row_ = before;
                job_.known = known;
                if (!may_try_again(e, run)) fail_at(at, e);
            }
        }
    }

    // Up to `end`, and what is written about it, in one transaction.
    void run_together(std::size_t end) {
        auto at = done();
        in_one_transaction(at, [&] {
            for (at = done(); at < end; ++at) execute(at);
            row_.done = std::int32_t(end);
        });
    }

    // A data step outside of the transaction: each call, and what is written about it, in one.
    void run_in_parts() {
        auto const at = done();
        tell_of(at, [&](statement const&) {
            while (done() == at)
                in_one_transaction(at, [&] {
                    put_cursor(row_, data_call(job_, at, options_).once(at_.on(), cursor_of(row_)));
                });
        });
    }

    void run_for_session() {
        try {
            execute(done());
        } catch (error const& e) {
            fail_at(done(), e);
        }
        ++row_.done;
    }

    void run_alone(effect kind) {
        at_.demand_lock();
        bool const shows = kind == effect::schema || kind == effect::schema_parts;
        row_.before = shows ? at_.fingerprint() : "";
        row_.running = row_.done + 1;
        write(false);
        for (unsigned run = 1;; ++run) {
            try {
                execute(done());
                break;
            } catch (error const& e) {
                if (may_try_again(e, run)) continue;
                if (e.info().connection_usable && is_undone(kind)) row_.running = 0;
                fail_at(done(), e);
            }
        }
        ++row_.done;
        row_.running = 0;
        // the end is written when it is proved
        if (!is_last(done())) write(false);
    }

    // Whether a statement that was refused has left nothing.
    [[nodiscard]] bool is_undone(effect kind) {
        if (kind == effect::schema_parts) return at_.fingerprint() == row_.before;
        return kind == effect::schema || kind == effect::repeatable;
    }

    [[nodiscard]] bool may_try_again(error const& e, unsigned run) const {
        bool const again = e.kind() == error_kind::lock_timeout && e.retry() != retry_advice::no &&
                           e.info().connection_usable && run < options_.tries;
        if (again) pause_before_retry();
        return again;
    }

    // Writes the row as it is now; at the end of a migration that goes down there is none.
    void write(bool complete) {
        row_.state = name_of(job_.down ? migration_state::reverting : migration_state::running);
        if (complete) {
            row_.state = name_of(migration_state::applied);
            row_.finished = now();
            row_.error.clear();
            row_.before.clear();
        }
        row_.milliseconds = job_.row.milliseconds + since(start_).count();
        put_row(complete && job_.down);
        complete_ = complete;
    }
    void put_row(bool remove) {
        row_.done_hash = done_hash(job_.statements, row_);
        if (remove) at_.on().remove(row_);
        else if (job_.known) at_.on().update(row_);
        else at_.on().insert(row_);
        job_.known = true;
    }

    void finish() {
        if (complete_) return;
        if (job_.must_prove) {
            auto const found = difference_from(at_.on(), *job_.expected);
            if (!found.empty())
                fail(error_kind::migration_incomplete,
                     row_.id.value() +
                         " was begun by a migrator that died, all its statements seem "
                         "to be done, and the schema is another than its snapshot: " +
                         found + "; mend that by hand, then say repair_applied");
        }
        auto transaction = at_.on().begin();
        at_.demand_lock();
        write(true);
        transaction.commit();
    }

    // Statement `at` was refused; the row says what is made last.
    [[noreturn]] void fail_at(std::size_t at, error const& e) {
        auto info = e.info();
        // it ended its transaction, as a change of the schema does on MySQL
        if (is_step(at) && e.outcome() == outcome::unknown && info.connection_usable &&
            !job_.statements[at].in_transaction) {
            row_.running = std::int32_t(at) + 1;
            row_.before.clear();
        }
        auto const where =
            "statement " + std::to_string(at + 1) + " of " +
            std::to_string(job_.statements.size()) + " of " + row_.id.value() +
            (is_step(at) ? ", data step " + job_.statements[at].data_step + "," : "") +
            (job_.down ? ", on the way down," : "");
        info.message =
            where + " failed (" + std::string(name_of(e.kind())) + ": " + e.message() + "); ";
        info.retry = retry_advice::no;
        if (info.statement.empty()) info.statement = job_.statements[at].text;
        if (!has_effect()) {
            info.message += e.kind() == error_kind::in_doubt
                                ? "whether all of it is done, or nothing, says status"
                                : "nothing of it is in the database: mend it and apply again";
            if (info.connection_usable && job_.known) forget();
        } else {
            info.kind = error_kind::migration_incomplete;
            info.message += progress_of(row_) +
                            "; mend the cause and resume, or undo them by hand and "
                            "say repair_pending";
            if (info.connection_usable) note(e);
        }
        throw error(std::move(info));
    }
    // As if it had not been begun.
    void forget() {
        if (!job_.down) {
            at_.on().remove(row_);
            return;
        }
        row_.state = name_of(migration_state::applied);
        row_.done = row_.statements;
        put_row(false);
    }
    void note(error const& e) {
        row_.state = name_of(job_.down ? migration_state::reverting : migration_state::failed);
        row_.error = e.what();
        row_.milliseconds = job_.row.milliseconds + since(start_).count();
        put_row(false);
    }

    session& at_;
    job job_;
    history_row row_;
    apply_options const& options_;
    clock::time_point start_ = clock::now();
    bool complete_ = false;  // the row says so
};

}  // namespace

void run(session& at, job of, apply_options const& options) {
    runner(at, std::move(of), options).run();
}

}  // namespace relata::migrate
