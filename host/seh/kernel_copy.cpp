#include "host/seh/kernel_copy.hpp"

#include <cstddef>
#include <cstdio>
#include <span>

#include "host/win32/status.hpp"

namespace sehlab::seh {
namespace {

std::uint32_t status_of(const emu::Fault& fault) {
  switch (fault.kind) {
    case emu::FaultKind::GuardPage:
      return win32::STATUS_GUARD_PAGE_VIOLATION;
    case emu::FaultKind::StackOverflow:
      return win32::STATUS_STACK_OVERFLOW;
    default:
      return win32::STATUS_ACCESS_VIOLATION;
  }
}

}  // namespace

MaybeStatus copy_context(const Cpu& cpu, GuestAddr from, win32::Context& to) {
  if (!from.aligned(4)) return win32::STATUS_DATATYPE_MISALIGNMENT;
  if (const auto fault = cpu.memory.read_object(from, to)) return status_of(*fault);
  return std::nullopt;
}

MaybeStatus copy_record(const Cpu& cpu, GuestAddr from, win32::ExceptionRecord& to) {
  if (!from.aligned(4)) return win32::STATUS_DATATYPE_MISALIGNMENT;
  constexpr std::size_t kHeader = offsetof(win32::ExceptionRecord, ExceptionInformation);
  to = {};
  const auto bytes = std::as_writable_bytes(std::span(&to, 1));
  if (const auto fault = cpu.memory.read(from, bytes.first(kHeader))) return status_of(*fault);
  if (to.NumberParameters > win32::EXCEPTION_MAXIMUM_PARAMETERS) {
    return win32::STATUS_INVALID_PARAMETER;
  }
  const auto parameters = bytes.subspan(kHeader, to.NumberParameters * sizeof(std::uint32_t));
  if (const auto fault = cpu.memory.read(from + kHeader, parameters)) return status_of(*fault);
  return std::nullopt;
}

Unmodelled bad_selector(const win32::Context& context) {
  char text[160];
  std::snprintf(text, sizeof(text),
                "a context with a selector that the processor refuses: CS 0x%x SS 0x%x DS 0x%x "
                "ES 0x%x FS 0x%x GS 0x%x",
                context.SegCs, context.SegSs, context.SegDs, context.SegEs, context.SegFs,
                context.SegGs);
  return {text};
}

}  // namespace sehlab::seh
