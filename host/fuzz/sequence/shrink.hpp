// Shrinking: the simplest sequence that still does what a longer one did.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "host/fuzz/sequence/grammar.hpp"

namespace sehlab::fuzz::sequence {

using StillFails = std::function<bool(std::span<const std::uint8_t>)>;

struct ShrinkProgress {
  std::size_t tries;       ///< so far
  std::size_t operations;  ///< of the simplest sequence so far
  std::string_view phase;  ///< Shrinker::phase()
};

struct ShrinkOptions {
  std::optional<World> begins_in;   ///< of the program; nothing: guessed from the operations
  std::size_t most_tries = 20'000;  ///< calls of the predicate, the first one included
  /// Called after each try, if there is one.
  std::function<void(const ShrinkProgress&)> progress;
};

struct Shrunk {
  std::vector<std::uint8_t> bytes;  ///< the simplest that was found
  std::size_t tries = 0;
  bool failed = false;    ///< the sequence itself did; else it is given back as it came
  bool complete = false;  ///< nothing simpler is left to try; else most_tries was reached
};

/// The same for the same sequence and answers. `still_fails` decides what is kept: best by the
/// finding's signature, or another bug may take the place of the one that is shrunk.
[[nodiscard]] Shrunk shrink(std::span<const std::uint8_t> bytes, const StillFails& still_fails,
                            const ShrinkOptions& options = {});

}  // namespace sehlab::fuzz::sequence
