// What became of one run of a sweep, as its events tell, and whether that was to be.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "host/scenario/scenario.hpp"
#include "host/scenario/taken_by.hpp"
#include "host/trace/event.hpp"

namespace sehlab::scenario {

/// A run with one fault in it.
struct SweptRun {
  std::uint64_t instruction = 0;  ///< retired before the fault
  std::string at;                 ///< "go_fixed!cgocall+0x12"
  std::string function;           ///< "go_fixed!cgocall"; empty outside of every image
  std::string source;             ///< "cgocall.c:57"; empty when unknown
  std::string fault;
  TakenBy taken;
  SweptEnd end = SweptEnd::Survived;
  int exit = 0;                      ///< what `sehlab run` exits with; of no use when it hung
  std::string detail;                ///< of the lab, when it gave up
  std::vector<std::string> defects;  ///< "dangling@callbackasm1", in order
  std::string chain;                 ///< what is wrong with it; empty: restored
};

/// Fills in what events tell: who was asked and who took it, defects, the chain. Those from `own`
/// on came after the fault.
void read_events(std::span<const trace::Event> events, std::size_t own, SweptRun& run);

/// A position's verdict.
struct SweptVerdict {
  std::optional<std::size_t> expectation;  ///< in Sweep::expect: the one that speaks of it
  std::string expected, got;               ///< both empty: as expected
  [[nodiscard]] bool as_expected() const { return expected.empty(); }
};

/// Where the windows of a sweep's expectations lie, in counts of instructions; null: everywhere.
struct CountWindow {
  std::uint64_t from = 0, to = UINT64_MAX;
  [[nodiscard]] bool contains(std::uint64_t count) const { return count >= from && count < to; }
};

/// Without any expectation a run must survive, with the chain restored and the watch silent.
[[nodiscard]] SweptVerdict judge(const SweptRun& run, std::span<const SweepExpectation> expect,
                                 std::span<const CountWindow> windows);

}  // namespace sehlab::scenario
