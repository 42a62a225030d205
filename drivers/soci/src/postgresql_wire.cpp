// SPDX-License-Identifier: BSL-1.0
//
// Values go as texts through SOCI's use elements; each placeholder is cast to the type that it is
// meant to have, because SOCI declares none. The text of the statement is given to SOCI past its
// search for names, and is not prepared under a name, so that a proxy that pools transactions does
// no harm.

#include "postgresql_wire.hpp"

#include "placeholders.hpp"

#include <charconv>
#include <cstring>

namespace relata::soci::detail {
namespace {

using backend_statement = ::soci::postgresql_statement_backend;

char const* cast_of(kind k) {
    switch (k) {
    case kind::boolean: return "boolean";
    case kind::int8:
    case kind::int16:
    case kind::uint8: return "smallint";
    case kind::int32:
    case kind::uint16: return "integer";
    case kind::int64:
    case kind::uint32: return "bigint";
    case kind::uint64:
    case kind::decimal:
    case kind::decimal_wide: return "numeric";
    case kind::float32: return "real";
    case kind::float64: return "double precision";
    case kind::text:
    case kind::bounded_text:
    case kind::enumeration: return "text";
    case kind::bytes: return "bytea";
    case kind::date: return "date";
    case kind::time: return "time";
    case kind::timestamp: return "timestamp";
    case kind::instant: return "timestamptz";
    case kind::uuid: return "uuid";
    case kind::json: return "json";
    default: return nullptr;
    }
}

type_info const& stored(type_info const& type) {
    return type.codec && type.kind == kind::custom ? stored(*type.codec->stored) : type;
}

std::string spell(split_sql const& sql, type_info const* const* types) {
    std::string out = sql.pieces[0];
    for (std::size_t i = 0; i < sql.numbers.size(); ++i) {
        char const* const type = cast_of(stored(*types[sql.numbers[i]]).kind);
        std::string const mark = "$" + std::to_string(sql.numbers[i] + 1);
        out += type ? "CAST(" + mark + " AS " + type + ")" : mark;
        out += sql.pieces[i + 1];
    }
    return out;
}

}  // namespace

postgresql_wire::postgresql_wire(postgresql_connection& owner, std::string_view sql,
                                 type_info const* const* types, unsigned count)
    : owner_(owner), statement_(static_cast<backend_statement*>(
                         owner.session().get_backend()->make_statement_backend())),
      uses_(*statement_, use_elements::numbers::as_text) {
    statement_->alloc();
    statement_->prepare("", ::soci::details::st_one_time_query);
    statement_->query_ = spell(split_at_placeholders(sql, marks::dollar, count), types);
}

void postgresql_wire::run(std::vector<bound> const& values) {
    close();
    owner_.speak();
    uses_.set(values);
    try {
        statement_->execute(1);
    } catch (::soci::soci_error const&) {
        uses_.done();
        owner_.refuse(statement_->result_.get_result());
    }
    uses_.done();
    PGresult* const result = statement_->result_.get_result();
    if (PQresultStatus(result) == PGRES_EMPTY_QUERY)
        fail(error_kind::syntax, "the statement is empty");
    affected_ = 0;
    std::string_view const tag = PQcmdStatus(result);
    char const* const count = PQcmdTuples(result);
    if (!tag.starts_with("SELECT") && !tag.starts_with("FETCH"))
        std::from_chars(count, count + std::strlen(count), affected_);
    rows_ = PQntuples(result);
    bytes_.resize(std::size_t(PQnfields(result)));
}

// What the statement gives, asked of the server when it has not run yet.
PGresult const* postgresql_wire::description() {
    if (PGresult const* const result = statement_->result_) return result;
    if (described_) return described_.get();
    auto* const conn = owner_.handle();
    result_handle const prepared(PQprepare(conn, "", statement_->query_.c_str(), 0, nullptr));
    if (PQresultStatus(prepared.get()) != PGRES_COMMAND_OK) owner_.refuse(prepared.get());
    described_.reset(PQdescribePrepared(conn, ""));
    if (PQresultStatus(described_.get()) != PGRES_COMMAND_OK) {
        result_handle const failed = std::move(described_);
        owner_.refuse(failed.get());
    }
    return described_.get();
}

}  // namespace relata::soci::detail
