// Commands: what a packet asks for and the answer to it, for all but those that let the guest run.
// GDB manual, E.2 "Packets" and E.4 "General Query Packets".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "host/gdb/packets.hpp"
#include "host/gdb/target.hpp"

namespace sehlab::gdb {

/// What an error answer says: E and two digits, whose number means nothing to GDB.
inline constexpr std::string_view kError = "E01", kOk = "OK";

class Commands {
 public:
  explicit Commands(Target& target) : target_(target) {}

  /// The answer's payload; empty for what is not known, as the protocol wants it.
  [[nodiscard]] std::string answer(std::string_view payload, Control& control);
  /// The payload of a stop reply packet.
  [[nodiscard]] std::string stop_reply(const StopReport& report) const;
  /// What vCont, c, C, s, S, bc and bs ask for; nullopt: the payload is none of them, or is one
  /// that makes no sense.
  [[nodiscard]] std::optional<Resume> resume_of(std::string_view payload) const;

  /// Told of the thread that is reported: commands that name none are about it.
  void select(std::uint32_t thread) { selected_ = thread; }
  /// QStartNoAckMode was asked for.
  [[nodiscard]] bool no_acknowledgements() const { return no_acknowledgements_; }

 private:
  // answers.cpp
  [[nodiscard]] std::string read_registers();
  [[nodiscard]] std::string write_registers(std::string_view digits);
  [[nodiscard]] std::string read_register(std::string_view number);
  [[nodiscard]] std::string write_register(std::string_view text);
  [[nodiscard]] std::string read_memory(std::string_view text);
  [[nodiscard]] std::string write_memory(std::string_view text, bool binary);
  [[nodiscard]] std::string stop_point(std::string_view text, bool insert);
  [[nodiscard]] std::string select_thread(std::string_view text);
  [[nodiscard]] std::string alive(std::string_view text);
  // queries.cpp
  [[nodiscard]] std::string query(std::string_view text, Control& control);
  [[nodiscard]] std::string supported(std::string_view offers);
  [[nodiscard]] std::string thread_list();
  [[nodiscard]] std::string transfer(std::string_view text);
  [[nodiscard]] std::string monitor(std::string_view digits, Control& control);
  /// A thread of a packet: 0 and -1 stand for the running one; nullopt: there is no such.
  [[nodiscard]] std::optional<std::uint32_t> thread_of(std::string_view digits) const;

  Target& target_;
  std::uint32_t selected_ = 0;  ///< 0: the running one
  bool swbreak_ = false, hwbreak_ = false, no_acknowledgements_ = false;
};

}  // namespace sehlab::gdb
