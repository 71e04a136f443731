#include "tests/fuzz/counters.hpp"

#include <array>

// What engines offer; an engine has the first two (libFuzzer, LibAFL, Centipede, honggfuzz) or the
// other two (AFL++), and a program that only runs files has none: facts/fuzzing.md 4.1.
extern "C" {
[[gnu::weak]] void __sanitizer_cov_8bit_counters_init(std::uint8_t* begin, std::uint8_t* end);
[[gnu::weak]] void __sanitizer_cov_pcs_init(const std::uintptr_t* begin, const std::uintptr_t* end);
[[gnu::weak]] void __sanitizer_cov_trace_pc_guard_init(std::uint32_t* begin, std::uint32_t* end);
}
// Under another name: afl-clang-fast declares the variable itself in what it compiles, and ours
// would become __afl_area_ptr.1.
extern std::uint8_t* afl_area __asm__("__afl_area_ptr") __attribute__((weak));

namespace sehlab::fuzzing {

namespace {

std::array<std::uint8_t, kCounters> ours;

/// SanitizerCoverage's table of what each counter stands for: an address and flags (bit 0: a
/// function's entry). The address is the counter's own: all that is asked of it is to be unique.
struct Place {
  std::uintptr_t address, flags;
};
std::array<Place, kCounters> places;

/// AFL++: [0] becomes the number of our first slot in its map, the others follow.
std::array<std::uint32_t, kCounters> slots;

bool with_afl() {
  return &afl_area != nullptr && slots[0] != 0;
}

// With the priority of what compilers emit for the same purpose: AFL++ sizes its map right after.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wprio-ctor-dtor"
#endif
[[gnu::constructor(2)]] void announce() {
  if (&afl_area != nullptr && __sanitizer_cov_trace_pc_guard_init != nullptr) {
    __sanitizer_cov_trace_pc_guard_init(slots.data(), slots.data() + slots.size());
  } else if (__sanitizer_cov_8bit_counters_init != nullptr) {
    for (std::size_t i = 0; i < kCounters; ++i) {
      places[i] = {reinterpret_cast<std::uintptr_t>(&ours[i]), 0};
    }
    __sanitizer_cov_8bit_counters_init(ours.data(), ours.data() + ours.size());
    const auto* const words = reinterpret_cast<const std::uintptr_t*>(places.data());
    __sanitizer_cov_pcs_init(words, words + 2 * places.size());
  }
}

}  // namespace

std::span<std::uint8_t> counters() {
  if (with_afl()) return {afl_area + slots[0], kCounters};
  return ours;
}

}  // namespace sehlab::fuzzing
