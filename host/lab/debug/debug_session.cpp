#include "host/lab/debug/debug_session.hpp"

#include <cstdio>

#include "host/lab/debug/process_target.hpp"

namespace sehlab::lab {

void WriteThrough::write(int stream, std::span<const std::byte> bytes) {
  std::FILE* to = stream == 2 ? stderr : stdout;
  if (!bytes.empty()) std::fwrite(bytes.data(), 1, bytes.size(), to);
  std::fflush(to);
}

gdb::Session::Ending serve_debugger(Timeline& timeline, watch::Mode watch,
                                    gdb::Connection& connection) {
  ProcessTarget target(timeline, watch);
  return gdb::Session(target, connection).serve();
}

}  // namespace sehlab::lab
