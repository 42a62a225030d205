// SPDX-License-Identifier: BSL-1.0

#include "parameters.hpp"

namespace relata::mysql_connector::detail {

bool parameters::adapt(std::vector<placeholder>& forms) const {
    bool fits = true;
    for (std::size_t i = 0; i < slots_.size(); ++i) {
        slot const& s = slots_[i];
        // NULL fits everywhere, and once a text was long, short ones do as well
        bool const text = s.holds == holds::text && s.wants.form == form::plain;
        if (s.holds == holds::null || s.wants == forms[i] ||
            (text && forms[i].form == form::long_text))
            continue;
        forms[i] = s.wants;
        fits = false;
    }
    return fits;
}

void parameters::bind(vendor::PreparedStatement& to) {
    streams_.clear();
    for (unsigned i = 0; i < slots_.size(); ++i) {
        slot const& s = slots_[i];
        switch (s.holds) {
        case holds::null: to.setNull(i + 1, 0); break;
        case holds::integer: to.setInt64(i + 1, s.integer); break;
        case holds::unsigned_integer: to.setUInt64(i + 1, s.natural); break;
        case holds::real: to.setDouble(i + 1, s.real); break;
        case holds::text:
            to.setString(i + 1, vendor::SQLString(s.chars().data(), s.chars().size()));
            break;
        case holds::bytes:
            streams_.push_back(std::make_unique<byte_stream>(s.chars()));
            to.setBlob(i + 1, streams_.back().get());
            break;
        }
    }
}

}  // namespace relata::mysql_connector::detail
