// FuzzedGuest: what is fuzzed, as far as people who look at an input want to know of it: whether it
// shows a bug, what it does, a smaller one that shows the same, and how a plain run of it is made.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <span>
#include <string>

#include "emu/result.hpp"
#include "host/fuzz/target.hpp"
#include "host/lab/fuzz/input_files.hpp"
#include "host/lab/fuzz/told_run.hpp"
#include "host/process/options.hpp"

namespace sehlab::lab {

/// Told now and then while an input shrinks: bytes it has, inputs tried. May be empty.
using ShrinkProgress = std::function<void(std::size_t bytes, std::size_t tried)>;

class FuzzedGuest {
 public:
  virtual ~FuzzedGuest() = default;

  /// Runs it fast, then traced and watched. Null: as it should be. Until the next call.
  virtual const fuzz::Finding* judge(std::span<const std::byte> input) = 0;
  /// The smallest input to be found with a finding of that signature.
  virtual InputBytes shrink(std::span<const std::byte> input, const std::string& signature,
                            const ShrinkProgress& progress) = 0;
  /// What the input does, line by line.
  virtual std::string listing(std::span<const std::byte> input) = 0;
  /// The same in few words: "cgocall; callback; panic 0".
  virtual std::string in_short(std::span<const std::byte> input) = 0;
  /// Pieces that a person counts: operations, or bytes.
  [[nodiscard]] virtual std::string size_text(std::span<const std::byte> input) const = 0;

  /// Runs it traced and watched; returns the crash report and the watch's words. An Error: it
  /// cannot be started.
  virtual Result<std::string> tell(std::span<const std::byte> input, TraceForm form,
                                   std::ostream& trace) = 0;
  /// A plain run of it, as `sehlab run` makes one; nullopt: there is no such thing.
  [[nodiscard]] virtual std::optional<process::Options> plain_run(
      std::span<const std::byte> input) const = 0;
  /// What a scenario of that run expects: the lines of its [expect].
  virtual std::string expectations(std::span<const std::byte> input) = 0;
};

}  // namespace sehlab::lab
