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
/// | `mode` | `rwc` (default), `rw`, `ro` | create a missing file; it must exist; only read |
/// | `busy_timeout` | ms, default 5000 | longest wait for another connection's lock |
/// | `statement_timeout` | ms, default 0 (none) | longest time of an execution; again for each batch |
/// | `journal_mode` | `wal` (default), `delete`, `truncate`, `persist`, `memory`, `off` | see SQLite |
/// | `synchronous` | `off`, `normal` (default with wal), `full` (default otherwise) | see SQLite |
/// | `locking_mode` | `normal` (default), `exclusive` | see SQLite |
/// | `cache_size` | pages, or KiB when negative | see SQLite |
///
/// A write transaction takes the write lock when it begins, so it never fails half-way because
/// another one was faster; every isolation level is serializable.
RELATA_EXPORT driver::entry const& driver_entry() noexcept;

}  // namespace relata::sqlite
