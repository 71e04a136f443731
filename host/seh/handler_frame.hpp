// ExecuteHandler: what lies on the guest's stack while a frame handler runs. This is all the
// state that a dispatch or an unwinding in flight has. Facts 1.5 and 3.4.
//
//   ESP ->  return address   in ExecuteHandler: `mov esp, fs:[0]`, then RtlpExecuteHandlerReturn
//           record           the handler's four arguments: record,
//           frame            registration record,
//           context          context,
//           dispatcher       dispatcher context
//   fs:[0]  Next             the protecting registration, linked while the handler runs
//           Handler          the exception protector or the unwind protector
//           RegistrationFrame
//   EBP ->  SavedEbp
//           locals           of the function that called: RtlDispatchException or RtlUnwind
//   top ->  whatever that function had on its stack
//
// fs:[0] is the anchor, as in Windows: whether the handler pops its arguments or not, and
// whatever it does to ESP, the frame is found again as long as fs:[0] is what it was.
#pragma once

#include <cstddef>
#include <cstdint>
#include <variant>

#include "emu/guest_addr.hpp"
#include "emu/registers.hpp"
#include "host/seh/guest_words.hpp"
#include "host/seh/system.hpp"
#include "host/win32/exception_registration.hpp"

namespace sehlab::seh {

/// What RtlDispatchException and RtlUnwind keep on their stack while a handler runs. Names as in
/// Windows' arguments and variables of the same meaning.
struct DispatcherLocals {
  win32::DispatcherContext Dispatcher;  ///< the protectors answer here
  win32::Pointer32 ExceptionRecord;
  win32::Pointer32 ContextRecord;
  win32::Pointer32 Handler;      ///< that runs
  win32::Pointer32 NestedFrame;  ///< RtlDispatchException's; 0: no nested exception seen
  win32::Pointer32 TargetFrame;  ///< RtlUnwind's
};

/// The whole of it, from the return address up.
struct HandlerFrame {
  win32::Pointer32 ReturnAddress;
  win32::Pointer32 ExceptionRecord;
  win32::Pointer32 EstablisherFrame;
  win32::Pointer32 ContextRecord;
  win32::Pointer32 DispatcherContext;
  win32::ProtectingRegistration Registration;
  DispatcherLocals Locals;
};
static_assert(offsetof(HandlerFrame, Registration) == 0x14);
static_assert(offsetof(HandlerFrame, Locals) == 0x24);
static_assert(sizeof(HandlerFrame) == 0x3c);

/// A call to make.
struct HandlerCall {
  GuestAddr frame;      ///< the registration record whose handler is called
  GuestAddr protector;  ///< which of the two guards it
  GuestAddr chain;      ///< fs:[0] before the call
  GuestAddr top;        ///< the frame is laid below this address
  DispatcherLocals locals{};
};

/// Lays the frame, links the protecting registration and sets the registers to the handler's
/// entry, what it leaves open as in `general`. `head` is the record's, for the trace.
[[nodiscard]] MaybeFault execute_handler(const Cpu& cpu, emu::GeneralRegisters general,
                                         const HandlerCall& call, const RecordHead& head);

/// The frame of a handler that has returned.
struct ReturnedHandler {
  win32::ProtectingRegistration registration{};
  DispatcherLocals locals{};
  GuestAddr guard;  ///< the protecting registration's address
  GuestAddr top;    ///< end of the frame
  bool unwinding = false;
};

/// Finds it at fs:[0] (`head`); Unmodelled names what the handler did to the chain instead.
[[nodiscard]] std::variant<ReturnedHandler, Unmodelled> find_returned_handler(const Cpu& cpu,
                                                                              GuestAddr head);

}  // namespace sehlab::seh
