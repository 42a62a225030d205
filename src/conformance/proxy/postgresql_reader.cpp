// SPDX-License-Identifier: BSL-1.0
//
// https://www.postgresql.org/docs/current/protocol-message-formats.html

#include "conformance/proxy/reader.hpp"

#include <algorithm>

namespace relata::conformance::detail {
namespace {

std::size_t number(std::string_view bytes, std::size_t at) {
    std::size_t value = 0;
    for (std::size_t i = at; i < at + 4; ++i) value = value * 256 + byte_at(bytes, i);
    return value;
}

class postgresql_reader : public reader {
public:
    std::optional<seen> look(way w, std::string_view bytes) override {
        if (encrypted_) return seen{bytes.size(), message::other};
        if (w == way::to_client && asked_for_encryption_) return answer_to_encryption(bytes);
        if (w == way::to_server && !started_) return first_message(bytes);
        if (bytes.size() < 5) return {};
        std::size_t const size = std::max<std::size_t>(1 + number(bytes, 1), 5);
        if (bytes.size() < std::min(size, telling)) return {};
        std::string_view const content = bytes.substr(5, size - 5);
        return seen{size, w == way::to_server ? asked(bytes[0], content) : told(bytes[0], content)};
    }
    [[nodiscard]] wire protocol() const noexcept override { return wire::postgresql; }
    [[nodiscard]] bool opaque() const noexcept override { return encrypted_; }

private:
    // The messages before the first typed one: a length and a code.
    std::optional<seen> first_message(std::string_view bytes) {
        if (bytes.size() < 8) return {};
        std::size_t const size = std::max<std::size_t>(number(bytes, 0), 8);
        switch (number(bytes, 4)) {
        case 80877102: return seen{size, message::cancel};
        case 80877103:  // TLS
        case 80877104:  // GSSAPI
            asked_for_encryption_ = true;
            return seen{size, message::login};
        default: started_ = true; return seen{size, message::login};
        }
    }
    // One byte without a header, unless it begins an error.
    seen answer_to_encryption(std::string_view bytes) {
        asked_for_encryption_ = false;
        encrypted_ = bytes[0] == 'S' || bytes[0] == 'G';
        return {1, message::login};
    }
    static message asked(char type, std::string_view content) {
        switch (type) {
        case 'Q': return begins_with(content, "commit") ? message::commit : message::query;
        case 'E': return message::query;
        case 'P': return message::prepare;
        case 'd': return message::bulk;
        case 'p': return message::login;
        case 'X': return message::quit;
        default: return message::other;
        }
    }
    static message told(char type, std::string_view content) {
        switch (type) {
        case 'R': return message::login;
        case 'D': return message::row;
        case 'C': return begins_with(content, "commit") ? message::committed : message::done;
        case 'E': return message::failure;
        default: return message::other;
        }
    }

    bool started_ = false;
    bool asked_for_encryption_ = false;
    bool encrypted_ = false;
};

}  // namespace

std::unique_ptr<reader> make_postgresql_reader() { return std::make_unique<postgresql_reader>(); }

}  // namespace relata::conformance::detail
