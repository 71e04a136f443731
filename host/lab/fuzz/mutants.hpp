// Mutants: the lab with one bug planted, each an executable with libFuzzer in it, to see whether
// fuzzing finds it (tests/fuzz/mutants in the sources).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "emu/result.hpp"
#include "host/lab/fuzz/input_files.hpp"

namespace sehlab::lab {

struct Mutant {
  std::string name;
  std::string planted;  ///< in words
};

/// Those of FOLDER/mutants.txt, lines "NAME|what was planted". `wanted`: names, in their order;
/// empty: all. An Error: there is no list, or a name that it does not have.
[[nodiscard]] Result<std::vector<Mutant>> find_mutants(const std::filesystem::path& folder,
                                                       std::span<const std::string> wanted);

struct HuntRequest {
  std::filesystem::path folder;  ///< engine_folder()
  Mutant mutant;
  std::uint64_t seconds = 60;
  std::uint64_t seed = 0;         ///< 0: the engine's own choice
  std::function<bool()> stopped;  ///< may be empty
  /// "finding", "shrinking" and how far; may be empty.
  std::function<void(const std::string&)> progress;
};

struct Hunt {
  bool found = false;
  std::uint64_t executions = 0;
  double seconds = 0;     ///< until it was found, or given up
  std::string signature;  ///< of what the executable said
  InputBytes shrunk;
  std::string failure;  ///< the engine did not run as it should
};

/// Runs the mutant's executable from an empty corpus until it finds something, then shrinks that,
/// by running it on smaller inputs. An Error: files cannot be written, it cannot be started.
[[nodiscard]] Result<Hunt> hunt(const HuntRequest& request);

/// A table, a row a mutant; the same as a JSON object.
[[nodiscard]] std::string hunts_text(std::span<const Mutant> mutants, std::span<const Hunt> hunts);
[[nodiscard]] std::string hunts_json(std::span<const Mutant> mutants, std::span<const Hunt> hunts);

}  // namespace sehlab::lab
