// SPDX-License-Identifier: BSL-1.0
//
// Keyed by the vendor's code, never by SQLSTATE: lock timeouts, missing defaults and snapshot
// conflicts all carry HY000.

#include "errors.hpp"

namespace relata::mysql_family {

namespace {

meaning meaning_of_client(unsigned code) noexcept {
    using enum error_kind;
    switch (code) {
    case no_answer_by_socket:
    case no_answer_by_host:
    case unknown_host:
    case no_such_host:
    case socket_create: return {connection_failed, "no server answers at this address"};
    case server_gone:
    case server_lost: return {connection_lost, "the connection to the server was lost"};
    case malformed_packet:
        return {connection_lost, "the server sent what the client library does not understand"};
    case client_out_of_memory: return {out_of_memory, "out of memory"};
    case out_of_sync: return {invalid_argument, "another result of this connection is still open"};
    case tls_error: return {tls_failed, "no secure connection with this server"};
    case packet_too_large:
        return {limit_exceeded, "the statement and its values are larger than a packet may be"};
    case 2049:  // too old a way to log in
    case 2054:
    case 2058:
    case 2059:
    case 5010: return {auth_failed, "the server asks for a way to log in that is not available"};
    default: return {unknown, "the client library reports an error"};
    }
}

meaning meaning_of_value(report const& r) noexcept {
    using enum error_kind;
    switch (r.code) {
    case 1048:
    case 1263:
    case 1364: return {not_null_violation, "NULL in a column that does not allow it"};
    case 1022:
    case 1062:
    case 1169:
    case 1586: return {unique_violation, "duplicate value"};
    case 1216:
    case 1452: return {foreign_key_violation, "the referenced row does not exist"};
    case 1217:
    case 1451:
    case 3730: return {foreign_key_violation, "the row is still referenced"};
    case 3819:
    case 4025: return {check_violation, "a check of the table refuses the row"};
    case 1761:
    case 1762: return {constraint_violation, "a cascading reference breaks a constraint"};
    case 1264:
    case 1441:
    case 1690: return {out_of_range, "a number or a date that does not fit"};
    case 1406: return {value_too_long, "a value that is too long for its column"};
    case 1365: return {division_by_zero, "division by zero"};
    case 1300:
    case 3854:
    case 3988: return {text_invalid, "text that the character set does not allow"};
    case 1366:
        if (r.text.starts_with("Incorrect string"))
            return {text_invalid, "text that the character set of the column does not allow"};
        [[fallthrough]];
    case 1265:
    case 1292:
    case 1367:
    case 1411:
    case 1525:
    case 3140:
    case 3141:
    case 3157:
    case 4037:
    case 4038: return {value_invalid, "a value that its type does not allow"};
    default: return {unknown, nullptr};
    }
}

meaning meaning_of_name(report const& r) noexcept {
    using enum error_kind;
    switch (r.code) {
    case 1008:
    case 1046:
    case 1049: return {database_not_found, "the server has no such database"};
    case 1051:
    case 1109:
    case 1146:
    case 1932: return {table_not_found, "no such table or view"};
    case 1054:
    case 1072:
    case 1091: return {column_not_found, "no such column or key"};
    case 1007:
    case 1050:
    case 1060:
    case 1061:
    case 1304:
    case 1359:
    case 1826:
    case 3822: return {already_exists, "something of that name is there already"};
    case 1005:
    case 1215:
    case 1239:
    case 1822:
    case 1824:
    case 1825:
    case 1828:
    case 1829:
    case 1830:
    case 3734:
    case 3780:
    case 3813:
    case 3823:
    case 6125: return {invalid_schema, "the server cannot build a table or reference like this"};
    case 1305:
        if (r.text.starts_with("SAVEPOINT")) return {invalid_argument, "no such savepoint"};
        return {syntax, "no such function or procedure"};
    case 1044:
    case 1142:
    case 1143:
    case 1227:
    case 1370:
    case 1410: return {permission_denied, "the user may not do this"};
    case 1052:
    case 1055:
    case 1056:
    case 1064:
    case 1065:
    case 1066:
    case 1102:
    case 1103:
    case 1111:
    case 1136:
    case 1140:
    case 1149:
    case 1166:
    case 1221:
    case 1222:
    case 1241:
    case 1582: return {syntax, "the server does not understand the statement"};
    case 1093:
    case 1148:
    case 1178:
    case 1235:
    case 1295:
    case 4166: return {not_supported, "the server cannot do this"};
    case 1193:
    case 1231:
    case 1568: return {invalid_argument, "the server refuses this setting"};
    default: return {unknown, nullptr};
    }
}

meaning meaning_of_work(report const& r) noexcept {
    using enum error_kind;
    switch (r.code) {
    case 1213:
    case 1614: return {deadlock, "two transactions waited for each other"};
    case 1020:
        return {serialization_failure, "another transaction changed the row since it was read"};
    case 1205:
    case 3572: return {lock_timeout, "a lock was not given in time"};
    case 1317: return {cancelled, "the statement was cancelled"};
    case 1907:
    case 1969:
    case 3024: return {timeout, "the statement took longer than allowed"};
    case 1290:
    case 1792:
    case 1836: return {read_only, "the transaction or the server is read only"};
    case 1045:
    case 1129:
    case 1130:
    case 1251:
    case 1698:
    case 1820:
    case 1862:
    case 3118:
    case 4151: return {auth_failed, "the server refuses this user, password or host"};
    case 5010:
        return {auth_failed, "the server asks for a way to log in that is not safe without TLS"};
    case 1043: return {connection_failed, "what answers at this address is no usable server"};
    case 3159: return {tls_failed, "the server accepts secure connections only"};
    case 1040:
    case 1203:
    case 1226: return {limit_exceeded, "the server has no free connection"};
    case 1153:
        return {limit_exceeded, "the statement and its values are larger than a packet may be"};
    case 1436: return {limit_exceeded, "the statement is nested deeper than the server's stack"};
    case 1390: return {limit_exceeded, "too many placeholders"};
    case 1461: return {limit_exceeded, "the server keeps too many prepared statements"};
    case 1059:
    case 1069:
    case 1070:
    case 1071:
    case 1074:
    case 1117:
    case 1118:
    case 1425:
    case 1426: return {limit_exceeded, "a name, key, row or table exceeds a limit of the server"};
    case 1021:
    case 1114: return {disk_full, "the server's disk or table space is full"};
    case 1026:
    case 1030:
        if (r.text.find(" 28 ") != std::string::npos ||
            r.text.find("No space") != std::string::npos)
            return {disk_full, "the server's disk is full"};
        return {unknown, "the storage engine reports an error"};
    case 1037:
    case 1038:
    case 1041: return {out_of_memory, "the server is out of memory"};
    case 1034:
    case 1035:
    case 1194:
    case 1195: return {corrupt, "the table is damaged"};
    case 1047: return {connection_lost, "this node of the cluster is not ready"};
    default:
        if (ends_connection(r.code)) return {connection_lost, "the server ended the connection"};
        return {unknown, "the server reports an error"};
    }
}

// What to do next; a transaction that is gone or failed has to be run again as a whole.
retry_advice advice(error_kind kind, unsigned code) noexcept {
    switch (kind) {
    case error_kind::deadlock:
    case error_kind::serialization_failure: return retry_advice::transaction;
    case error_kind::lock_timeout: return retry_advice::statement;
    case error_kind::connection_lost:
        // sent without an answer: it may have been done, so doing it again is the program's choice
        return code == server_lost ? retry_advice::no : retry_advice::reconnect;
    default: return retry_advice::no;
    }
}

}  // namespace

meaning meaning_of(report const& r) noexcept {
    if ((r.code >= 2000 && r.code < 3000) || r.code == 5010) return meaning_of_client(r.code);
    if (auto const m = meaning_of_value(r); m.words) return m;
    if (auto const m = meaning_of_name(r); m.words) return m;
    return meaning_of_work(r);
}

bool ends_connection(unsigned code) noexcept {
    switch (code) {
    case 1047:  // Galera node without quorum: go to another one
    case 1053:
    case 1152:
    case 1153:
    case 1158:
    case 1159:
    case 1160:
    case 1161:
    case 1184:
    case 1927:
    case 4031:
    case server_gone:
    case server_lost:
    case malformed_packet: return true;
    default: return false;
    }
}

namespace {

bool begins_with_use(std::string_view sql) {
    return sql.size() > 3 && (sql[0] | 32) == 'u' && (sql[1] | 32) == 's' && (sql[2] | 32) == 'e';
}

}  // namespace

error_info describe(report const& r, std::string_view sql) {
    auto const [kind, words] = meaning_of(r);
    error_info info;
    info.kind = kind;
    info.message = words;
    info.native_code = int(r.code);
    info.sqlstate = r.sqlstate;
    info.native_message = r.text;
    info.retry = advice(kind, r.code);
    if (r.code == server_lost || r.code == 1927) info.outcome = outcome::unknown;
    // 4031 was written to a session at rest: what was sent afterwards nobody has read
    if (r.code == server_gone || r.code == out_of_sync || r.code == 4031)
        info.outcome = outcome::not_sent;
    if (r.code == 1049 && !sql.empty() && !begins_with_use(sql)) {
        info.kind = error_kind::table_not_found;  // MariaDB says it so
        info.message = "no such table or view";
    }
    find_place(info, r, sql);
    return info;
}

}  // namespace relata::mysql_family
