// Havoc: changes that know nothing of operations, so that no string of bytes is out of reach.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "host/fuzz/sequence/dice.hpp"

namespace sehlab::fuzz::sequence {

/// A few bits, bytes and ranges of the first `size` bytes of `room`; the new size.
[[nodiscard]] std::size_t havoc(std::span<std::uint8_t> room, std::size_t size, Dice& dice);

}  // namespace sehlab::fuzz::sequence
