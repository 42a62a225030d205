// SPDX-License-Identifier: BSL-1.0
/// \file
/// The SQLite driver: `sqlite:<path>` and `sqlite::memory:`.
#pragma once

#include <relata/driver/driver.hpp>

namespace relata::sqlite {

/// What the SQLite driver exports. Linking relata::sqlite registers it; a program needs this
/// function only to register it by hand. Any thread.
///
/// The URL's path is a path of the file system, never a `file:` URI; `:memory:` is a private
/// database that dies with its connection. Options:
///
/// | option | values | meaning |
/// | --- | --- | --- |
/// | `mode` | `rwc` (default), `rw`, `ro` | create the file if missing; it must exist; only read |
/// | `busy_timeout` | ms, default 5000 | longest wait for another connection's lock, then lock_timeout |
/// | `statement_timeout` | ms, default 0 = none | longest time inside SQLite for an execution, and again for each batch of rows |
/// | `journal_mode` | `wal` (default for files), `delete`, `truncate`, `persist`, `memory`, `off` | as SQLite's PRAGMA |
/// | `synchronous` | `off`, `normal` (default with wal), `full` (default otherwise) | as SQLite's PRAGMA |
/// | `locking_mode` | `normal` (default), `exclusive` | as SQLite's PRAGMA |
/// | `cache_size` | pages, or KiB when negative | as SQLite's PRAGMA |
///
/// A write transaction takes the write lock when it begins, so it never fails half-way because
/// another one was faster; every isolation level is serializable.
RELATA_EXPORT driver::entry const& driver_entry() noexcept;

}  // namespace relata::sqlite
