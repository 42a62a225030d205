// SPDX-License-Identifier: BSL-1.0
/// \file
/// Generated headers, compiled while the test runs.
#pragma once

#include <relata/engine/database.hpp>
#include <relata/migrate/generate.hpp>

#include <string>
#include <vector>

namespace test {

/// Generated headers as one library, compiled with all warnings as errors and loaded.
class compiled_models {
public:
    /// The models of one schema and the namespace that they were generated for.
    struct part {
        std::string name_space;
        std::string text;
    };
    /// Throws with what the compiler says.
    explicit compiled_models(std::vector<part> const& parts);
    ~compiled_models();
    compiled_models(compiled_models const&) = delete;
    compiled_models& operator=(compiled_models const&) = delete;

    /// Makes the tables of one part.
    void create_tables(std::string const& name_space, relata::connection& in) const;

private:
    void* library_ = nullptr;
};

/// Looks at the same headers with a further compiler, without making anything of them.
void check_with(std::string const& compiler, std::vector<compiled_models::part> const& parts);

/// What the notes name, each thing once, a line for each.
std::string things(std::vector<relata::migrate::cpp_note> const& notes);

}  // namespace test
