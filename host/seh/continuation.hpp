// NtContinue: the thread goes on with a CONTEXT, as far as its ContextFlags say that it holds
// something; and RtlCaptureContext, which writes one to go on with. Facts 1.3 and 3.8.
#pragma once

#include "emu/guest_addr.hpp"
#include "emu/registers.hpp"
#include "host/seh/outcome.hpp"
#include "host/seh/system.hpp"

namespace sehlab::seh {

/// Gate NtContinue(context, test_alert): ESP on the return address, stdcall, 8 bytes. Returns to
/// its caller only to report a bad pointer, with the status in EAX.
[[nodiscard]] Outcome nt_continue(const Cpu& cpu);

/// Gate RtlCaptureContext(context): ESP on the return address, stdcall, 4 bytes. Writes the
/// registers as of the return of the *caller*, a function with an EBP frame: EIP and EBP from its
/// frame, ESP behind the return address there. Nothing else of the context is touched (facts 3.8).
[[nodiscard]] Outcome rtl_capture_context(const Cpu& cpu);

/// KiUserExceptionDispatcher's NtContinue at the end of a dispatch (facts 3.1). A context that
/// cannot be read makes an exception of its own, raised from a frame that ends at `stack`.
[[nodiscard]] Outcome continue_dispatched(const Cpu& cpu, const emu::GeneralRegisters& general,
                                          GuestAddr stack, GuestAddr record, GuestAddr context);

}  // namespace sehlab::seh
