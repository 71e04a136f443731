#include "host/trace/names.hpp"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <iterator>

#include "host/trace/plain.hpp"

namespace sehlab::trace {
namespace {

struct Status {
  std::uint32_t code;
  std::string_view name, words;
};

/// Values from the public SDK header ntstatus.h; the last is Visual C++'s own.
constexpr Status kStatuses[] = {
    {0x80000001, "STATUS_GUARD_PAGE_VIOLATION", "guard page"},
    {0x80000002, "STATUS_DATATYPE_MISALIGNMENT", "misaligned data"},
    {0x80000003, "STATUS_BREAKPOINT", "breakpoint"},
    {0x80000004, "STATUS_SINGLE_STEP", "single step"},
    {0xC0000005, "STATUS_ACCESS_VIOLATION", "access violation"},
    {0xC0000006, "STATUS_IN_PAGE_ERROR", "in-page error"},
    {0xC0000008, "STATUS_INVALID_HANDLE", "invalid handle"},
    {0xC000001D, "STATUS_ILLEGAL_INSTRUCTION", "illegal instruction"},
    {0xC000001E, "STATUS_INVALID_LOCK_SEQUENCE", "invalid lock prefix"},
    {0xC0000025, "STATUS_NONCONTINUABLE_EXCEPTION", "continued although noncontinuable"},
    {0xC0000026, "STATUS_INVALID_DISPOSITION", "invalid disposition"},
    {0xC0000027, "STATUS_UNWIND", "unwind"},
    {0xC0000028, "STATUS_BAD_STACK", "bad stack"},
    {0xC0000029, "STATUS_INVALID_UNWIND_TARGET", "invalid unwind target"},
    {0xC000008C, "STATUS_ARRAY_BOUNDS_EXCEEDED", "array bounds exceeded"},
    {0xC000008D, "STATUS_FLOAT_DENORMAL_OPERAND", "float denormal operand"},
    {0xC000008E, "STATUS_FLOAT_DIVIDE_BY_ZERO", "float divide by zero"},
    {0xC000008F, "STATUS_FLOAT_INEXACT_RESULT", "float inexact result"},
    {0xC0000090, "STATUS_FLOAT_INVALID_OPERATION", "float invalid operation"},
    {0xC0000091, "STATUS_FLOAT_OVERFLOW", "float overflow"},
    {0xC0000092, "STATUS_FLOAT_STACK_CHECK", "float stack check"},
    {0xC0000093, "STATUS_FLOAT_UNDERFLOW", "float underflow"},
    {0xC0000094, "STATUS_INTEGER_DIVIDE_BY_ZERO", "integer divide by zero"},
    {0xC0000095, "STATUS_INTEGER_OVERFLOW", "integer overflow"},
    {0xC0000096, "STATUS_PRIVILEGED_INSTRUCTION", "privileged instruction"},
    {0xC00000FD, "STATUS_STACK_OVERFLOW", "stack overflow"},
    {0xC00001A5, "STATUS_INVALID_EXCEPTION_HANDLER", "invalid exception handler"},
    {0xC00002B4, "STATUS_FLOAT_MULTIPLE_FAULTS", "SSE faults"},
    {0xC00002B5, "STATUS_FLOAT_MULTIPLE_TRAPS", "SSE traps"},
    {0xC0000409, "STATUS_STACK_BUFFER_OVERRUN", "fail fast"},
    {0xC0000420, "STATUS_ASSERTION_FAILURE", "assertion failure"},
    {0xE06D7363, "EXCEPTION_CPP", "C++ exception"},
};

struct RefusalEntry {
  std::string_view name, words;
};

/// In the order of Refusal.
constexpr std::array<RefusalEntry, 9> kRefusals = {{
    {"outside-stack", "the record is not inside the thread's stack"},
    {"misaligned", "the record's address is not a multiple of 4"},
    {"handler-on-stack", "the handler lies on the thread's stack"},
    {"handler-not-executable", "the handler is in no executable page"},
    {"not-in-safeseh-table", "the handler is not in its image's SafeSEH table"},
    {"image-has-no-seh", "the handler's image says that it has no handlers (NO_SEH)"},
    {"handler-outside-images", "the handler is in no image"},
    {"sehop-broken", "the chain does not end in the system's final handler (SEHOP)"},
    {"unreadable", "the record's memory cannot be read"},
}};

constexpr std::array<std::string_view, 4> kDispositions = {"ContinueExecution", "ContinueSearch",
                                                           "NestedException", "CollidedUnwind"};

constexpr std::array<std::string_view, 5> kEnds = {"exited", "unhandled", "budget", "unmodelled",
                                                   "stopped"};

const Status* find_status(std::uint32_t code) {
  for (const Status& status : kStatuses) {
    if (status.code == code) return &status;
  }
  return nullptr;
}

}  // namespace

std::string_view status_words(std::uint32_t code) {
  const Status* status = find_status(code);
  return status == nullptr ? std::string_view{} : status->words;
}

std::string_view status_name(std::uint32_t code) {
  const Status* status = find_status(code);
  return status == nullptr ? std::string_view{} : status->name;
}

std::string_view refusal_name(Refusal why) {
  return kRefusals.at(static_cast<std::size_t>(why)).name;
}

std::optional<Refusal> find_refusal(std::string_view name) {
  for (std::size_t i = 0; i < kRefusals.size(); ++i) {
    if (kRefusals[i].name == name) return static_cast<Refusal>(i);
  }
  return std::nullopt;
}

std::string_view refusal_words(Refusal why) {
  return kRefusals.at(static_cast<std::size_t>(why)).words;
}

std::string_view disposition_name(std::uint32_t value) {
  return value < kDispositions.size() ? kDispositions[value] : std::string_view{};
}

std::string_view end_name(EndKind kind) {
  return kEnds.at(static_cast<std::size_t>(kind));
}

std::optional<EndKind> find_end(std::string_view name) {
  for (std::size_t i = 0; i < kEnds.size(); ++i) {
    if (kEnds[i] == name) return static_cast<EndKind>(i);
  }
  return std::nullopt;
}

std::string access_words(const FaultRaised& fault) {
  // Parameters {operation, address}, for the three of them (winnt.h, EXCEPTION_RECORD).
  const bool has_access =
      fault.code == 0xC0000005 || fault.code == 0xC0000006 || fault.code == 0x80000001;
  if (!has_access || fault.parameters.size() < 2) return {};
  const std::string address = hex(fault.parameters[1]);
  switch (fault.parameters[0]) {
    case 0:
      return "read of " + address;
    case 1:
      return "write to " + address;
    case 8:
      return "execution of " + address;
    default:
      return {};
  }
}

std::string fault_cause(const FaultRaised& fault) {
  const std::string access = access_words(fault);
  const std::string_view words = status_words(fault.code);
  if (!access.empty()) return fmt::format("{} ({} {:08X})", access, words, fault.code);
  return fmt::format("{} {:08X}", words.empty() ? "exception" : words, fault.code);
}

std::string fault_words(const FaultRaised& fault) {
  const std::string access = access_words(fault);
  if (access.empty()) return fault_cause(fault) + " at " + show(fault.at);
  return fmt::format("{} at {} ({} {:08X})", access, show(fault.at), status_words(fault.code),
                     fault.code);
}

}  // namespace sehlab::trace
