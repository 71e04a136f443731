#include "host/seh/sehop.hpp"

#include <cstdint>

#include "host/seh/handler_validation.hpp"
#include "host/win32/exception_registration.hpp"

namespace sehlab::seh {

bool sehop_applies(const System& system) {
  return system.profile().sehop && (system.execute_flags() & kDisableExceptionChainValidation) == 0;
}

MaybeFault walk_for_sehop(const Cpu& cpu, const StackTib& tib, SehopVerdict& verdict) {
  verdict = {};
  win32::ExceptionRegistrationRecord record{tib.ExceptionList, 0};
  GuestAddr at;
  while (record.Next != win32::kChainEnd) {
    const GuestAddr previous = at;
    at = GuestAddr{record.Next};
    const std::uint64_t end = std::uint64_t{at.value} + sizeof(record);
    const bool within = at.value >= tib.StackLimit && end <= tib.StackBase;
    // `previous` is 0 before the first record, and no record lies at 0.
    if (!within || !at.aligned(4) || at <= previous) {
      verdict = {false, at, {}};
      return std::nullopt;
    }
    if (auto fault = cpu.memory.read_object(at, record)) return fault;
    if (record.Handler >= tib.StackLimit && record.Handler < tib.StackBase) {
      verdict = {false, at, GuestAddr{record.Handler}};
      return std::nullopt;
    }
  }
  // The final handler is asked for only on threads that ntdll has prepared so.
  std::uint16_t teb_flags = 0;
  const GuestAddr flags_at = cpu.registers.fs_base() + offsetof(win32::Teb, SameTebFlags);
  if (auto fault = cpu.memory.read_object(flags_at, teb_flags)) return fault;
  const bool wanted = (teb_flags & win32::kSameTebRtlExceptionAttached) != 0;
  if (wanted && record.Handler != cpu.system.ntdll().final_exception_handler.value) {
    verdict = {false, at, GuestAddr{record.Handler}};
  }
  return std::nullopt;
}

}  // namespace sehlab::seh
