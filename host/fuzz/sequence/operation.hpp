// Operation: four bytes of a sequence. Every string of bytes is a sequence
// (guest/include/lab/sequence.h), so decoding cannot fail.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "lab/sequence.h"

namespace sehlab::fuzz::sequence {

struct Operation {
  std::uint8_t op;       ///< LAB_OP_*, masked; may be one that nobody knows
  std::uint8_t a, b, c;  ///< operands, raw
};

/// How many operations `bytes` holds: a rest of one to three bytes and what follows the first
/// LAB_SEQ_MOST_OPS are no part of the sequence.
constexpr std::size_t operation_count(std::span<const std::byte> bytes) {
  return std::min<std::size_t>(bytes.size() / LAB_SEQ_OP_BYTES, LAB_SEQ_MOST_OPS);
}

/// The operation with that number, which is less than operation_count(bytes).
constexpr Operation operation_at(std::span<const std::byte> bytes, std::size_t number) {
  const auto part = bytes.subspan(number * LAB_SEQ_OP_BYTES, LAB_SEQ_OP_BYTES);
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(part[i]); };
  return {static_cast<std::uint8_t>(byte(0) & LAB_SEQ_OP_MASK), byte(1), byte(2), byte(3)};
}

}  // namespace sehlab::fuzz::sequence
