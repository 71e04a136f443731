// Oldest first, whatever order they are let go of in (the reason: emu/closing_order.hpp).
#include "emu/closing_order.hpp"

#include <array>
#include <atomic>
#include <thread>
#include <vector>

#include "tests/emu/bench_machine.hpp"

namespace sehlab::emu {
namespace {

/// What was closed, in order. `close` has no owner to tell.
std::vector<int> closed;

struct Fixture {
  ClosingOrder order{[](void* thing) { closed.push_back(*static_cast<int*>(thing)); }};
  std::array<int, 4> things{0, 1, 2, 3};

  Fixture() { closed.clear(); }
  void open(std::size_t index) {
    order.opened([&] { return &things[index]; });
  }
  void done(std::size_t index) { order.done(&things[index]); }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "The oldest is closed at once") {
  open(0);
  open(1);
  done(0);
  CHECK(closed == std::vector{0});
  done(1);
  CHECK(closed == std::vector{0, 1});
}

TEST_CASE_FIXTURE(Fixture,
                  "Nothing is opened while somebody runs, and who waits to open is let in") {
  std::atomic<int> running = 0;
  std::atomic<bool> over = false;
  const auto run = [&] {
    while (!over) {
      const auto held = order.while_running();
      ++running;
      std::this_thread::yield();
      --running;
    }
  };
  std::jthread one(run), other(run);
  for (std::size_t i = 0; i < things.size(); ++i) {
    int seen = 0;
    order.opened([&] {
      for (int look = 0; look < 1000; ++look) seen += running;
      return &things[i];
    });
    CHECK(seen == 0);
  }
  over = true;
}

TEST_CASE_FIXTURE(Fixture, "A younger one waits for all that are older, and no longer") {
  open(0);
  open(1);
  open(2);
  open(3);
  done(2);
  done(1);
  CHECK(closed.empty());
  CHECK(order.open() == 4);
  done(0);
  CHECK(closed == std::vector{0, 1, 2});
  CHECK(order.open() == 1);
}

TEST_CASE_FIXTURE(Fixture, "What could not be opened has no place in the order") {
  order.opened([]() -> void* { return nullptr; });
  open(1);
  done(1);
  CHECK(closed == std::vector{1});
}

TEST_CASE("A machine goes on where it was translated while a younger one lived") {
  BenchMachine old;
  {
    const BenchMachine young;
    stopped<BudgetSpent>(old.run({0x40, 0xeb, 0xfd}, kCode, 100));  // top: inc eax; jmp top
  }
  stopped<BudgetSpent>(old->run(100));
  CHECK(old.registers().eax == 100);
}

}  // namespace sehlab::emu
