#include "host/fuzz/sequence/listing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

#include "host/fuzz/sequence/policy_names.hpp"
#include "host/win32/exception_flags.hpp"
#include "host/win32/status.hpp"

namespace sehlab::fuzz::sequence {

namespace {

constexpr std::array<std::uint32_t, LAB_SEQ_CODES_COUNT> kRaised{LAB_SEQ_CODES};

std::string code_text(std::uint32_t code) {
  const std::string_view meaning = win32::status_meaning(code);
  return meaning.empty() ? fmt::format("{:08X}", code) : fmt::format("{:08X}, {}", code, meaning);
}

/// The exceptions that have this `code8`, among those that a sequence can meet.
std::string code8_text(std::uint32_t code8) {
  std::string text;
  const auto add = [&](std::uint32_t code, std::string_view meaning) {
    if (((code ^ code >> 24) & 0xff) != code8) return;
    if (!text.empty()) text += " or ";
    text += meaning.empty() ? fmt::format("{:08X}", code) : std::string(meaning);
  };
  for (const std::uint32_t code : kRaised) {
    if (win32::find_status_text(code) == nullptr) add(code, {});
  }
  using namespace win32;
  for (const std::uint32_t code : {STATUS_ACCESS_VIOLATION,
                                   STATUS_INTEGER_DIVIDE_BY_ZERO,
                                   STATUS_INTEGER_OVERFLOW,
                                   STATUS_ILLEGAL_INSTRUCTION,
                                   STATUS_BREAKPOINT,
                                   STATUS_PRIVILEGED_INSTRUCTION,
                                   STATUS_SINGLE_STEP,
                                   STATUS_ARRAY_BOUNDS_EXCEEDED,
                                   STATUS_INVALID_LOCK_SEQUENCE,
                                   STATUS_ASSERTION_FAILURE,
                                   STATUS_FLOAT_DIVIDE_BY_ZERO,
                                   STATUS_FLOAT_MULTIPLE_TRAPS,
                                   STATUS_GUARD_PAGE_VIOLATION,
                                   STATUS_STACK_OVERFLOW,
                                   STATUS_NONCONTINUABLE_EXCEPTION,
                                   STATUS_INVALID_DISPOSITION,
                                   STATUS_UNWIND,
                                   STATUS_BAD_STACK,
                                   STATUS_INVALID_UNWIND_TARGET,
                                   std::uint32_t{0xE06D7363}}) {
    add(code, status_meaning(code));
  }
  return text.empty() ? fmt::format("code8 {:02x}", code8) : text;
}

std::string exception_text(std::uint32_t flags, std::uint32_t code8) {
  std::string text = code8_text(code8);
  const auto flag = [&](std::uint32_t bit, std::string_view name) {
    if ((flags & bit) != 0) fmt::format_to(std::back_inserter(text), ", {}", name);
  };
  flag(win32::EXCEPTION_NONCONTINUABLE, "noncontinuable");
  flag(win32::EXCEPTION_UNWINDING, "unwinding");
  flag(win32::EXCEPTION_EXIT_UNWIND, "exit unwind");
  flag(win32::EXCEPTION_STACK_INVALID, "stack invalid");
  flag(win32::EXCEPTION_NESTED_CALL, "nested");
  return text;
}

std::string value_text(std::uint32_t value) {
  if ((value & 0x80) != 0) return fmt::format("panic({})", value & 0x7f);
  return value < kValues.size() ? std::string(kValues[value]) : fmt::format("value {}", value);
}

/// A policy's words; "{b}" in them is the operand.
std::string policy(std::string_view words, std::uint8_t b = 0) {
  return fmt::format(fmt::runtime(words), fmt::arg("b", b));
}

std::string name_of(std::uint8_t op) {
  const auto* known = std::ranges::find(kOperationNames, int{op}, &OperationName::op);
  return known == kOperationNames.end() ? fmt::format("unknown operation {}", op)
                                        : std::string(known->name);
}

/// What the operands choose; empty when there is nothing to say.
std::string choices(Operation op) {
  const auto block = [](std::string_view name, std::string_view words) {
    return words.empty() ? std::string() : fmt::format("{} {}", name, words);
  };
  const auto joined = [](std::string first, const std::string& second) {
    return second.empty() ? first : first + "; " + second;
  };
  const std::string more = (op.c & 1) != 0 ? "block runs operations" : "";
  switch (op.op) {
    case LAB_OP_FAULT:
      return std::string(kFaultNames[op.a % LAB_FAULTS]);
    case LAB_OP_RECORD:
      return joined(policy(kHandles[op.a % LAB_HANDLES], op.b),
                    std::string(kUnwinds[(op.c & 0x0f) % LAB_UNWINDS]));
    case LAB_OP_TRY_EXCEPT:
      return joined(std::string(kFilters[op.a % LAB_FILTERS]), more);
    case LAB_OP_TRY_FINALLY:
      return std::string(kBlocks[op.a % LAB_BLOCKS]);
    case LAB_OP_TRY_BOTH:
      return joined(joined(std::string(kFilters[op.a % LAB_FILTERS]), more),
                    block("__finally", kBlocks[op.b % LAB_BLOCKS]));
    case LAB_OP_CXX_TRY:
      return joined(std::string(kCatches[op.a % LAB_CATCHES]), more);
    case LAB_OP_CXX_OBJECT:
      return block("destructor", kBlocks[op.a % LAB_BLOCKS]);
    case LAB_OP_LONGJMP:
    case LAB_OP_UNWIND:
      return fmt::format("to live frame {}", op.a);
    case LAB_OP_STACK_BASE:
      return fmt::format("{} of live frame {}'s record",
                         (op.b & 1) != 0 ? "one byte below the end" : "the end", op.a);
    case LAB_OP_RAISE:
      return code_text(kRaised[op.a % LAB_SEQ_CODES_COUNT]) +
             ((op.b & 1) != 0 ? ", noncontinuable" : "");
    case LAB_OP_THROW:
      return fmt::format("{}", op.a);
    case LAB_OP_ADD_VECTORED:
      return fmt::format("{}{}", (op.b & 1) != 0 ? "first; " : "", kVectored[op.a % LAB_VECTOREDS]);
    case LAB_OP_ADD_CONTINUE:
      return (op.b & 1) != 0 ? "first" : "";
    case LAB_OP_REMOVE_VECTORED:
    case LAB_OP_REMOVE_CONTINUE:
      return fmt::format("number {} of them", op.a);
    case LAB_OP_DEFER:
      return std::string(kDefers[op.a % LAB_DEFERS]);
    case LAB_OP_PANIC:
      return fmt::format("{}", op.a & 0x7f);
    default:
      return {};
  }
}

}  // namespace

std::string describe(std::uint32_t word) {
  const std::uint32_t id = word >> 8 & 0xff, x = word >> 16 & 0xff, y = word >> 24;
  switch (word & 0xff) {
    case LAB_LOG_HANDLER:
      return fmt::format("handler of #{} entered: {}", id, exception_text(x, y));
    case LAB_LOG_FILTER:
      return fmt::format("filter of #{} entered: {}", id, exception_text(x, y));
    case LAB_LOG_EXCEPT:
      return fmt::format("__except block of #{}", id);
    case LAB_LOG_FINALLY:
      return fmt::format("__finally block of #{}{}", id, x != 0 ? ", abnormal termination" : "");
    case LAB_LOG_CATCH:
      return fmt::format("catch block of #{}: {}", id, x);
    case LAB_LOG_DESTROYED:
      return fmt::format("destructor of #{}", id);
    case LAB_LOG_VECTORED:
      return fmt::format("vectored handler #{} entered: {}", id, exception_text(x, y));
    case LAB_LOG_CONTINUED:
      return fmt::format("continue handler #{} entered: {}", id, exception_text(x, y));
    case LAB_LOG_LANDED:
      return fmt::format("landed in #{}", id);
    case LAB_LOG_RESUMED:
      return fmt::format("#{} was continued", id);
    case LAB_LOG_DEFERRED:
      return fmt::format("deferred function #{}", id);
    case LAB_LOG_RECOVERED:
      return fmt::format("#{} recovers {}", id, value_text(x));
    case LAB_LOG_CHAIN:
      return fmt::format("fs:[0] is wrong after the frame of #{}", id);
    case LAB_LOG_REGISTERS:
      return fmt::format("nonvolatile registers are wrong after #{}", id);
    case LAB_LOG_RETURNED:
      return fmt::format("#{} came back from where nothing can", id);
    default:
      return fmt::format("{:08x}, which is no word of the log", word);
  }
}

std::string describe(const Ending& ending) {
  return ending.kind == Ending::Kind::Exited ? fmt::format("exits with {}", ending.code)
                                             : fmt::format("dies of {}", code_text(ending.code));
}

std::string describe(Operation op) {
  const std::string more = choices(op);
  return more.empty() ? name_of(op.op) : fmt::format("{}: {}", name_of(op.op), more);
}

std::string listing(std::span<const std::byte> bytes, const Prediction& prediction) {
  std::string text;
  auto out = std::back_inserter(text);
  std::size_t ran = 0;
  // The cursor goes one way, so visits come in the order of the operations.
  for (const Visit& visit : prediction.visits) {
    fmt::format_to(out, "#{:<3} {:<2} {:{}}{}{}\n", visit.id,
                   visit.world == Program::C ? "C" : "Go", "", std::size_t{2} * visit.level,
                   describe(operation_at(bytes, visit.id)), visit.idle ? "  (does nothing)" : "");
    ran = std::size_t{visit.id} + 1;
  }
  for (; ran < operation_count(bytes); ++ran) {
    fmt::format_to(out, "#{:<3} never runs: {}\n", ran, describe(operation_at(bytes, ran)));
  }
  text += "\n";
  for (const std::uint32_t word : prediction.log) text += describe(word) + "\n";
  if (prediction.overflow) text += "the log is full, what comes then is lost\n";
  if (prediction.unmodelled.has_value()) {
    text += "then comes what no rule determines: " + name_of(*prediction.unmodelled) + "\n";
  } else {
    text += describe(prediction.ending) + "\n";
  }
  return text;
}

}  // namespace sehlab::fuzz::sequence
