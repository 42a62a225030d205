// SPDX-License-Identifier: BSL-1.0
//
// Graphviz draws: its program reads the diagram from a file and writes the picture to a pipe.

#include <relata/migrate/draw.hpp>

#include <relata/core/error.hpp>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

extern char** environ;

namespace relata::migrate {

namespace {

struct file_closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using temporary_file = std::unique_ptr<std::FILE, file_closer>;

[[noreturn]] void refuse(std::string const& what) {
    fail(error_kind::not_supported,
         "no SVG was drawn: " + what + "; install Graphviz, or write DOT and draw it elsewhere");
}

temporary_file make_file() {
    temporary_file file(std::tmpfile());
    if (!file) refuse(std::string("no temporary file (") + std::strerror(errno) + ")");
    ::fcntl(::fileno(file.get()), F_SETFD, FD_CLOEXEC);
    return file;
}

std::string read_all(int from) {
    std::string all;
    char buffer[65536];
    for (;;) {
        auto const count = ::read(from, buffer, sizeof buffer);
        if (count > 0) all.append(buffer, static_cast<std::size_t>(count));
        else if (count == 0 || errno != EINTR) return all;
    }
}

// The reading end of its output; the program's number goes to `child`.
int start(std::FILE* input, std::FILE* errors, pid_t& child) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) refuse("no pipe can be made");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ::fileno(input), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ::fileno(errors), STDERR_FILENO);
    char program[] = "dot";
    char format[] = "-Tsvg";
    char* const arguments[] = {program, format, nullptr};
    int const failed = ::posix_spawnp(&child, program, &actions, nullptr, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (failed == 0) return ends[0];
    ::close(ends[0]);
    refuse(std::string("the program dot cannot be started (") + std::strerror(failed) + ")");
}

}  // namespace

std::string draw_svg(schema::catalog::schema const& from, viewpoint const& shown) {
    auto const text = draw_dot(from, shown);
    auto const input = make_file();
    auto const errors = make_file();
    std::fwrite(text.data(), 1, text.size(), input.get());
    if (std::fflush(input.get()) != 0) refuse("the temporary file cannot be written");
    std::rewind(input.get());
    pid_t child = 0;
    int const output = start(input.get(), errors.get(), child);
    auto picture = read_all(output);
    ::close(output);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        ::lseek(::fileno(errors.get()), 0, SEEK_SET);
        refuse("the program dot failed: " + read_all(::fileno(errors.get())).substr(0, 300));
    }
    return picture;
}

}  // namespace relata::migrate
