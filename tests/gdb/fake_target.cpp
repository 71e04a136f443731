#include "tests/gdb/fake_target.hpp"

#include <algorithm>

namespace sehlab::gdb {

std::optional<RegisterBlock> FakeTarget::registers(std::uint32_t thread) {
  const auto found = blocks.find(thread == 0 ? 1 : thread);
  return found == blocks.end() ? std::nullopt : std::optional(found->second);
}

bool FakeTarget::set_registers(std::uint32_t thread, const RegisterBlock& block) {
  const auto found = blocks.find(thread == 0 ? 1 : thread);
  if (found == blocks.end()) return false;
  found->second = block;
  return true;
}

std::size_t FakeTarget::read_memory(GuestAddr from, std::span<std::byte> to) {
  const std::uint32_t at = from - kMemory;
  if (at >= kBytes) return 0;
  const std::size_t size = std::min<std::size_t>(to.size(), kBytes - at);
  std::copy_n(memory.begin() + at, size, to.begin());
  return size;
}

bool FakeTarget::write_memory(GuestAddr to, std::span<const std::byte> from) {
  const std::uint32_t at = to - kMemory;
  if (at >= kBytes || from.size() > kBytes - at) return false;
  std::ranges::copy(from, memory.begin() + at);
  return true;
}

bool FakeTarget::add(const StopPoint& point) {
  if (points.size() == kMostPoints) return false;
  points.push_back(point);
  return true;
}

void FakeTarget::remove(const StopPoint& point) {
  std::erase(points, point);
}

StopReport FakeTarget::resume(const Resume& how, Control& control) {
  resumed.push_back(how);
  if (!says.empty()) control.say(says);
  if (control.interrupted()) ++interrupts;
  if (!reports.empty()) {
    report = reports.front();
    if (reports.size() > 1) reports.erase(reports.begin());
  }
  return report;
}

std::optional<GuestAddr> FakeTarget::teb(std::uint32_t thread) {
  return blocks.contains(thread) ? std::optional(GuestAddr{0x7ffde000}) : std::nullopt;
}

Target::Answer FakeTarget::monitor(std::string_view line, Control&) {
  monitored.emplace_back(line);
  return {"heard " + std::string(line) + '\n', line != "bad"};
}

}  // namespace sehlab::gdb
