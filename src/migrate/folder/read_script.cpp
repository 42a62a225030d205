// SPDX-License-Identifier: BSL-1.0

#include <relata/migrate/script.hpp>

#include "migrate/folder/layout.hpp"
#include "migrate/folder/lexer.hpp"

#include <relata/core/error.hpp>

#include <algorithm>
#include <initializer_list>

namespace relata::migrate {

namespace {

using schema::catalog::engine;
using piece_kind = piece::kind;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view each) { return same_word(each, word); });
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view space = " \t\n\r\f\v";
    auto const first = text.find_first_not_of(space);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(space) + 1 - first);
}

class script_reader {
public:
    script_reader(std::string_view text, engine on, std::string_view name)
        : text_(text), engine_(on), name_(name) {}

    std::vector<statement> read() {
        while (skip_to_statement()) {
            statement next = std::move(pending_);
            pending_ = {};
            next.line = line_of(at_);
            next.in_transaction = next.in_transaction && !is_mysql();
            next.text = in_step_ ? take_step(next) : take_statement();
            if (next.text.empty()) continue;
            out_.push_back(std::move(next));
        }
        if (!pending_.marks.empty() || !pending_.in_transaction)
            refuse(text_.size(), "a mark at the end stands before no statement");
        return std::move(out_);
    }

private:
    [[nodiscard]] bool is_mysql() const {
        return engine_ == engine::mysql || engine_ == engine::mariadb;
    }
    [[nodiscard]] std::size_t line_of(std::size_t at) const {
        return std::size_t(std::count(text_.begin(), text_.begin() + std::ptrdiff_t(at), '\n')) + 1;
    }
    [[noreturn]] void refuse(std::size_t at, std::string const& why) const {
        fail(error_kind::migration_folder_invalid,
             std::string(name_) + ":" + std::to_string(line_of(at)) + ": " + why);
    }
    // The rest of the line at `at`; `at` moves behind it.
    std::string_view take_line() {
        auto const end = std::min(text_.find('\n', at_), text_.size());
        auto const line = text_.substr(at_, end - at_);
        at_ = std::min(end + 1, text_.size());
        return trimmed(line);
    }

    // Takes spaces, comments and marks away. False at the end of the file.
    bool skip_to_statement() {
        while (at_ < text_.size()) {
            auto const found = piece_at(text_, at_, engine_);
            auto const piece = text_.substr(at_, found.end - at_);
            if (found.is == piece_kind::comment && piece.starts_with("-- relata:")) {
                if (take_mark(piece.substr(10))) return true;
            } else if (found.is == piece_kind::comment && piece.starts_with("/*!")) {
                return true;  // a statement, for MySQL
            } else if (found.is == piece_kind::space || found.is == piece_kind::comment) {
                at_ = found.end;
            } else if (is_mysql() && same_word(piece, "delimiter")) {
                at_ = found.end;
                delimiter_ = take_line();
                if (delimiter_.empty()) refuse(at_, "DELIMITER without a delimiter");
            } else {
                return true;
            }
        }
        return false;
    }

    // True when a block begins.
    bool take_mark(std::string_view mark) {
        auto const at = at_;
        take_line();
        mark = trimmed(mark);
        if (mark == "outside") pending_.in_transaction = false;
        else if (mark == "block") return in_block_ = true;
        else if (mark.starts_with("step")) return at_step(at);
        else if (mark == "end") refuse(at, "-- relata:end without -- relata:block");
        else pending_.marks.emplace_back(mark);
        return false;
    }

    bool at_step(std::size_t at) {
        at_ = at;
        return in_step_ = true;
    }

    std::string take_step(statement& to) {
        in_step_ = false;
        auto const at = at_;
        auto const line = take_line();
        to.data_step = trimmed(line.substr(std::min(step_mark.size(), line.size())));
        if (!line.starts_with(step_mark) || !is_step_name(to.data_step))
            refuse(
                at,
                "-- relata:step names a step in C++: a space, and lower case letters, digits and "
                "underscores");
        return std::string(step_mark) + to.data_step;
    }

