// Child: `sehlab` run as a user runs it, with what the system says of its time and memory.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace sehlab::bench {

struct ChildUse {
  double wall_seconds = 0;
  double cpu_seconds = 0;     ///< user and system
  double peak_kibibytes = 0;  ///< resident
};

/// Runs build/bin/sehlab with these arguments, its output thrown away. Empty: it did not exit
/// with 0.
[[nodiscard]] std::optional<ChildUse> run_sehlab(const std::vector<std::string>& arguments);

/// A guest image of the build.
[[nodiscard]] std::string guest(const std::string& name);

}  // namespace sehlab::bench
