// SPDX-License-Identifier: BSL-1.0
/// \file
/// Transactions: the statements for them, and the errors that all drivers of the family throw.
#pragma once

#include <relata/core/error.hpp>
#include <relata/core/isolation.hpp>

#include <string>
#include <string_view>

namespace relata::mysql_family {

/// The statement that sets the level of the transactions that follow.
char const* set_level(isolation level) noexcept;

/// Such as SAVEPOINT with a name in quotes.
std::string with_name(std::string_view command, std::string_view name);

/// Throws not_supported for what the server would do wrong without an error.
void check_level(isolation level, bool read_only, bool detects_lost_updates);

/// COMMIT of a transaction that could only be rolled back.
[[noreturn]] void refuse_commit();
/// A statement such as CREATE TABLE has committed what came before it.
[[noreturn]] void refuse_implicit_commit();
/// A further statement in a transaction that an error has ended.
[[noreturn]] void refuse_in_failed(bool rolled_back);
/// A statement on a connection that is dead.
[[noreturn]] void refuse_dead();
/// A statement while another's rows are on their way.
[[noreturn]] void refuse_while_reading();

/// What an error of COMMIT on a connection that died means.
void mark_in_doubt(error_info& info);

}  // namespace relata::mysql_family
