// EngineStatus: how far a fuzzing engine is, read from what it says itself: libFuzzer's lines, and
// the files plot_data and fuzzer_stats of AFL++.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sehlab::lab {

struct EngineStatus {
  std::uint64_t executions = 0;
  double per_second = 0;       ///< as the engine says
  std::uint64_t corpus = 0;    ///< inputs that it keeps
  std::uint64_t coverage = 0;  ///< counters that were raised, as the engine counts them
  std::uint64_t findings = 0;  ///< inputs that it kept as such; libFuzzer: with -fork only
};

/// A line of libFuzzer's, of one process ("#128 NEW cov: 5 ft: …") or of -fork ("#128: cov: 5 …"),
/// or of its end ("Done 128 runs in …", "stat::number_of_executed_units: 128"): into `status`, what
/// it says not staying as it was. False: it is another line.
bool read_libfuzzer_line(std::string_view line, EngineStatus& status);

/// The last whole line of a plot_data (docs/afl-fuzz_approach.md of AFL++); nullopt: there is none.
[[nodiscard]] std::optional<EngineStatus> read_afl_plot(std::string_view text);
/// A fuzzer_stats; nullopt: it is none.
[[nodiscard]] std::optional<EngineStatus> read_afl_stats(std::string_view text);

/// Of several instances of AFL++ that share what they find: executions and findings add up; what
/// one of them has of the corpus and of coverage all will have.
[[nodiscard]] EngineStatus together(const EngineStatus& one, const EngineStatus& other);

}  // namespace sehlab::lab
