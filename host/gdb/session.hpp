// Session: one debugger's conversation with a target, from the first byte to the last.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "host/gdb/commands.hpp"
#include "host/gdb/connection.hpp"
#include "host/gdb/packets.hpp"
#include "host/gdb/target.hpp"

namespace sehlab::gdb {

class Session final : private Control {
 public:
  Session(Target& target, Connection& connection)
      : target_(target), connection_(connection), commands_(target) {}

  enum class Ending : std::uint8_t {
    Killed,    ///< by the debugger
    Detached,  ///< the guest ran on alone
    Ended,     ///< the guest was gone, and then the debugger
    Lost       ///< the connection broke
  };
  [[nodiscard]] Ending serve();

 private:
  bool interrupted() override;
  void say(std::string_view text) override;

  [[nodiscard]] bool handle(const Received& received);
  [[nodiscard]] bool handle_packet(std::string_view payload);
  void resume(const Resume& how);
  void send(std::string_view payload);

  Target& target_;
  Connection& connection_;
  Commands commands_;
  PacketReader reader_;
  std::deque<Received> pending_;  ///< came while the guest ran
  std::string last_;              ///< sent, as bytes
  bool acknowledges_ = true, lost_ = false, gone_ = false;
  Ending ending_ = Ending::Lost;
};

}  // namespace sehlab::gdb
