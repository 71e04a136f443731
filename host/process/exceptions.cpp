#include "host/process/exceptions.hpp"

#include "host/seh/continuation.hpp"
#include "host/seh/delivery.hpp"
#include "host/seh/dispatch.hpp"
#include "host/seh/protectors.hpp"
#include "host/seh/raise.hpp"
#include "host/seh/unwind.hpp"
#include "host/seh/vectored.hpp"

namespace sehlab::process {

ExceptionStep exception_step(services::Gate gate) {
  using services::Gate;
  switch (gate) {
    case Gate::KiUserExceptionDispatcher:
      return seh::begin_dispatch;
    case Gate::RtlpExecuteHandlerReturn:
      return seh::handler_returned;
    case Gate::RtlpVectoredHandlerReturn:
      return seh::vectored_handler_returned;
    case Gate::RtlpInsertVectoredHandler:
      return seh::insert_vectored_handler;
    case Gate::RtlpRemoveVectoredHandler:
      return seh::remove_vectored_handler;
    case Gate::RtlpExceptionProtector:
      return seh::exception_protector;
    case Gate::RtlpUnwindProtector:
      return seh::unwind_protector;
    case Gate::RtlRaiseException:
      return seh::rtl_raise_exception;
    case Gate::RtlRaiseStatus:
      return seh::rtl_raise_status;
    case Gate::RtlUnwind:
      return seh::rtl_unwind;
    case Gate::NtRaiseException:
      return seh::nt_raise_exception;
    case Gate::RtlCaptureContext:
      return seh::rtl_capture_context;
    case Gate::NtContinue:
      return seh::nt_continue;
    default:
      return nullptr;
  }
}

}  // namespace sehlab::process
