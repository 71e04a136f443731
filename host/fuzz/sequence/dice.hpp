// Dice: numbers drawn from a seed, the same on every system (SplitMix64; Steele, Lea, Flood, "Fast
// splittable pseudorandom number generators", 2014).
#pragma once

#include <cstddef>
#include <cstdint>

namespace sehlab::fuzz::sequence {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15u;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
    return mixed ^ (mixed >> 31);
  }
  /// 0 to `bound` - 1; 0 for a bound of 0. Bounds are far below 2^32, the bias is not felt.
  std::size_t below(std::size_t bound) {
    return static_cast<std::size_t>((next() >> 32) * bound >> 32);
  }
  bool one_in(std::size_t n) { return below(n) == 0; }
  std::uint8_t byte() { return static_cast<std::uint8_t>(next() >> 56); }

 private:
  std::uint64_t state_;
};

}  // namespace sehlab::fuzz::sequence
