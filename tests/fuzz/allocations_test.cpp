// What a run costs in allocations of the lab's own: none, while it ends well. (The engine has its
// own, which come from malloc and are not counted.)
#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <span>

#include "host/fuzz/guest_loop.hpp"

namespace {

thread_local std::uint64_t allocations = 0;

}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace sehlab::fuzz {

TEST_CASE(
    "fuzz loop: a run that ends well allocates nothing, handled faults and counted edges in it") {
  std::array<std::uint8_t, 4096> counters{};
  for (const char* program : {"fuzz_nothing.exe", "fuzz_three_faults.exe"}) {
    CAPTURE(program);
    LoopOptions options;
    options.process.system_folder = SEHLAB_BINARY_DIR "/guest";
    options.process.program = options.process.system_folder / program;
    options.process.count_edges = process::Options::Edges::Program;
    const auto made = GuestLoop::create(options, {});
    REQUIRE(made);
    GuestLoop& loop = **made;
    loop.set_edge_counters(counters);
    std::array<std::byte, 64> input{};
    // Pages that a run writes are found in the first ones.
    for (int i = 0; i < 3; ++i) loop.run(input);
    const std::uint64_t before = allocations;
    for (std::size_t size = 0; size < input.size(); ++size) {
      if (loop.run(std::span(input).first(size)).kind != trace::EndKind::Exited) {
        FAIL("it did not end well");
      }
    }
    CHECK(allocations == before);
  }
}

}  // namespace sehlab::fuzz
