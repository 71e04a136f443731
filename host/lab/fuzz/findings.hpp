// Findings: inputs that an engine kept, each run again here, grouped by what they show, shrunk, and
// written down in folders that people and `sehlab test` can use.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "emu/result.hpp"
#include "host/lab/fuzz/fuzzed_guest.hpp"

namespace sehlab::lab {

/// Inputs that show the same.
struct Bug {
  fuzz::Finding finding;
  InputBytes original;             ///< the shortest of them
  std::filesystem::path from;      ///< its file
  std::size_t inputs = 0;          ///< how many there are
  bool repeated = true;            ///< false: a run of it here is as it should be
  InputBytes shrunk;               ///< equal to `original` before shrink_bug
  std::filesystem::path folder{};  ///< empty before write_bug
  /// Whether its scenario fails, as it must; false: what differs is nothing that a scenario looks
  /// at, and none was left. nullopt: it was not tried.
  std::optional<bool> scenario_fails{};
};

/// Runs each file; bugs in the order in which they were met first. An Error when a file cannot be
/// read. `progress` is told of each file before it is run; may be empty.
[[nodiscard]] Result<std::vector<Bug>> group_findings(
    FuzzedGuest& guest, std::span<const std::filesystem::path> files,
    const std::function<void(std::size_t done)>& progress);

void shrink_bug(FuzzedGuest& guest, Bug& bug, const ShrinkProgress& progress);

/// Writes below `findings` a folder named after what the bug shows: input, original, listing.txt,
/// trace.txt, report.txt and, where a plain run can be made, scenario.toml, if it fails when it is
/// run. What was there of the same bug is replaced.
[[nodiscard]] Result<> write_bug(FuzzedGuest& guest, Bug& bug,
                                 const std::filesystem::path& findings);

/// A signature as the name of a folder: lower-case letters, digits and '-', 60 at most.
[[nodiscard]] std::string slug_of(const std::string& signature);

}  // namespace sehlab::lab
