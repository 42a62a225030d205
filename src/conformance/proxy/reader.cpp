// SPDX-License-Identifier: BSL-1.0
#include "conformance/proxy/reader.hpp"

namespace relata::conformance::detail {
namespace {

class bytes_reader : public reader {
public:
    std::optional<seen> look(way, std::string_view bytes) override {
        return seen{bytes.size(), message::other};
    }
    [[nodiscard]] wire protocol() const noexcept override { return wire::bytes; }
    [[nodiscard]] bool opaque() const noexcept override { return true; }
};

// A client of PostgreSQL speaks first, a server of MySQL does.
class detecting_reader : public reader {
public:
    std::optional<seen> look(way w, std::string_view bytes) override {
        if (!known_) known_ = w == way::to_server ? of_client(bytes) : of_server(bytes);
        return known_ ? known_->look(w, bytes) : std::nullopt;
    }
    [[nodiscard]] wire protocol() const noexcept override {
        return known_ ? known_->protocol() : wire::detect;
    }
    [[nodiscard]] bool opaque() const noexcept override { return known_ && known_->opaque(); }

private:
    // length in four bytes, of which two are zero, then the version 3.0 or one of the special codes
    static std::unique_ptr<reader> of_client(std::string_view bytes) {
        for (std::size_t i = 0; i < 2 && i < bytes.size(); ++i)
            if (bytes[i] != 0) return make_reader(wire::bytes);
        if (bytes.size() < 8) return nullptr;
        unsigned const high = byte_at(bytes, 4) * 256 + byte_at(bytes, 5);
        return high == 3 || high == 1234 ? make_postgresql_reader() : make_reader(wire::bytes);
    }
    // length in three bytes, number 0, then protocol 10 or an error
    static std::unique_ptr<reader> of_server(std::string_view bytes) {
        if (bytes.size() < 5) return nullptr;
        bool const fits = bytes[3] == 0 && (bytes[4] == 10 || byte_at(bytes, 4) == 0xFF);
        return fits ? make_mysql_reader() : make_reader(wire::bytes);
    }

    std::unique_ptr<reader> known_;
};

}  // namespace

std::unique_ptr<reader> make_reader(wire protocol) {
    switch (protocol) {
    case wire::postgresql: return make_postgresql_reader();
    case wire::mysql: return make_mysql_reader();
    case wire::detect: return std::make_unique<detecting_reader>();
    case wire::bytes: break;
    }
    return std::make_unique<bytes_reader>();
}

bool begins_with(std::string_view sql, std::string_view word) noexcept {
    auto const start = sql.find_first_not_of(" \t\r\n");
    if (start == sql.npos || sql.size() - start < word.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i)
        if ((sql[start + i] | 0x20) != word[i]) return false;
    return true;
}

}  // namespace relata::conformance::detail
