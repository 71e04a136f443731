// A debugger's session with a run, and where the guest's output goes meanwhile.
#pragma once

#include <cstddef>
#include <span>

#include "host/gdb/connection.hpp"
#include "host/gdb/session.hpp"
#include "host/lab/debug/timeline.hpp"
#include "host/process/options.hpp"

namespace sehlab::lab {

/// The guest's standard output and error to the lab's own; its standard input is at its end.
class WriteThrough final : public process::Output {
 public:
  void write(int stream, std::span<const std::byte> bytes) override;
};

/// `watch`: the mode that the process was started with.
[[nodiscard]] gdb::Session::Ending serve_debugger(Timeline& timeline, watch::Mode watch,
                                                  gdb::Connection& connection);

}  // namespace sehlab::lab
