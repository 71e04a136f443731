// The memory map. Expectations: Windows' layout of a process (facts/seh-x86.md §1), the images' own
// section tables, VirtualAlloc's documentation.
#include "host/lab/debug/memory_map.hpp"

#include <sstream>

#include "host/win32/peb.hpp"
#include "tests/lab/debug/rig.hpp"

namespace sehlab::lab {
namespace {

/// The line that an address is in; empty: none.
std::string line_of(const std::string& map, GuestAddr address) {
  std::istringstream lines(map);
  for (std::string line; std::getline(lines, line);) {
    const std::uint64_t from = std::stoull(line.substr(0, 8), nullptr, 16);
    const std::uint64_t to = std::stoull(line.substr(9, 8), nullptr, 16);
    if (address.value >= from && address.value < to) return line;
  }
  return {};
}

bool has(const std::string& line, std::string_view what) {
  return line.find(what) != line.npos;
}

}  // namespace

TEST_CASE("The memory map names what a process has, with its rights") {
  Rig rig("seh_threads.O0.exe");
  REQUIRE(rig.go(gdb::Resume::Way::Continue).signal == gdb::Signal::Segment);
  process::Process& process = rig.timeline->process();
  const std::string map = memory_map(process);
  INFO(map);
  const std::string code = line_of(map, rig.symbol("fault"));
  CHECK(has(code, "seh_threads.o0.exe .text"));
  CHECK(has(code, "r-x"));
  CHECK(has(line_of(map, process.modules().all().front().base), "headers"));
  for (const auto& thread : process.scheduler().threads()) {
    CAPTURE(thread->number);
    const std::string number = std::to_string(thread->number);
    const std::string top = line_of(map, thread->reservation.end - 4);
    CHECK(has(top, "rw-"));
    CHECK(has(top, "stack of thread " + number));
    CHECK(has(line_of(map, thread->reservation.begin), "reserved"));
    const std::string teb = line_of(map, thread->teb);
    CHECK(has(teb, "TEB of thread"));
    CHECK(has(teb, "thread " + number));
  }
  CHECK(has(map, "rw- guard   stack of thread 1\n"));
  CHECK(has(line_of(map, GuestAddr{0x7ffe0000}), "KUSER_SHARED_DATA"));
  CHECK(has(map, "PEB\n"));
  CHECK(has(map, "process heap\n"));
  CHECK(has(map, "parameters, environment"));
  CHECK(line_of(map, GuestAddr{0}).empty());
}

}  // namespace sehlab::lab
