// A target that tells an engine only what it counts itself. Its planted bug lies behind eight
// nested conditions, each true of one byte in eight: by chance alone that takes 2^24 inputs, and
// g++ instruments nothing. An engine that finds it in a hundredth of that has seen the counters.
#include "tests/fuzz/counters.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kConditions = 8;
  std::size_t met = 0;
  while (met < size && met < kConditions && data[met] % 8 == met) ++met;
  // The last counters: all have to reach the engine, not just the first ones. One is reached by
  // any input, or libFuzzer takes the target for one without coverage.
  for (std::size_t i = 0; i <= met; ++i) sehlab::fuzzing::count(sehlab::fuzzing::kCounters - 1 - i);
  if (met == kConditions) __builtin_trap();
  return 0;
}
