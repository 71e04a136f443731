// Moments: calls of handlers and filters, recognised by what lies on the guest's stack.
#pragma once

#include <optional>

#include "host/inject/spec.hpp"
#include "host/process/process.hpp"

namespace sehlab::inject {

struct MomentNow {
  Moment moment = Moment::HandlerEntry;
  GuestAddr handler;
  GuestAddr frame;  ///< what lies on the stack while it runs, from its return address on
};

/// The thread stands at the first instruction of a handler that dispatch or unwinding has called.
[[nodiscard]] std::optional<MomentNow> handler_entry(process::Process& process);
/// The thread stands where a handler returns to.
[[nodiscard]] std::optional<MomentNow> handler_return(process::Process& process);

}  // namespace sehlab::inject
