// Connection: the bytes between a debugger and the lab.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sehlab::gdb {

class Connection {
 public:
  virtual ~Connection() = default;
  /// False: nobody is there any more.
  virtual bool send(std::string_view bytes) = 0;
  /// Waits for at least one byte; nullopt: nobody is there any more.
  [[nodiscard]] virtual std::optional<std::string> receive() = 0;
  /// What has come and was not received, perhaps nothing; nullopt as above.
  [[nodiscard]] virtual std::optional<std::string> poll() = 0;
};

}  // namespace sehlab::gdb
