// SPDX-License-Identifier: BSL-1.0
//
// Identifiers and placeholders of the families.

#include <relata/dialect/dialect.hpp>

#include <relata/core/error.hpp>

#include <memory>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

namespace relata::dialect {
namespace {

constexpr std::size_t longest_firebird_name = 31;

// The begin of a name and a number made of the whole, FNV-1a in 32 bits.
std::string shorten(std::string_view name) {
    std::uint32_t hash = 2166136261;
    for (char const c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619;
    std::size_t size = longest_firebird_name - 9;
    while (size != 0 && (static_cast<unsigned char>(name[size]) & 0xC0) == 0x80) --size;
    std::string out(name.substr(0, size));
    out += '_';
    for (int shift = 28; shift >= 0; shift -= 4) out += "0123456789abcdef"[hash >> shift & 15];
    return out;
}

// SQLite looks each written number up among all before it, which takes minutes for very many. A few
// are written nevertheless: they read well in a log.
constexpr unsigned most_numbered = 100;

class family_dialect final : public dialect {
public:
    family_dialect(family id, std::uint32_t version) : id_(id), version_(version) {}

    family id() const noexcept override { return id_; }
    std::uint32_t version() const noexcept override { return version_; }

    void append_identifier(std::string& out, std::string_view name) const override {
        if (name.empty() || name.size() > 63 || name.find('\0') != name.npos)
            fail(error_kind::invalid_schema, "a name is empty, has a NUL or exceeds 63 bytes");
        std::string shortened;
        if (id_ == family::firebird && name.size() > longest_firebird_name) {
            shortened = shorten(name);
            name = shortened;
        }
        // The backtick means an identifier in MySQL whatever the session's sql_mode says.
        char const quote = id_ == family::mysql || id_ == family::mariadb ? '`' : '"';
        out += quote;
        for (char const c : name) out.append(c == quote ? 2 : 1, c);
        out += quote;
    }

    void append_placeholder(std::string& out, unsigned index, type_info const&,
                            bool next) const override {
        if (id_ == family::postgresql) {
            out += '$';
            out += std::to_string(index + 1);
            return;
        }
        out += '?';
        if (id_ == family::sqlite && (!next || index < most_numbered))
            out += std::to_string(index + 1);
    }

private:
    family id_;
    std::uint32_t version_;
};

// One object for each family and version met; connections keep references to them.
struct dialect_store {
    std::shared_mutex mutex;
    std::unordered_map<std::uint64_t, std::unique_ptr<dialect const>> dialects;
};

dialect_store& store() {
    static auto& instance = *new dialect_store;  // never destroyed: used by destructors of statics
    return instance;
}

}  // namespace

dialect const& dialect_for(family id, std::uint32_t version) {
    auto& s = store();
    auto const key = std::uint64_t(id) << 32U | version;
    {
        std::shared_lock const lock(s.mutex);
        if (auto const found = s.dialects.find(key); found != s.dialects.end())
            return *found->second;
    }
    std::unique_lock const lock(s.mutex);
    auto& place = s.dialects[key];
    if (!place) place = std::make_unique<family_dialect>(id, version);
    return *place;
}

}  // namespace relata::dialect