    std::string take_statement() {
        if (in_block_) return take_block();
        auto const begin = at_;
        std::vector<std::string_view> words;
        while (at_ < text_.size() && !at_end_of_statement(words)) {
            auto const found = piece_at(text_, at_, engine_);
            if (found.is == piece_kind::unclosed) refuse(at_, "a quote or comment has no end");
            if (found.is == piece_kind::unclear)
                refuse(at_,
                       "where this text ends depends on sql_mode, as a backslash stands before "
                       "its quote; put the statement between lines -- relata:block and "
                       "-- relata:end");
            if (text_.substr(at_, found.end - at_).starts_with("-- relata:step"))
                refuse(at_, "-- relata:step stands inside of a statement; end that by a semicolon");
            if (found.is == piece_kind::word) words.push_back(text_.substr(at_, found.end - at_));
            else if (text_[at_] == ';') words.emplace_back(";");
            at_ = found.end;
        }
        std::string text(trimmed(text_.substr(begin, at_ - begin)));
        at_ = std::min(at_ + delimiter_.size(), text_.size());
        demand_sound(begin, words);
        return text;
    }

    std::string take_block() {
        in_block_ = false;
        auto const begin = at_;
        while (at_ < text_.size()) {
            auto const line = at_;
            if (take_line() != "-- relata:end") continue;
            auto const size = line > begin ? line - 1 - begin : 0;
            demand_no_transaction(begin, first_word(begin));
            return std::string(text_.substr(begin, size));
        }
        refuse(begin, "-- relata:block without -- relata:end");
    }

    [[nodiscard]] bool at_end_of_statement(std::vector<std::string_view> const& words) const {
        if (text_.substr(at_, delimiter_.size()) != delimiter_) return false;
        if (engine_ != engine::sqlite || !makes_trigger(words)) return true;
        return words.size() > 1 && same_word(words.back(), "end") && words[words.size() - 2] == ";";
    }
    static bool makes_trigger(std::vector<std::string_view> const& words) {
        if (words.size() < 3 || !same_word(words[0], "create")) return false;
        auto const at = is_one_of(words[1], {"temp", "temporary"}) ? 2U : 1U;
        return same_word(words[at], "trigger");
    }

    [[nodiscard]] std::string_view first_word(std::size_t at) const {
        while (at < text_.size()) {
            auto const found = piece_at(text_, at, engine_);
            if (found.is == piece_kind::word) return text_.substr(at, found.end - at);
            if (found.is != piece_kind::space && found.is != piece_kind::comment) break;
            at = found.end;
        }
        return {};
    }
    // It would undo, or make last, what the journal does not know of.
    void demand_no_transaction(std::size_t at, std::string_view word) const {
        if (is_one_of(word, {"begin", "start", "commit", "rollback", "end", "abort", "savepoint",
                             "release", "xa"}))
            refuse(at, "begins or ends a transaction; migrations are in one where the engine can, "
                       "and -- relata:outside before a statement takes it out");
    }
    void demand_sound(std::size_t at, std::vector<std::string_view> const& words) const {
        if (words.empty()) return;
        demand_no_transaction(at, words[0]);
        if (is_program(words) && delimiter_ == ";")
            refuse(at, "where this program ends cannot be told; put it between lines "
                       "-- relata:block and -- relata:end");
    }
    [[nodiscard]] bool is_program(std::vector<std::string_view> const& words) const {
        if (!same_word(words[0], "create")) return false;
        auto const has = [&](std::initializer_list<std::string_view> any) {
            return std::any_of(words.begin(), words.end(),
                               [&](std::string_view word) { return is_one_of(word, any); });
        };
        if (engine_ == engine::postgresql) return has({"atomic"}) && has({"begin"});
        return is_mysql() && has({"procedure", "function", "trigger", "event", "package"}) &&
               has_body(words);
    }
    // FOR EACH ROW and IF EXISTS are none.
    static bool has_body(std::vector<std::string_view> const& words) {
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (is_one_of(words[i], {"begin", "case", "loop", "while", "repeat"})) return true;
            bool const each = i + 1 < words.size() && same_word(words[i + 1], "each");
            if (same_word(words[i], "for") && !each) return true;
            bool const exists = i + 1 < words.size() && is_one_of(words[i + 1], {"exists", "not"});
            if (same_word(words[i], "if") && !exists) return true;
        }
        return false;
    }

    std::string_view text_;
    engine engine_;
    std::string_view name_;
    std::string_view delimiter_ = ";";
    std::size_t at_ = 0;
    bool in_block_ = false;
    bool in_step_ = false;
    statement pending_;  // marks of the statement that comes next
    std::vector<statement> out_;
};

}  // namespace

std::vector<statement> read_script(std::string_view text, schema::catalog::engine engine,
                                   std::string_view name) {
    auto const plain = normalised(text);
    return script_reader(plain, engine, name).read();
}

}  // namespace relata::migrate
