#include "host/fuzz/sequence/grammar.hpp"

namespace sehlab::fuzz::sequence {

namespace {

using Names = std::string_view;

// In the order of the header's enumerators, which tests/fuzz/sequence compares.
constexpr std::array<Names, LAB_HANDLES> kHandles{
    "SEARCH",   "CONTINUE", "UNWIND",     "UNWIND_TO",    "UNWIND_BAD",     "NESTED",
    "COLLIDED", "JUNK",     "INVALIDATE", "STEPS_SEARCH", "STEPS_CONTINUE", "STEPS_UNWIND"};
constexpr std::array<Names, LAB_UNWINDS> kUnwinds{"SEARCH", "CONTINUE", "NESTED", "COLLIDED",
                                                  "STEPS"};
constexpr std::array<Names, LAB_FILTERS> kFilters{
    "SEARCH", "CONTINUE", "EXECUTE", "STEPS_SEARCH", "STEPS_CONTINUE", "STEPS_EXECUTE"};
constexpr std::array<Names, LAB_BLOCKS> kBlocks{"PLAIN", "STEPS"};
constexpr std::array<Names, LAB_CATCHES> kCatches{"INT", "ALL"};
constexpr std::array<Names, LAB_VECTOREDS> kVectoreds{"SEARCH", "CONTINUE", "STEPS"};
constexpr std::array<Names, LAB_DEFERS> kDefers{"PLAIN", "RECOVER",       "STEPS", "STEPS_RECOVER",
                                                "PANIC", "RECOVER_PANIC", "HELPED"};
constexpr std::array<Names, LAB_FAULTS> kFaults{
    "READ", "WRITE", "WRITE_CODE", "CALL", "DIVIDE", "OVERFLOW", "UD2", "INT3", "HLT",
    "STEP", "BOUND", "INTO",       "LOCK", "INT_20", "ASSERT",   "X87", "SSE",  "GUARD"};
constexpr std::array<Names, LAB_SEQ_CODES_COUNT> kCodes{
    "E0000001", "E0000002", "C0000005", "C0000094", "C000008C", "C000001D", "C00000FD", "80000001"};
constexpr std::array<Names, 1> kSteps{"STEPS"};
constexpr std::array<Names, 1> kFirst{"FIRST"};
constexpr std::array<Names, 1> kShort{"SHORT"};
constexpr std::array<Names, 1> kNoncontinuable{"NONCONTINUABLE"};

constexpr OperandRule kNone{};
constexpr OperandRule kFrame{OperandKind::Frame, {}};
constexpr OperandRule kValue{OperandKind::Value, {}};
constexpr OperandRule one_of(std::span<const Names> names, std::uint8_t bits = 0xff) {
  return {OperandKind::Choice, names, bits};
}
constexpr OperandRule flag(std::span<const Names> name) {
  return {OperandKind::Flag, name};
}

constexpr std::optional<World> kOpensNone = std::nullopt;
constexpr auto kC = World::C;
constexpr auto kGo = World::Go;

constexpr std::array kRules{
    OpRule{LAB_OP_NOP, "NOP", true, true, kOpensNone, 1, {}},
    OpRule{LAB_OP_END, "END", true, true, kOpensNone, 24, {}},
    OpRule{LAB_OP_FAULT, "FAULT", true, true, kOpensNone, 24, {one_of(kFaults)}},
    OpRule{LAB_OP_RECORD,
           "RECORD",
           true,
           false,
           kC,
           24,
           {one_of(kHandles), kFrame, one_of(kUnwinds, 0x0f)}},
    OpRule{LAB_OP_TRY_EXCEPT,
           "TRY_EXCEPT",
           true,
           false,
           kC,
           12,
           {one_of(kFilters), kNone, flag(kSteps)}},
    OpRule{LAB_OP_TRY_FINALLY, "TRY_FINALLY", true, false, kC, 8, {one_of(kBlocks)}},
    OpRule{LAB_OP_TRY_BOTH,
           "TRY_BOTH",
           true,
           false,
           kC,
           8,
           {one_of(kFilters), one_of(kBlocks), flag(kSteps)}},
    OpRule{LAB_OP_CXX_TRY, "CXX_TRY", true, false, kC, 8, {one_of(kCatches), kNone, flag(kSteps)}},
    OpRule{LAB_OP_CXX_OBJECT, "CXX_OBJECT", true, false, kC, 6, {one_of(kBlocks)}},
    OpRule{LAB_OP_SETJMP, "SETJMP", true, false, kC, 6, {}},
    OpRule{LAB_OP_LONGJMP, "LONGJMP", true, false, kOpensNone, 6, {kFrame}},
    OpRule{LAB_OP_RAISE,
           "RAISE",
           true,
           false,
           kOpensNone,
           12,
           {one_of(kCodes), flag(kNoncontinuable)}},
    OpRule{LAB_OP_THROW, "THROW", true, false, kOpensNone, 8, {kValue}},
    OpRule{LAB_OP_UNWIND, "UNWIND", true, false, kOpensNone, 8, {kFrame}},
    OpRule{LAB_OP_ADD_VECTORED,
           "ADD_VECTORED",
           true,
           false,
           kOpensNone,
           5,
           {one_of(kVectoreds), flag(kFirst)}},
    OpRule{LAB_OP_REMOVE_VECTORED, "REMOVE_VECTORED", true, false, kOpensNone, 3, {kFrame}},
    OpRule{LAB_OP_ADD_CONTINUE, "ADD_CONTINUE", true, false, kOpensNone, 3, {kNone, flag(kFirst)}},
    OpRule{LAB_OP_REMOVE_CONTINUE, "REMOVE_CONTINUE", true, false, kOpensNone, 2, {kFrame}},
    OpRule{LAB_OP_REUSE, "REUSE", true, true, kOpensNone, 6, {}},
    OpRule{LAB_OP_THREAD, "THREAD", true, false, kC, 3, {}},
    OpRule{LAB_OP_STACK_BASE, "STACK_BASE", true, false, kC, 4, {kFrame, flag(kShort)}},
    OpRule{LAB_OP_CALLBACK, "CALLBACK", true, false, kGo, 12, {}},
    OpRule{LAB_OP_CGOCALL, "CGOCALL", false, true, kC, 24, {}},
    OpRule{LAB_OP_GOCALL, "GOCALL", false, true, kGo, 12, {}},
    OpRule{LAB_OP_DEFER, "DEFER", false, true, kOpensNone, 20, {one_of(kDefers)}},
    OpRule{LAB_OP_PANIC, "PANIC", false, true, kOpensNone, 20, {kValue}},
    OpRule{LAB_OP_GO, "GO", false, true, kGo, 4, {}},
    OpRule{LAB_OP_LOCK, "LOCK", false, true, kOpensNone, 4, {}},
    OpRule{LAB_OP_UNLOCK, "UNLOCK", false, true, kOpensNone, 3, {}},
};

constexpr std::uint8_t kNobody = 0xff;
constexpr std::array<std::uint8_t, LAB_SEQ_OP_MASK + 1> kByCode = [] {
  std::array<std::uint8_t, LAB_SEQ_OP_MASK + 1> by_code{};
  by_code.fill(kNobody);
  for (std::size_t i = 0; i < kRules.size(); ++i) {
    by_code[kRules[i].code] = static_cast<std::uint8_t>(i);
  }
  return by_code;
}();

}  // namespace

std::span<const OpRule> op_rules() {
  return kRules;
}

const OpRule* op_rule(std::uint8_t op) {
  const std::uint8_t index = kByCode[op & LAB_SEQ_OP_MASK];
  return index == kNobody ? nullptr : &kRules[index];
}

bool is_used(const RawOp& op, std::size_t which) {
  const OpRule* rule = op_rule(op.op);
  if (rule == nullptr || rule->operands[which].kind == OperandKind::Unused) return false;
  if (rule->code != LAB_OP_RECORD || which != 1) return true;
  const std::uint8_t handle = chosen(rule->operands[0], op.operands[0]);
  return handle == LAB_HANDLE_UNWIND_TO || handle == LAB_HANDLE_JUNK;
}

}  // namespace sehlab::fuzz::sequence
