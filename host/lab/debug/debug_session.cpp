#include "host/lab/debug/debug_session.hpp"

#include "host/lab/debug/process_target.hpp"

namespace sehlab::lab {

gdb::Session::Ending serve_debugger(Timeline& timeline, watch::Mode watch, GuestConsole& console,
                                    gdb::Connection& connection) {
  ProcessTarget target(timeline, watch, console);
  return gdb::Session(target, connection).serve();
}

}  // namespace sehlab::lab
