// FakeTarget: a target without a process: registers, a page of memory, and what it was asked for.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "host/gdb/connection.hpp"
#include "host/gdb/target.hpp"

namespace sehlab::gdb {

struct FakeTarget final : Target {
  static constexpr GuestAddr kMemory{0x401000};
  static constexpr std::uint32_t kBytes = 0x1000;
  static constexpr std::size_t kMostPoints = 4;

  StopReport report;
  std::map<std::uint32_t, RegisterBlock> blocks{{1, {}}, {2, {}}};
  std::array<std::byte, kBytes> memory{};
  std::vector<StopPoint> points;
  std::vector<Resume> resumed;
  std::vector<StopReport> reports;  ///< of the next resumptions, the last one for all others
  std::vector<std::string> monitored;
  std::vector<LoadedImage> loaded;
  std::string says;  ///< while it runs
  int interrupts = 0, detached = 0;

  StopReport standing() override { return report; }
  std::vector<std::uint32_t> threads() override { return {1, 2}; }
  std::string thread_note(std::uint32_t thread) override { return "n" + std::to_string(thread); }
  std::optional<RegisterBlock> registers(std::uint32_t thread) override;
  bool set_registers(std::uint32_t thread, const RegisterBlock& block) override;
  std::size_t read_memory(GuestAddr from, std::span<std::byte> to) override;
  bool write_memory(GuestAddr to, std::span<const std::byte> from) override;
  bool add(const StopPoint& point) override;
  void remove(const StopPoint& point) override;
  StopReport resume(const Resume& how, Control& control) override;
  std::vector<LoadedImage> images() override { return loaded; }
  std::optional<GuestAddr> teb(std::uint32_t thread) override;
  Answer monitor(std::string_view line, Control& control) override;
  void detach() override { ++detached; }
};

/// A connection whose other side has said all that it will.
struct FakeConnection final : Connection {
  std::vector<std::string> incoming;  ///< a piece a call
  std::string sent;
  std::size_t next = 0;
  bool broken = false;

  bool send(std::string_view bytes) override {
    sent += bytes;
    return !broken;
  }
  std::optional<std::string> receive() override {
    return next < incoming.size() ? std::optional(incoming[next++]) : std::nullopt;
  }
  std::optional<std::string> poll() override {
    return next < incoming.size() ? std::optional(incoming[next++])
                                  : std::optional<std::string>("");
  }
};

/// Hears what is said.
struct Listening final : Control {
  std::string heard;
  bool interrupted() override { return false; }
  void say(std::string_view text) override { heard += text; }
};

}  // namespace sehlab::gdb
