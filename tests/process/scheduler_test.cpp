// The schedule. What Windows leaves open (who runs when) is the lab's own, a function of the seed;
// waits and deadlines are WaitForSingleObject's and Sleep's.
#include "host/process/scheduler.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <set>
#include <utility>

using namespace sehlab;
using namespace sehlab::process;

namespace {

struct Rig {
  std::unique_ptr<emu::Machine> machine = std::move(*emu::Machine::create({}));
  Objects objects;
  Scheduler scheduler;

  explicit Rig(int threads, std::uint64_t seed = 0) : scheduler(*machine, objects, seed) {
    for (int i = 1; i <= threads; ++i) {
      auto thread = std::make_unique<Thread>();
      thread->number = static_cast<std::uint32_t>(i);
      thread->id = thread->number * 4;
      thread->cpu = machine->save_cpu();
      scheduler.add(std::move(thread));
    }
  }
  Thread& thread(std::size_t number) { return *scheduler.threads()[number - 1]; }
  void wait(Thread& thread, std::optional<Handle> handle, std::optional<std::uint64_t> deadline) {
    services::Block block;
    if (handle) block.handles[block.count++] = *handle;
    block.deadline = deadline;
    thread.wait = block;
    thread.state = ThreadState::Waiting;
  }
};

}  // namespace

TEST_SUITE("process") {
  TEST_CASE("threads take turns in the order in which they were made") {
    Rig rig(3);
    for (const std::uint32_t next : {2u, 3u, 1u, 2u}) {
      CHECK(rig.scheduler.switch_thread() == Scheduler::Next::Switched);
      CHECK(rig.scheduler.current().number == next);
    }
  }

  TEST_CASE("suspended, waiting and ended threads get no turn") {
    Rig rig(4);
    rig.thread(2).suspend_count = 1;
    rig.thread(3).state = ThreadState::Ended;
    rig.wait(rig.thread(4), rig.objects.add(Event{}), std::nullopt);
    CHECK(rig.scheduler.switch_thread() == Scheduler::Next::Same);
    CHECK(rig.scheduler.current().number == 1);
  }

  TEST_CASE("a thread wakes when what it waits for is signalled") {
    Rig rig(2);
    const Handle event = rig.objects.add(Event{});
    rig.wait(rig.thread(2), event, std::nullopt);
    CHECK(rig.scheduler.switch_thread() == Scheduler::Next::Same);
    rig.objects.set_event(event, true);
    CHECK(rig.scheduler.switch_thread() == Scheduler::Next::Switched);
    CHECK(rig.scheduler.current().number == 2);
    CHECK(rig.thread(2).state == ThreadState::Ready);
  }

  TEST_CASE("when all wait, time passes to the first deadline and not beyond") {
    Rig rig(2);
    const std::uint64_t now = rig.scheduler.now();
    rig.wait(rig.thread(1), std::nullopt, now + 500);
    rig.wait(rig.thread(2), std::nullopt, now + 300);
    CHECK(rig.scheduler.switch_thread() == Scheduler::Next::Switched);
    CHECK(rig.scheduler.current().number == 2);
    CHECK(rig.scheduler.now() == now + 300);
    CHECK(rig.thread(1).state == ThreadState::Waiting);
  }

  TEST_CASE("when all wait, time passes to the timer that somebody waits for") {
    Rig rig(2);
    const std::uint64_t now = rig.scheduler.now();
    bool before = false;
    const Handle timer = rig.objects.add(Timer{.due = {}}),
                 other = rig.objects.add(Timer{.due = {}});
    CHECK(rig.objects.set_timer(timer, now + 200, 0, std::nullopt, before) == 0);
    CHECK(rig.objects.set_timer(other, now + 100, 50, std::nullopt, before) == 0);
    rig.wait(rig.thread(1), rig.objects.add(Event{}), now + 500);
    rig.wait(rig.thread(2), timer, std::nullopt);
    CHECK(rig.scheduler.switch_thread() == Scheduler::Next::Switched);
    CHECK(rig.scheduler.current().number == 2);
    CHECK(rig.scheduler.now() == now + 200);
  }

  TEST_CASE("a timer that nobody waits for ends no deadlock") {
    Rig rig(1);
    bool before = false;
    const Handle timer = rig.objects.add(Timer{.due = {}});
    CHECK(rig.objects.set_timer(timer, 100, 50, std::nullopt, before) == 0);
    rig.wait(rig.thread(1), rig.objects.add(Event{}), std::nullopt);
    CHECK(rig.scheduler.switch_thread() == Scheduler::Next::Deadlock);
  }

  TEST_CASE("threads that wait for what nobody can signal are a deadlock") {
    Rig rig(2);
    const Handle event = rig.objects.add(Event{});
    rig.wait(rig.thread(1), event, std::nullopt);
    rig.wait(rig.thread(2), event, std::nullopt);
    CHECK(rig.scheduler.switch_thread() == Scheduler::Next::Deadlock);
  }

  TEST_CASE("a thread alone has no end of its turn; the seed decides how long turns are") {
    CHECK(Rig(1).scheduler.quantum_left() == std::numeric_limits<std::uint64_t>::max());
    std::set<std::uint64_t> lengths;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      const std::uint64_t length = Rig(2, seed).scheduler.quantum_left();
      CHECK(length == Rig(2, seed).scheduler.quantum_left());
      CHECK(length > 0);
      CHECK(length < 1'000'000);
      lengths.insert(length);
    }
    CHECK(lengths.size() > 10);
  }

  TEST_CASE("every seed gives numbers, the one whose first state would be 0 as well") {
    // seed * 0x9e3779b97f4a7c15 + 1 = 0 mod 2^64; the inverse by Newton's iteration.
    constexpr std::uint64_t kFactor = 0x9e3779b97f4a7c15u;
    std::uint64_t inverse = kFactor;
    for (int i = 0; i < 6; ++i) inverse *= 2 - kFactor * inverse;
    REQUIRE(inverse * kFactor == 1);
    RandomStream stream(0 - inverse);
    std::set<std::uint32_t> numbers;
    for (int i = 0; i < 100; ++i) numbers.insert(stream.next());
    CHECK(numbers.size() > 90);
  }
}
