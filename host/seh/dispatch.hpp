// RtlDispatchException: the search for a handler, as three steps of guest code that the host
// performs. Between two steps everything lies in guest memory (handler_frame.hpp).
// Facts 3.1, 3.2 and 3.4.
#pragma once

#include "host/seh/outcome.hpp"
#include "host/seh/system.hpp"

namespace sehlab::seh {

/// Gate KiUserExceptionDispatcher: EXCEPTION_RECORD* and CONTEXT* lie at ESP. Searches up to the
/// first handler, or to the end.
[[nodiscard]] Outcome begin_dispatch(const Cpu& cpu);

/// Gate RtlpExecuteHandlerReturn: a frame handler returned, its disposition in EAX; ESP is fs:[0],
/// as in Windows. The frame is
/// found at fs:[0]; goes on with the search or with the unwinding that called the handler.
[[nodiscard]] Outcome handler_returned(const Cpu& cpu);

}  // namespace sehlab::seh
