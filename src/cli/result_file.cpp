// SPDX-License-Identifier: BSL-1.0

#include "cli/result_file.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace relata::cli {

namespace {

namespace fs = std::filesystem;

std::string in_words(std::vector<std::string> const& all) {
    std::string text;
    for (std::size_t i = 0; i < all.size(); ++i)
        text += (i == 0 ? "" : i + 1 == all.size() ? " or " : ", ") + all[i];
    return text;
}

void check_file(result_options const& o) {
    std::error_code ignored;
    if (o.file.empty() || !fs::exists(o.file, ignored)) return;
    if (!fs::is_regular_file(o.file, ignored))
        throw usage_error(o.file + " is no regular file; without --out the text goes to the "
                                   "standard output");
    if (!o.force)
        throw usage_error("there is a file " + o.file + ", which was left as it is; say --force " +
                          "to replace it");
}

// Beside it first, so that the file is there whole or not at all.
void write_whole(std::string const& file, std::string const& text) {
    std::error_code problem;
    auto const target = fs::exists(file, problem) ? fs::canonical(file, problem) : fs::path(file);
    auto beside = target;
    beside.replace_filename("." + target.filename().string() + ".new");
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    out.write(text.data(), std::streamsize(text.size()));
    out.close();
    if (out) fs::rename(beside, target, problem);
    if (out && !problem) return;
    fs::remove(beside, problem);
    fail(error_kind::unknown, "cannot write " + file +
                                  "; nothing was changed there. Check that its folder is there, "
                                  "can be written and has room");
}

}  // namespace

void add_result(command& of, result_options& to, std::vector<std::string> const& formats) {
    if (!formats.empty())
        of.value("--format", to.format,
                 in_words(formats) + "; default: as the ending of --out says, or " + formats[0])
            .one_of(formats);
    of.value("--out", to.file, "file to write, in place of the standard output").shown_as("FILE");
    of.flag("--force", to.force, "replace the file if it is there");
}

std::string format_of(result_options const& o, std::vector<std::string> const& formats) {
    check_file(o);
    if (!o.format.empty()) return o.format;
    auto const ending = fs::path(o.file).extension().string();
    bool const known = !ending.empty() &&
                       std::find(formats.begin(), formats.end(), ending.substr(1)) != formats.end();
    return known ? ending.substr(1) : formats[0];
}

void put_result(session const& s, result_options const& o, std::string const& format,
                std::string const& text) {
    if (!o.file.empty()) {
        write_whole(o.file, text);
        if (s.out.json()) s.out.event({{"event", "created"}, {"format", format}, {"path", o.file}});
        else s.out.line(o.file);
    } else if (s.out.json()) {
        s.out.event({{"event", "text"}, {"format", format}, {"text", text}});
    } else {
        s.out.write(text);
    }
}

}  // namespace relata::cli
