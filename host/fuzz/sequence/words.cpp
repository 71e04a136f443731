#include "host/fuzz/sequence/words.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "lab/sequence.h"

namespace sehlab::fuzz::sequence {
namespace {

struct LogWord {
  std::uint8_t kind;
  const char* text;  ///< {0} the operation's number
  const char* short_text;
  enum class With : std::uint8_t { Nothing, Exception, Value } with;
};

using With = LogWord::With;

constexpr std::array<LogWord, 15> kWords{{
    {LAB_LOG_HANDLER, "#{}: handler", "a record's handler", With::Exception},
    {LAB_LOG_FILTER, "#{}: filter", "a filter", With::Exception},
    {LAB_LOG_EXCEPT, "#{}: __except block", "an __except block", With::Nothing},
    {LAB_LOG_FINALLY, "#{}: __finally block, abnormal", "a __finally block", With::Value},
    {LAB_LOG_CATCH, "#{}: catch block, value", "a catch block", With::Value},
    {LAB_LOG_DESTROYED, "#{}: destructor", "a destructor", With::Nothing},
    {LAB_LOG_VECTORED, "#{}: vectored handler", "a vectored handler", With::Exception},
    {LAB_LOG_CONTINUED, "#{}: continue handler", "a continue handler", With::Exception},
    {LAB_LOG_LANDED, "#{}: landed in its frame", "a frame that was landed in", With::Nothing},
    {LAB_LOG_RESUMED, "#{}: went on", "an exception that was continued", With::Nothing},
    {LAB_LOG_DEFERRED, "#{}: deferred function", "a deferred function", With::Nothing},
    {LAB_LOG_RECOVERED, "#{}: recover() gave", "a recover()", With::Value},
    {LAB_LOG_CHAIN, "#{}: fs:[0] IS NOT WHAT IT WAS", "a broken chain", With::Nothing},
    {LAB_LOG_REGISTERS, "#{}: REGISTERS ARE LOST", "lost registers", With::Nothing},
    {LAB_LOG_RETURNED, "#{}: CAME BACK, and never should", "what never comes back", With::Nothing},
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

std::string describe_word(std::uint32_t word) {
  const LogWord* known = find(word);
  if (known == nullptr) return fmt::format("{:08x}", word);
  std::string text = fmt::format(fmt::runtime(known->text), word >> 8 & 0xff);
  const std::uint32_t x = word >> 16 & 0xff;
  if (known->with == With::Exception) {
    text += fmt::format(", {}, flags {:02x}", code_text(word >> 24), x);
  } else if (known->with == With::Value) {
    text += fmt::format(" {}", x);
  }
  return text;
}

std::string word_kind(std::uint32_t word) {
  const LogWord* known = find(word);
  if (known == nullptr) return "an unknown word";
  if (known->with != With::Exception) return known->short_text;
  return fmt::format("{} for {} with flags {:02x}", known->short_text, code_text(word >> 24),
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
