#include "host/process/system_port.hpp"

#include <string>

#include "host/win32/status.hpp"

namespace sehlab::process {
namespace {

// MEM_EXECUTE_OPTION_* (facts: RtlIsValidHandler, ProcessExecuteFlags).
constexpr std::uint32_t kExecuteDisable = 0x01, kExecuteEnable = 0x02, kDisableThunks = 0x04,
                        kPermanent = 0x08, kExecuteDispatch = 0x10, kImageDispatch = 0x20,
                        kValidFlags = 0x7f;
constexpr std::uint16_t kNxCompatible = 0x0100;  // IMAGE_DLLCHARACTERISTICS_NX_COMPAT

}  // namespace

Result<> SystemPort::find_ntdll() {
  const Module* ntdll = nullptr;
  for (const Module& module : modules_.all()) {
    if (module.stem == "ntdll") ntdll = &module;
  }
  if (ntdll == nullptr) return fail("ntdll.dll", "not among the loaded images");
  const auto set = [&](GuestAddr& to, const char* name) -> Result<> {
    const auto address = modules_.find_symbol(*ntdll, name);
    if (!address) return fail("ntdll.dll", "has no symbol " + std::string(name));
    to = *address;
    return {};
  };
  const struct {
    GuestAddr& to;
    const char* name;
  } wanted[] = {
      {ntdll_.ki_user_exception_dispatcher, "KiUserExceptionDispatcher"},
      {ntdll_.handler_return_address, "RtlpHandlerReturnAddress"},
      {ntdll_.handler_returned, "RtlpExecuteHandlerReturn"},
      {ntdll_.vectored_handler_returned, "RtlpVectoredHandlerReturn"},
      {ntdll_.vectored_lists, "RtlpVectoredHandlers"},
      {ntdll_.exception_protector, "RtlpExceptionProtector"},
      {ntdll_.unwind_protector, "RtlpUnwindProtector"},
      {ntdll_.final_exception_handler, "FinalExceptionHandler"},
      {ntdll_.rtl_raise_exception, "RtlRaiseException"},
  };
  for (const auto& [to, name] : wanted) {
    if (auto done = set(to, name); !done) return done;
  }
  // Client Windows' default (OptIn): DEP is on, for good, for a program that says it can bear
  // it, and off for any other.
  const bool nx = (modules_.all().front().image->dll_characteristics & kNxCompatible) != 0;
  execute_flags_ = nx ? kExecuteDisable | kDisableThunks | kPermanent
                      : kExecuteEnable | kExecuteDispatch | kImageDispatch;
  return {};
}

std::uint32_t SystemPort::set_execute_flags(std::uint32_t flags) {
  if ((execute_flags_ & kPermanent) != 0) return win32::STATUS_ACCESS_DENIED;
  if ((flags & ~kValidFlags) != 0) return win32::STATUS_INVALID_PARAMETER;
  // Which handlers may be dispatched to follows from the two that say whether DEP is on.
  if ((flags & kExecuteEnable) != 0) flags |= kExecuteDispatch | kImageDispatch;
  if ((flags & kExecuteDisable) != 0) flags &= ~(kExecuteDispatch | kImageDispatch);
  execute_flags_ = flags;
  return win32::STATUS_SUCCESS;
}

bool SystemPort::dep_enabled() const {
  return (execute_flags_ & kExecuteDisable) != 0;
}

bool SystemPort::executable(GuestAddr address) const {
  const auto rights = space_.page(address);
  return rights && rights->execute;
}

}  // namespace sehlab::process
