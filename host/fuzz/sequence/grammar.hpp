// Grammar: which operations there are (guest/include/lab/sequence.h), in which world each exists,
// whether it opens a frame, and what its operands choose from. For whoever writes sequences:
// generator, mutator, shrinker and the text form.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "lab/sequence.h"

namespace sehlab::fuzz::sequence {

enum class World : std::uint8_t { C, Go };

/// Four bytes of a sequence as they are: nothing masked, nothing taken modulo.
struct RawOp {
  std::uint8_t op = LAB_OP_NOP;
  std::array<std::uint8_t, 3> operands{};
  friend bool operator==(const RawOp&, const RawOp&) = default;
};
static_assert(sizeof(RawOp) == LAB_SEQ_OP_BYTES);

enum class OperandKind : std::uint8_t {
  Unused,
  Choice,  ///< one of `names`
  Frame,   ///< number of a live frame, the innermost being 0
  Flag,    ///< bit 0; its one name says that it is set
  Value    ///< any byte
};

struct OperandRule {
  OperandKind kind = OperandKind::Unused;
  std::span<const std::string_view> names;
  std::uint8_t bits = 0xff;  ///< those of the byte that choose
};

struct OpRule {
  std::uint8_t code;  ///< LAB_OP_*
  std::string_view name;
  bool in_c, in_go;
  std::optional<World> opens;  ///< the world of the frame that it opens
  std::uint8_t weight;         ///< how often a generator takes it, among those that its world has
  std::array<OperandRule, 3> operands;

  [[nodiscard]] bool is_in(World world) const { return world == World::C ? in_c : in_go; }
};

/// In the order of their codes.
[[nodiscard]] std::span<const OpRule> op_rules();
/// Null for an operation that nobody knows. `op` is masked here.
[[nodiscard]] const OpRule* op_rule(std::uint8_t op);

/// What the operand chooses: an index into the rule's names, a flag's bit, or the byte itself.
[[nodiscard]] constexpr std::uint8_t chosen(const OperandRule& rule, std::uint8_t operand) {
  switch (rule.kind) {
    case OperandKind::Choice:
      return static_cast<std::uint8_t>((operand & rule.bits) % rule.names.size());
    case OperandKind::Flag:
      return operand & 1;
    default:
      return operand;
  }
}

/// Does operand `which` (0 to 2) make a difference in this operation? LAB_OP_RECORD's second one
/// does under two policies only.
[[nodiscard]] bool is_used(const RawOp& op, std::size_t which);

/// How many operations `bytes` holds; a rest of one to three bytes and what is too many are none.
[[nodiscard]] constexpr std::size_t ops_in(std::size_t bytes) {
  return std::min<std::size_t>(bytes / LAB_SEQ_OP_BYTES, LAB_SEQ_MOST_OPS);
}

/// The operation with that number, which is less than ops_in(bytes.size()).
[[nodiscard]] constexpr RawOp raw_op(std::span<const std::uint8_t> bytes, std::size_t number) {
  const std::size_t at = number * LAB_SEQ_OP_BYTES;
  return {bytes[at], {bytes[at + 1], bytes[at + 2], bytes[at + 3]}};
}

}  // namespace sehlab::fuzz::sequence
