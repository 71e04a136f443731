// A debugger's session with a run.
#pragma once

#include "host/gdb/connection.hpp"
#include "host/gdb/session.hpp"
#include "host/lab/debug/guest_console.hpp"
#include "host/lab/debug/timeline.hpp"

namespace sehlab::lab {

/// `watch`: the mode that the process was started with; `console`: what it writes to.
[[nodiscard]] gdb::Session::Ending serve_debugger(Timeline& timeline, watch::Mode watch,
                                                  GuestConsole& console,
                                                  gdb::Connection& connection);

}  // namespace sehlab::lab
