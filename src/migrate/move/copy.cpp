// SPDX-License-Identifier: BSL-1.0
//
// The rows of one table: a stream on one side, batches on the other.

#include "migrate/move/copy.hpp"

namespace relata::migrate::moving {

namespace {

move_observer& silent() {
    static move_observer nobody;
    return nobody;
}

relata::engine::row_target target_of(table_route const& t, row_layout const& layout) {
    relata::engine::row_target out{t.name, {}, layout.plan()};
    for (auto const& c : t.columns) out.columns.push_back(c.name);
    return out;
}

}  // namespace

table_copy::table_copy(connection& from, connection& to, table_route const& t,
                       move_options const& options)
    : from_(from), to_(to), route_(t), options_(options),
      observer_(options.observer ? *options.observer : silent()), layout_(t.columns), one_(layout_),
      other_(layout_), target_(target_of(t, layout_)) {
    state_.name = text<64>(t.name);
    if (auto found = journal(to_).find(t.name)) state_ = std::move(*found);
}

// Values are views of what `last` holds.
std::string table_copy::query(decoded_key const& last, std::vector<param>& values) const {
    auto text = select_text(from_, route_, true);
    if (!last.values().empty()) text += behind_text(from_, route_, true, last.values(), values);
    return text + order_text(from_, route_, true);
}

// One transaction reads the table as it is at one time, also while others write.
void table_copy::run() {
    observer_.table_started(route_.name, state_.rows, route_.estimated);
    if (state_.done) return;
    try {
        copy_batches();
    } catch (error const& e) {
        failed_row failed(from_, to_, route_, state_.last);
        if (failure_) failed.raise_reading(e);
        failed.raise_writing(e, target_);
    }
}

void table_copy::copy_batches() {
    auto reading = from_.begin({isolation::snapshot, true});
    auto const last = last_key(layout_, route_, state_.last);
    std::vector<param> values;
    auto const text = query(last, values);
    row_cursor rows(reading, layout_, text, values);
    while (copy_batch(rows)) observer_.rows_moved(route_.name, state_.rows, route_.estimated);
    observer_.rows_moved(route_.name, state_.rows, route_.estimated);
}

// A row that cannot be read must not end the driver's work in the middle of its own protocol.
void const* table_copy::next(row_cursor& from) {
    if (!route_.key.empty() && in_batch_ == options_.batch) return nullptr;
    try {
        auto& place = second_ ? other_ : one_;
        if (!from.next(place)) {
            state_.done = true;
            return nullptr;
        }
        second_ = !second_;
        ++in_batch_;
        return last_ = place.data();
    } catch (...) {
        failure_ = std::current_exception();
        return nullptr;
    }
}

bool table_copy::copy_batch(row_cursor& from) {
    struct context {
        table_copy& copy;
        row_cursor& from;
    } c{*this, from};
    in_batch_ = 0;
    auto writing = to_.begin();
    relata::engine::insert_rows(relata::engine::source_of::handle_source(writing), target_,
                                {[](void* at) {
                                     auto& both = *static_cast<context*>(at);
                                     return both.copy.next(both.from);
                                 },
                                 &c});
    if (failure_) std::rethrow_exception(failure_);
    auto state = state_;
    state.rows += in_batch_;
    if (in_batch_ > 0 && !route_.key.empty()) state.last = encode_key(layout_, last_, route_.key);
    journal::write(writing, state);
    writing.commit();
    state_ = std::move(state);
    return !state_.done;
}

}  // namespace relata::migrate::moving
