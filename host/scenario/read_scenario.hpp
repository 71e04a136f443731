// Reading scenario files: everything that is wrong with one is said when it is read, with its
// line, before anything runs.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "emu/result.hpp"
#include "host/scenario/scenario.hpp"

namespace sehlab::scenario {

/// `file` is for messages and for paths relative to it. `profiles`: the known ones; empty when
/// they are not to be checked.
[[nodiscard]] Result<Scenario> parse_scenario(std::string_view text,
                                              const std::filesystem::path& file,
                                              const std::vector<std::string>& profiles = {});

[[nodiscard]] Result<Scenario> read_scenario(const std::filesystem::path& file,
                                             const std::vector<std::string>& profiles = {});

}  // namespace sehlab::scenario
