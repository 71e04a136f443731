// Loopback: a debugger's connection to this machine, and from nowhere else. The sockets are
// emu/os/loopback_socket.hpp's.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "emu/result.hpp"
#include "host/gdb/connection.hpp"

namespace sehlab::lab {

class LoopbackListener {
 public:
  virtual ~LoopbackListener() = default;
  /// Of `address`: "127.0.0.1:PORT", and PORT 0 for a free one. An Error says that it is none of
  /// this machine's own, or why nobody can listen there.
  [[nodiscard]] static Result<std::unique_ptr<LoopbackListener>> open(std::string_view address);
  /// "127.0.0.1:1234".
  [[nodiscard]] virtual std::string address() const = 0;
  /// The first who comes; nobody else is let in. Null: `still` said no while waiting.
  [[nodiscard]] virtual std::unique_ptr<gdb::Connection> accept(
      const std::function<bool()>& still) = 0;
};

}  // namespace sehlab::lab
