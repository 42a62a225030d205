// SPDX-License-Identifier: BSL-1.0
// What the migrators' lock asks of an engine: one migrator is at work in a database.
#pragma once

#include <relata/engine/database.hpp>

#include <string>

namespace relata::migrate {

struct locking {
    /// Tries once. `holder` is a text of this migrator only.
    bool (*take)(connection& on, std::string const& holder);
    /// Whether it still has the lock; where that is for a time only, makes the time longer.
    bool (*keep)(connection& on, std::string const& holder);
    void (*release)(connection& on, std::string const& holder);
    /// Who has it, in words; empty: nobody, or nobody knows.
    std::string (*who)(connection& on);
};

namespace sqlite {
extern locking const migration_lock;
}
namespace postgresql {
extern locking const migration_lock;
}
namespace mysql {
extern locking const migration_lock;
}

}  // namespace relata::migrate
