#include "host/fuzz/sequence/simpler.hpp"

namespace sehlab::fuzz::sequence {

namespace {

// Filters have the numbers of the handler's policies that do the same, as far as both have them.
static_assert(int{LAB_FILTER_CONTINUE} == int{LAB_HANDLE_CONTINUE});
static_assert(int{LAB_FILTER_EXECUTE} == int{LAB_HANDLE_UNWIND});

/// The first is the simplest. Each leads to an operation further up in this list, so that following
/// them ends: FAULT, RECORD, then what is told in terms of these.
std::optional<RawOp> translated(const RawOp& op, std::size_t which) {
  const auto [a, b, c] = op.operands;
  switch (op.op & LAB_SEQ_OP_MASK) {
    case LAB_OP_PANIC:
    case LAB_OP_RAISE:
      if (which == 0) return RawOp{LAB_OP_FAULT, {}};
      break;
    case LAB_OP_THROW:
      if (which == 0) return RawOp{LAB_OP_FAULT, {}};
      if (which == 1) return RawOp{LAB_OP_RAISE, {}};
      break;
    case LAB_OP_GO:
      if (which == 0) return RawOp{LAB_OP_GOCALL, {}};
      break;
    case LAB_OP_TRY_EXCEPT:
      if (which == 0 && a <= LAB_FILTER_EXECUTE && c == 0) return RawOp{LAB_OP_RECORD, {a, 0, 0}};
      break;
    case LAB_OP_TRY_BOTH:
      if (which == 0) return RawOp{LAB_OP_TRY_EXCEPT, {a, 0, c}};
      if (which == 1) return RawOp{LAB_OP_TRY_FINALLY, {b, 0, 0}};
      break;
    case LAB_OP_CXX_TRY:
      if (which == 0) return RawOp{LAB_OP_TRY_EXCEPT, {LAB_FILTER_EXECUTE, 0, c}};
      break;
    case LAB_OP_CXX_OBJECT:
      if (which == 0) return RawOp{LAB_OP_TRY_FINALLY, {a, 0, 0}};
      break;
    default:
      break;
  }
  return std::nullopt;
}

}  // namespace

RawOp canonical(const RawOp& op) {
  RawOp clean{static_cast<std::uint8_t>(op.op & LAB_SEQ_OP_MASK), op.operands};
  const OpRule* rule = op_rule(op.op);
  if (rule == nullptr) return clean;
  for (std::size_t i = 0; i < clean.operands.size(); ++i) {
    clean.operands[i] = is_used(op, i) ? chosen(rule->operands[i], op.operands[i]) : 0;
  }
  return clean;
}

std::optional<RawOp> simpler_op(const RawOp& op, std::size_t attempt) {
  if (attempt != 0) return translated(op, attempt - 1);
  if (op == RawOp{}) return std::nullopt;
  return RawOp{};
}

}  // namespace sehlab::fuzz::sequence
