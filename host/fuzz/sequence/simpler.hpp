// What is simpler than an operation, for whoever shrinks sequences.
#pragma once

#include <cstddef>
#include <optional>

#include "host/fuzz/sequence/grammar.hpp"

namespace sehlab::fuzz::sequence {

/// The same operation, written as simply as it can be: operands inside their range, 0 where they
/// are not used. An operation that nobody knows stays as it is but for the bits that are nothing.
[[nodiscard]] RawOp canonical(const RawOp& op);

/// Another operation that does less, or the same in a simpler way; `attempt` counts from 0 to
/// kMostSimpler - 1. Nothing where there is none with that number. Following them ends at
/// LAB_OP_NOP.
constexpr std::size_t kMostSimpler = 3;
[[nodiscard]] std::optional<RawOp> simpler_op(const RawOp& op, std::size_t attempt);

}  // namespace sehlab::fuzz::sequence
