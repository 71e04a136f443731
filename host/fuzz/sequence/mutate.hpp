// Mutation of sequences by whole operations, for engines that know bytes only (libFuzzer's
// LLVMFuzzerCustomMutator, AFL++'s custom mutators).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "host/fuzz/sequence/grammar.hpp"

namespace sehlab::fuzz::sequence {

/// Changes the sequence that the first `size` bytes of `room` are, in place; the new size, at most
/// that of `room`. The same for the same bytes, seed and world; nothing is allocated. Every string
/// of bytes is taken, and every one can come out: a few of the changes are made to bytes.
/// `begins_in` is the world of the program that executes it; nothing: whichever its operations fit
/// better.
[[nodiscard]] std::size_t mutate(std::span<std::uint8_t> room, std::size_t size, std::uint32_t seed,
                                 std::optional<World> begins_in = std::nullopt);

/// Writes into `room` a sequence that has parts of both; its size. `room` must not overlap them.
[[nodiscard]] std::size_t crossover(std::span<const std::uint8_t> first,
                                    std::span<const std::uint8_t> second,
                                    std::span<std::uint8_t> room, std::uint32_t seed,
                                    std::optional<World> begins_in = std::nullopt);

}  // namespace sehlab::fuzz::sequence
