// SPDX-License-Identifier: BSL-1.0

#include "migrate/generate/names.hpp"
#include "migrate/characters.hpp"

#include <algorithm>
#include <array>

namespace relata::migrate::generate {

namespace {

// The words of C++20, names that headers of C define as macros, and our own
// namespaces.
constexpr std::array words = {
    "alignas",       "alignof",     "and",
    "and_eq",        "asm",         "auto",
    "bitand",        "bitor",       "bool",
    "break",         "case",        "catch",
    "char",          "char16_t",    "char32_t",
    "char8_t",       "class",       "co_await",
    "co_return",     "co_yield",    "compl",
    "concept",       "const",       "const_cast",
    "consteval",     "constexpr",   "constinit",
    "continue",      "decltype",    "default",
    "delete",        "do",          "double",
    "dynamic_cast",  "else",        "enum",
    "explicit",      "export",      "extern",
    "false",         "float",       "for",
    "friend",        "goto",        "if",
    "inline",        "int",         "long",
    "mutable",       "namespace",   "new",
    "noexcept",      "not",         "not_eq",
    "nullptr",       "operator",    "or",
    "or_eq",         "private",     "protected",
    "public",        "register",    "reinterpret_cast",
    "requires",      "return",      "short",
    "signed",        "sizeof",      "static",
    "static_assert", "static_cast", "struct",
    "switch",        "template",    "this",
    "thread_local",  "throw",       "true",
    "try",           "typedef",     "typeid",
    "typename",      "union",       "unsigned",
    "using",         "virtual",     "void",
    "volatile",      "wchar_t",     "while",
    "xor",           "xor_eq",      "assert",
    "errno",         "linux",       "major",
    "minor",         "offsetof",    "relata",
    "relata_table",  "setjmp",      "stderr",
    "stdin",         "stdout",      "std",
    "unix",
};

bool is_cpp_word(std::string_view text) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_small(char c) { return c >= 'a' && c <= 'z'; }

}  // namespace

std::string identifier(std::string_view name) {
    std::string out;
    for (std::size_t i = 0; i < name.size(); ++i) {
        char const c = name[i];
        bool const after_small = i > 0 && (is_small(name[i - 1]) || is_digit(name[i - 1]));
        bool const before_small =
            i > 0 && is_capital(name[i - 1]) && i + 1 < name.size() && is_small(name[i + 1]);
        bool const begins_word = is_capital(c) && (after_small || before_small);
        bool const usable = is_small(c) || is_capital(c) || is_digit(c);
        if ((begins_word || !usable) && !out.empty() && out.back() != '_') out += '_';
        if (usable) out += is_capital(c) ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    while (!out.empty() && out.back() == '_') out.pop_back();
    if (out.empty() || is_digit(out.front())) out.insert(0, 1, 'n');
    if (is_cpp_word(out)) out += '_';
    return out;
}

bool is_identifier(std::string_view text) {
    if (text.empty() || is_digit(text.front()) || is_cpp_word(text)) return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return is_small(c) || is_capital(c) || is_digit(c) || c == '_';
    });
}

std::string taken_name(std::set<std::string>& taken, std::string name) {
    auto found = name;
    for (int i = 2; !taken.insert(found).second; ++i) {
        found = name;
        found += '_';
        found += std::to_string(i);
    }
    return found;
}

std::string cpp_literal(std::string_view text) {
    std::string out = "\"";
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') (out += '\\') += c;
        else if (c == '\n') out += "\\n";
        else if (c == '?') out += "\\?";  // two of them would begin a trigraph
        else if (byte < 32 || byte == 127) {
            out += '\\';
            for (int shift = 6; shift >= 0; shift -= 3)
                out += static_cast<char>('0' + (byte >> shift & 7));
        } else out += c;
    }
    return out += '"';
}

}  // namespace relata::migrate::generate
