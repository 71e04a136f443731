// How scenarios name handlers and records: "sigtramp", "sigtramp@mstart", "go_fixed!sigtramp".
#pragma once

#include <string>
#include <string_view>

#include "host/scenario/scenario.hpp"
#include "host/trace/event.hpp"

namespace sehlab::scenario {

/// A handler, and the record that it was called through.
struct Handler {
  trace::Place handler{};
  trace::Place owner{};  ///< the function whose frame holds the record
  GuestAddr record{};
};

/// True when `name` is the function that `place` lies in, with or without its image.
[[nodiscard]] bool names_function(std::string_view name, const trace::Place& place);

/// True when `name` is "handler", "handler@owner" or "handler@0x0019ff70" for this handler. The
/// handler's part must be the function's start, or an address in that form.
[[nodiscard]] bool names_handler(std::string_view name, const Handler& handler);

/// "sigtramp@mstart (record 0019ff70)".
[[nodiscard]] std::string shown(const Handler& handler);

}  // namespace sehlab::scenario
