// SPDX-License-Identifier: BSL-1.0
//
// A SQLite file on a file system that is really full: a small tmpfs that only this process sees.

#include "database/library.hpp"
#include "database/thrown.hpp"

#include <cstdio>
#include <fstream>

#include <sched.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <unistd.h>

using namespace relata;
using namespace test;

namespace {

/// 2 MiB of disk in a mount namespace of its own, so that it goes with the process at the latest.
class small_disk {
public:
    small_disk() {
        if (!::mkdtemp(folder_)) return;
        mounted_ = ::unshare(CLONE_NEWNS) == 0 &&
                   ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                   ::mount("relata", folder_, "tmpfs", 0, "size=2m") == 0;
    }
    small_disk(small_disk const&) = delete;
    small_disk& operator=(small_disk const&) = delete;
    ~small_disk() {
        if (mounted_) ::umount2(folder_, MNT_DETACH);
        ::rmdir(folder_);
    }

    /// False, and says so, where one may not mount.
    [[nodiscard]] bool is_there() const {
        if (!mounted_) std::puts("skipped: a full file system, which needs the right to mount one");
        return mounted_;
    }
    [[nodiscard]] std::string url(std::string const& journal) const {
        return "sqlite:" + std::string(folder_) + "/test.db?pool_size=1&journal_mode=" + journal;
    }
    void remove_database() const {
        for (std::string const tail : {"", "-wal", "-shm", "-journal"})
            ::unlink((std::string(folder_) + "/test.db" + tail).c_str());
    }
    /// Takes all that is left, but for some bytes.
    void fill(std::size_t but) const {
        std::ofstream out(filler(), std::ios::binary);
        std::string const block(4096, 'x');
        std::size_t written = 0;
        while (out.write(block.data(), std::streamsize(block.size())).flush())
            written += block.size();
        out.close();
        REQUIRE(written > but);
        REQUIRE(::truncate(filler().c_str(), off_t(written - but)) == 0);
    }
    void make_room() const { REQUIRE(::unlink(filler().c_str()) == 0); }

private:
    [[nodiscard]] std::string filler() const { return std::string(folder_) + "/filler"; }

    char folder_[32] = "/tmp/relata_disk_XXXXXX";
    bool mounted_ = false;
};

std::vector<artist> artists(int count, std::string const& name) {
    std::vector<artist> out;
    for (int i = 0; i < count; ++i)
        out.push_back({0, name + std::to_string(i) + std::string(200, 'x'), {}});
    return out;
}

void check_full(error_info const& e) {
    CHECK(name_of(e.kind) == "disk_full");
    CHECK(e.connection_usable);
    CHECK(e.retry == retry_advice::no);
}

}  // namespace

TEST_CASE("full disk: nothing is half-written, and the connection is usable") {
    if (!on("sqlite")) return;
    small_disk const disk;
    if (!disk.is_there()) return;
    for (std::string const journal : {"wal", "delete", "truncate"}) {
        CAPTURE(journal);
        disk.remove_database();
        {
            auto const db = open(disk.url(journal));
            db.create_tables<artist>();
            db.insert_all(artists(3, "first "));
            disk.fill(300'000);
            auto c = db.connect();
            // more than fits: at once, and row by row, where the commit or an earlier row fails
            check_full(thrown([&] { c.insert_all(artists(20'000, "many ")); }));
            CHECK(c.all(from<artist>()).size() == 3);
            check_full(thrown([&] {
                auto t = c.begin();
                for (auto const& a : artists(2'000, "single ")) t.insert(a);
                t.commit();
            }));
            CHECK(c.all(from<artist>()).size() == 3);
            // what fits goes in
            c.insert(artists(1, "small ").front());
            CHECK(c.all(from<artist>()).size() == 4);
            disk.make_room();
            CHECK(c.insert_all(artists(2'000, "later ")) == 2'000);
        }
        auto const reopened = open(disk.url(journal));
        CHECK(reopened.all(from<artist>()).size() == 2'004);
        CHECK(reopened.one(sql_query<"pragma integrity_check", std::string>()).m0 == "ok");
    }
}

TEST_CASE("full disk: not a byte is left") {
    if (!on("sqlite")) return;
    small_disk const disk;
    if (!disk.is_there()) return;
    auto db = std::make_unique<database>(open(disk.url("wal")));
    db->create_tables<artist>();
    db->insert_all(artists(3, "first "));
    db.reset();
    disk.fill(0);
    try {
        auto const full = open(disk.url("wal"));
        CHECK(full.all(from<artist>()).size() == 3);
        check_full(thrown([&] { full.insert(artists(1, "no ").front()); }));
    } catch (error const& e) {  // reading in WAL mode needs some bytes as well
        CHECK(name_of(e.kind()) == "disk_full");
    }
    disk.make_room();
    CHECK(open(disk.url("wal")).all(from<artist>()).size() == 3);
}
