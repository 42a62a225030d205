// SPDX-License-Identifier: BSL-1.0

#include "migrate/product.hpp"

#include <stdexcept>

namespace relata::migrate::sqlite {

std::vector<std::string> create_statements(schema::catalog::schema const&) {
    throw std::logic_error("not written yet");
}

}  // namespace relata::migrate::sqlite
