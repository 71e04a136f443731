#include "host/inject/moments.hpp"

#include <array>
#include <cstddef>

#include "host/seh/handler_frame.hpp"
#include "host/seh/vectored.hpp"
#include "host/win32/exception_registration.hpp"

namespace sehlab::inject {
namespace {

/// The words at ESP of a vectored handler that runs (host/seh/vectored.hpp): its return address,
/// its argument, and what the walk keeps.
enum VectoredWord : std::size_t { kReturn, kArgument, kSelf, kRecord, kContext, kEntry, kWords };
constexpr std::uint32_t kSelfAt = kSelf * 4;

GuestAddr handler_in(const emu::RawAccess& memory, std::uint32_t entry) {
  const auto found = memory.get<seh::VectoredEntry>(GuestAddr{entry});
  return found ? GuestAddr{found->Handler} : GuestAddr{};
}

}  // namespace

std::optional<MomentNow> handler_entry(process::Process& process) {
  const emu::RawAccess& memory = process.machine().memory().raw();
  const seh::NtdllAddresses& ntdll = process.system().ntdll();
  const emu::GeneralRegisters registers = process.machine().registers().general();
  const GuestAddr esp{registers.esp}, eip{registers.eip};
  const auto back = memory.get<std::uint32_t>(esp);
  if (!back) return std::nullopt;
  if (*back == ntdll.handler_return_address.value) {
    const auto frame = memory.get<seh::HandlerFrame>(esp);
    const auto head = memory.get<std::uint32_t>(process.scheduler().current().teb);
    const std::uint32_t guard = (esp + offsetof(seh::HandlerFrame, Registration)).value;
    if (!frame || frame->Locals.Handler != eip.value || head != guard) return std::nullopt;
    const bool unwinding = frame->Registration.Handler == ntdll.unwind_protector.value;
    return MomentNow{unwinding ? Moment::UnwindEntry : Moment::HandlerEntry, eip, esp};
  }
  if (*back != ntdll.vectored_handler_returned.value) return std::nullopt;
  const auto words = memory.get<std::array<std::uint32_t, kWords>>(esp);
  if (!words || words->at(kSelf) != esp.value + kSelfAt) return std::nullopt;
  if (handler_in(memory, words->at(kEntry)) != eip) return std::nullopt;
  return MomentNow{Moment::VectoredEntry, eip, esp};
}

std::optional<MomentNow> handler_return(process::Process& process) {
  const emu::RawAccess& memory = process.machine().memory().raw();
  const seh::NtdllAddresses& ntdll = process.system().ntdll();
  const emu::GeneralRegisters registers = process.machine().registers().general();
  if (registers.eip == ntdll.handler_return_address.value) {
    const auto head = memory.get<std::uint32_t>(process.scheduler().current().teb);
    const GuestAddr frame = GuestAddr{head.value_or(0)} - offsetof(seh::HandlerFrame, Registration);
    const auto guard = memory.get<win32::ProtectingRegistration>(GuestAddr{head.value_or(0)});
    const auto locals =
        memory.get<seh::DispatcherLocals>(frame + offsetof(seh::HandlerFrame, Locals));
    if (!guard || !locals) return std::nullopt;
    const bool unwinding = guard->Handler == ntdll.unwind_protector.value;
    return MomentNow{unwinding ? Moment::UnwindReturn : Moment::HandlerReturn,
                     GuestAddr{locals->Handler}, frame};
  }
  if (registers.eip != ntdll.vectored_handler_returned.value) return std::nullopt;
  // A stdcall function has taken its return address and its argument off.
  const GuestAddr frame = GuestAddr{registers.esp} - kSelfAt;
  const auto words = memory.get<std::array<std::uint32_t, kWords>>(frame);
  if (!words || words->at(kSelf) != registers.esp) return std::nullopt;
  return MomentNow{Moment::VectoredReturn, handler_in(memory, words->at(kEntry)), frame};
}

}  // namespace sehlab::inject
