// SPDX-License-Identifier: BSL-1.0
//
// https://mariadb.com/kb/en/clientserver-protocol/; the packets of a result have no types of their
// own, so the reader keeps count of what each command still has to be answered.

#include "conformance/proxy/reader.hpp"

#include <algorithm>
#include <deque>

namespace relata::conformance::detail {
namespace {

constexpr std::size_t header = 4;
constexpr std::size_t longest = 0xFFFFFF;  // a packet of this length is continued by the next

std::size_t number(std::string_view bytes, std::size_t at, unsigned size) {
    std::size_t value = 0;
    for (unsigned i = size; i-- > 0;)
        value = value * 256 + (at + i < bytes.size() ? byte_at(bytes, at + i) : 0);
    return value;
}

// A number of 1, 3, 4 or 9 bytes; moves `at` behind it.
std::size_t packed(std::string_view bytes, std::size_t& at) {
    unsigned const first = at < bytes.size() ? byte_at(bytes, at) : 0;
    unsigned const size = first < 0xFB ? 0 : first == 0xFC ? 2 : first == 0xFD ? 3 : 8;
    std::size_t const value = size ? number(bytes, at + 1, size) : first;
    at += 1 + size;
    return value;
}

class mysql_reader : public reader {
public:
    std::optional<seen> look(way w, std::string_view bytes) override {
        if (encrypted_) return seen{bytes.size(), message::other};
        if (bytes.size() < header) return {};
        std::size_t const length = number(bytes, 0, 3);
        if (bytes.size() < std::min(header + length, telling)) return {};
        bool& continued = continued_[w == way::to_client];
        bool const is_rest = continued;
        continued = length == longest;
        std::string_view const content = bytes.substr(header, length);
        seen found{header + length, message::other};
        if (is_rest) return found;
        if (!logged_in_) found.kind = login(w, content, length);
        else if (w == way::to_server) found.kind = asked(bytes[3], content);
        else found.kind = told(content, length);
        return found;
    }
    [[nodiscard]] wire protocol() const noexcept override { return wire::mysql; }
    [[nodiscard]] bool opaque() const noexcept override { return encrypted_; }

private:
    enum class answer : std::uint8_t { begin, prepared, definitions, rows };
    struct command {
        answer expected;
        bool is_commit = false;
        std::size_t definitions = 0;  // packets still to come before what follows
        bool rows_follow = false;
    };

    message login(way w, std::string_view content, std::size_t length) {
        if (w == way::to_server) {
            if (!introduced_) {
                bare_end_ = (number(content, 0, 4) >> 24 & 1) == 0;
                encrypted_ = length == 32;  // the short form that asks for TLS
            }
            introduced_ = true;
            return message::login;
        }
        if (!content.empty() && byte_at(content, 0) == 0xFF) return message::failure;
        logged_in_ = introduced_ && !content.empty() && content[0] == 0;
        return message::login;
    }

    message asked(char number_in_exchange, std::string_view content) {
        if (number_in_exchange != 0) return message::bulk;  // the file of a LOAD DATA
        if (content.empty()) return message::other;
        switch (byte_at(content, 0)) {
        case 0x01: return message::quit;
        case 0x18:                         // a long value in pieces
        case 0x19: return message::other;  // a statement is closed; both have no answer
        case 0x03: return asked_by_text(content.substr(1));
        case 0x16: expected_.push_back({answer::prepared}); return message::prepare;
        case 0x17: expected_.push_back({answer::begin}); return message::query;
        case 0xFA: expected_.push_back({answer::begin}); return message::bulk;
        case 0x1C: expected_.push_back({answer::rows}); return message::other;
        default: expected_.push_back({answer::begin}); return message::other;
        }
    }

    message asked_by_text(std::string_view sql) {
        bool const is_commit = begins_with(sql, "commit");
        expected_.push_back({answer::begin, is_commit});
        if (is_commit) return message::commit;
        return begins_with(sql, "kill ") ? message::cancel : message::query;
    }

    message told(std::string_view content, std::size_t length) {
        unsigned const first = content.empty() ? 0 : byte_at(content, 0);
        if (expected_.empty()) return first == 0xFF ? message::failure : message::other;
        command& c = expected_.front();
        if (first == 0xFF && c.expected != answer::definitions) {
            expected_.pop_front();
            return message::failure;
        }
        switch (c.expected) {
        case answer::begin: return first_of_answer(c, content, length);
        case answer::prepared: return prepared(c, content);
        case answer::definitions: return definition(c, content);
        case answer::rows: break;
        }
        bool const is_end = first == 0xFE && length < (bare_end_ ? 9 : longest);
        if (!is_end) return message::row;
        return ended(c, content, bare_end_ ? 3 : status_of_ok(content));
    }

    static std::size_t status_of_ok(std::string_view content) {
        std::size_t at = 1;
        packed(content, at);  // rows
        packed(content, at);  // key
        return at;
    }

    // A result, or one of several, has ended; the bit of the status says whether another follows.
    message ended(command& c, std::string_view content, std::size_t status_at) {
        message const kind = c.is_commit ? message::committed : message::done;
        if (number(content, status_at, 2) & 8) c.expected = answer::begin;
        else expected_.pop_front();
        return kind;
    }

    message first_of_answer(command& c, std::string_view content, std::size_t length) {
        unsigned const first = content.empty() ? 0 : byte_at(content, 0);
        if (first == 0) return ended(c, content, status_of_ok(content));
        if (first == 0xFE) return ended(c, content, bare_end_ ? 3 : status_of_ok(content));
        if (first == 0xFB) return message::other;  // the server asks for a file
        std::size_t at = 0;
        c.definitions = packed(content, at);
        if (at < length && content[at] == 0) c.definitions = 0;  // MariaDB: as the last time
        c.rows_follow = true;
        if (bare_end_) ++c.definitions;
        c.expected = c.definitions ? answer::definitions : answer::rows;
        return message::other;
    }

    message prepared(command& c, std::string_view content) {
        std::size_t const columns = number(content, 5, 2);
        std::size_t const values = number(content, 7, 2);
        c.definitions = columns + values;
        if (bare_end_) c.definitions += std::size_t(columns > 0) + std::size_t(values > 0);
        c.expected = answer::definitions;
        if (c.definitions == 0) expected_.pop_front();
        return message::other;
    }

    message definition(command& c, std::string_view content) {
        if (--c.definitions > 0) return message::other;
        // the end of the definitions also tells that a cursor keeps the rows back
        bool const cursor = bare_end_ && c.rows_follow && (number(content, 3, 2) & 0x40) != 0;
        if (c.rows_follow && !cursor) c.expected = answer::rows;
        else expected_.pop_front();
        return message::other;
    }

    std::deque<command> expected_;
    bool introduced_ = false;
    bool logged_in_ = false;
    bool encrypted_ = false;
    bool bare_end_ = true;  // results end by a packet of their own kind, not by an OK
    bool continued_[2] = {};
};

}  // namespace

std::unique_ptr<reader> make_mysql_reader() { return std::make_unique<mysql_reader>(); }

}  // namespace relata::conformance::detail
