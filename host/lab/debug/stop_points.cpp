#include "host/lab/debug/stop_points.hpp"

#include <algorithm>

#include "host/lab/debug/touched_memory.hpp"

namespace sehlab::lab {
namespace {

constexpr std::size_t kMostBreakpoints = 1024, kMostWatches = 64;
constexpr std::uint32_t kLongestWatch = 4096;

using gdb::Stopper;

bool is_breakpoint(const gdb::StopPoint& point) {
  return point.kind == Stopper::SoftwareBreakpoint || point.kind == Stopper::HardwareBreakpoint;
}

/// Those of it that are there.
void read_bytes(process::Process& process, const gdb::StopPoint& point,
                std::vector<std::byte>& bytes) {
  bytes.resize(point.size);
  if (!process.machine().memory().raw().read(point.address, bytes)) bytes.clear();
}

bool meet(const gdb::StopPoint& point, const emu::MemoryOperand& operand) {
  return operand.address - point.address < point.size ||
         point.address - operand.address < operand.size;
}

/// GDB goes on at once where a write left the value as it was: changes are enough for a WriteWatch.
bool wants(Stopper kind, const emu::MemoryOperand& operand) {
  if (kind == Stopper::WriteWatch) return false;
  return kind == Stopper::ReadWatch ? operand.read : operand.read || operand.write;
}

}  // namespace

bool StopPoints::add(const gdb::StopPoint& point) {
  remove(point);
  if (is_breakpoint(point)) {
    if (breakpoints_.size() >= kMostBreakpoints) return false;
    breakpoints_.push_back(point);
    addresses_.push_back(point.address);
    return true;
  }
  if (point.size == 0 || point.size > kLongestWatch || watched_.size() >= kMostWatches)
    return false;
  watched_.push_back({point, {}});
  return true;
}

void StopPoints::remove(const gdb::StopPoint& point) {
  if (!is_breakpoint(point)) {
    std::erase_if(watched_, [&](const Watched& one) { return one.point == point; });
    return;
  }
  std::erase_if(breakpoints_, [&](const gdb::StopPoint& one) {
    return one.kind == point.kind && one.address == point.address;
  });
  addresses_.clear();
  for (const gdb::StopPoint& one : breakpoints_) addresses_.push_back(one.address);
}

const gdb::StopPoint* StopPoints::at(GuestAddr address) const {
  const auto found = std::ranges::find(breakpoints_, address, &gdb::StopPoint::address);
  return found == breakpoints_.end() ? nullptr : &*found;
}

void StopPoints::before_step(process::Process& process) {
  if (watched_.empty()) return;
  bool accesses = false;
  for (Watched& one : watched_) {
    read_bytes(process, one.point, one.bytes);
    accesses = accesses || one.point.kind != Stopper::WriteWatch;
  }
  operands_.clear();
  if (!accesses) return;
  operands_ = touched_memory(process.machine());
}

const gdb::StopPoint* StopPoints::after_step(process::Process& process, bool retired) {
  for (const Watched& one : watched_) {
    const bool touched = retired && std::ranges::any_of(operands_, [&](const auto& operand) {
                           return wants(one.point.kind, operand) && meet(one.point, operand);
                         });
    if (touched) return &one.point;
    if (one.point.kind == Stopper::ReadWatch) continue;
    read_bytes(process, one.point, now_);
    if (now_ != one.bytes) return &one.point;
  }
  return nullptr;
}

}  // namespace sehlab::lab
