// seh::System: all that dispatch and unwinding need to know of the process around them, as an
// interface that a test can fake. host/process implements it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "emu/guest_access.hpp"
#include "emu/guest_addr.hpp"
#include "emu/registers.hpp"
#include "host/seh/profile.hpp"
#include "host/trace/event.hpp"

namespace sehlab::seh {

/// What handler validation asks of an image (IMAGE_LOAD_CONFIG_DIRECTORY32 and headers).
struct ImageFacts {
  GuestAddr base;
  bool no_seh = false;                          ///< DllCharacteristics NO_SEH
  bool has_safeseh_table = false;               ///< SEHandlerTable/Count present
  std::span<const std::uint32_t> safeseh_rvas;  ///< ascending
};

/// Guest addresses of ntdll's parts that dispatch uses: gates (stubs that stop the machine) and
/// the two protectors, whose addresses mark ExecuteHandler2's own records.
struct NtdllAddresses {
  GuestAddr ki_user_exception_dispatcher;  ///< gate
  GuestAddr handler_return_address;        ///< of a frame handler: `mov esp, fs:[0]`, then the gate
  GuestAddr handler_returned;              ///< the gate
  GuestAddr vectored_handler_returned;     ///< gate: return address of a vectored handler
  GuestAddr vectored_lists;                ///< their lists (vectored.hpp)
  GuestAddr exception_protector;           ///< handler of the protecting record, first pass
  GuestAddr unwind_protector;              ///< the same while unwinding
  GuestAddr final_exception_handler;       ///< SEHOP's last record's handler
  GuestAddr rtl_raise_exception;           ///< for the address of secondary exceptions
};

class System {
 public:
  virtual ~System() = default;
  /// Is the page at `address` one that the processor would execute from?
  [[nodiscard]] virtual bool executable(GuestAddr address) const = 0;
  [[nodiscard]] virtual std::optional<ImageFacts> image_at(GuestAddr address) const = 0;
  [[nodiscard]] virtual const NtdllAddresses& ntdll() const = 0;
  [[nodiscard]] virtual const Profile& profile() const = 0;
  /// ProcessExecuteFlags (MEM_EXECUTE_OPTION_*: 0x1 DEP on, 0x10, 0x20, 0x40).
  [[nodiscard]] virtual std::uint32_t execute_flags() const = 0;
};

/// What each step of dispatch or unwinding works on; it keeps no state between steps.
struct Cpu {
  emu::GuestAccess& memory;
  emu::Registers& registers;
  const System& system;
  trace::Sink* sink = nullptr;  ///< null: nobody listens
};

}  // namespace sehlab::seh
