#include "host/fuzz/sequence/words.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "lab/sequence.h"

namespace sehlab::fuzz::sequence {
namespace {

struct LogWord {
  std::uint8_t kind;
  const char* text;
  bool with_exception;  ///< its code and flags follow
};

constexpr std::array<LogWord, 15> kWords{{
    {LAB_LOG_HANDLER, "a record's handler", true},
    {LAB_LOG_FILTER, "a filter", true},
    {LAB_LOG_EXCEPT, "an __except block", false},
    {LAB_LOG_FINALLY, "a __finally block", false},
    {LAB_LOG_CATCH, "a catch block", false},
    {LAB_LOG_DESTROYED, "a destructor", false},
    {LAB_LOG_VECTORED, "a vectored handler", true},
    {LAB_LOG_CONTINUED, "a continue handler", true},
    {LAB_LOG_LANDED, "a frame that was landed in", false},
    {LAB_LOG_RESUMED, "an exception that was continued", false},
    {LAB_LOG_DEFERRED, "a deferred function", false},
    {LAB_LOG_RECOVERED, "a recover()", false},
    {LAB_LOG_CHAIN, "a broken chain", false},
    {LAB_LOG_REGISTERS, "lost registers", false},
    {LAB_LOG_RETURNED, "what never comes back", false},
}};

/// Codes that sequences meet; a log has their lowest byte xor their highest.
constexpr std::array<std::uint32_t, 24> kCodes{
    0xc0000005, 0xc0000094, 0xc0000095, 0xc000001d, 0xc000001e, 0x80000003, 0x80000004, 0x80000001,
    0xc0000096, 0xc000008c, 0xc000008e, 0xc00002b5, 0xc0000420, 0xe0000001, 0xe0000002, 0xc00000fd,
    0xc0000025, 0xc0000026, 0xc0000027, 0xc0000028, 0xc0000029, 0xe06d7363, 0x80000026, 0xc0000409};

constexpr std::uint32_t folded(std::uint32_t code) {
  return (code ^ code >> 24) & 0xff;
}

std::string code_text(std::uint32_t fold) {
  for (const std::uint32_t code : kCodes) {
    if (folded(code) == fold) return fmt::format("{:08X}", code);
  }
  return fmt::format("code ..{:02x}", fold);
}

const LogWord* find(std::uint32_t word) {
  for (const LogWord& known : kWords) {
    if (known.kind == (word & 0xff)) return &known;
  }
  return nullptr;
}

constexpr std::array<const char*, 11> kRecords{
    "none",      "record",           "__try",         "C++",
    "protector", "unwind protector", "finally guard", "C runtime's guard",
    "sigtramp",  "thread's base",    "final"};

constexpr std::array<const char*, 13> kSteps{
    "raised",    "vectored handler", "vectored answers", "continue handler", "continue answers",
    "handler",   "answers",          "unwinding begins", "unlinked",         "unwinding ends",
    "continued", "abandoned",        "process ends"};

}  // namespace

std::string word_kind(std::uint32_t word) {
  const LogWord* known = find(word);
  if (known == nullptr) return "an unknown word";
  if (!known->with_exception) return known->text;
  return fmt::format("{} for {} with flags {:02x}", known->text, code_text(word >> 24),
                     word >> 16 & 0xff);
}

std::string step_kind(const Step& step) {
  std::string text = kSteps.at(static_cast<std::size_t>(step.kind));
  if (step.record.kind != RecordKind::None) {
    text += fmt::format(": {}", kRecords.at(static_cast<std::size_t>(step.record.kind)));
  }
  return text;
}

std::string describe_step(const Step& step) {
  std::string text = step_kind(step);
  if (step.record.kind != RecordKind::None && step.record.id != 0) {
    text += fmt::format(" #{}", step.record.id);
  }
  if (step.code != 0) text += fmt::format(", {:08X}", step.code);
  if (step.flags != 0) text += fmt::format(", flags {:02x}", step.flags);
  if (step.value != 0) text += fmt::format(", {}", step.value);
  return text;
}

}  // namespace sehlab::fuzz::sequence
