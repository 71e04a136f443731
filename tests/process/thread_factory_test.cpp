// Threads as they are made, and their thread-local storage. Sources: Microsoft, "PE Format" (the
// .tls section), the public header of the TEB.
#include "host/process/thread_factory.hpp"

#include <cstddef>

#include "host/win32/teb.hpp"
#include "tests/process/modules_rig.hpp"

using namespace sehlab;
using namespace sehlab::process;

namespace {

struct Rig : ModulesRig {
  Objects objects;
  Scheduler scheduler{*machine, objects, 0};
  ThreadFactory threads{*machine, modules, scheduler, GuestAddr{0x7ffdf000}};

  Thread& make(ThreadFactory::Start start = {}) {
    start.eip = modules.all().front().base + 0x1000;
    const auto thread = threads.create(start);
    REQUIRE(thread);
    return **thread;
  }
  std::uint32_t word(GuestAddr at) { return space.raw().get<std::uint32_t>(at).value_or(0); }
  /// The thread's block for a TLS index; 0: none.
  GuestAddr block(const Thread& thread, std::uint32_t index) {
    const GuestAddr pointers{word(thread.teb + offsetof(win32::Teb, ThreadLocalStoragePointer))};
    return pointers == GuestAddr{} ? GuestAddr{} : GuestAddr{word(pointers + 4 * index)};
  }
  bool committed(GuestAddr at) { return space.query(at).state == emu::PageState::Committed; }
  /// The one initialized word of modules_tls_N.dll's template lies behind _tls_start.
  bool holds(GuestAddr block, std::uint32_t value) {
    for (std::uint32_t at = 0; at < 16; at += 4) {
      if (word(block + at) == value) return true;
    }
    return false;
  }
};

}  // namespace

TEST_SUITE("process") {
  TEST_CASE("a thread has a stack of the program's size unless it asks for another") {
    Rig rig;
    const load::Image& program = *rig.modules.all().front().image;
    const Thread& plain = rig.make();
    CHECK(plain.reservation.size() == program.stack_reserve);
    ThreadFactory::Start start;
    start.stack_reserve = 0x20000;
    const Thread& small = rig.make(start);
    CHECK(small.reservation.size() == 0x20000);
    CHECK(small.teb != plain.teb);
    CHECK(small.id == plain.id + 4);
    CHECK(small.number == plain.number + 1);
  }

  TEST_CASE("a thread that cannot be made leaves nothing, not even its number") {
    Rig rig;
    const Thread& first = rig.make();
    ThreadFactory::Start start;
    start.stack_reserve = 0x50000000;  // more than a stack may be
    CHECK_FALSE(rig.threads.create(start));
    CHECK(rig.scheduler.threads().size() == 1);
    CHECK(rig.make().number == first.number + 1);
  }

  TEST_CASE("a thread's copy of an image's TLS comes with the image and goes with it") {
    Rig rig;
    Thread& thread = rig.make();
    CHECK(rig.block(thread, 0) == GuestAddr{});
    Module& one = rig.load("modules_tls_1.dll");
    REQUIRE(rig.threads.lay_tls(thread));
    const GuestAddr first = rig.block(thread, 0);
    CHECK(rig.holds(first, 41));
    // The image goes, another takes its index: the block is the new one's.
    REQUIRE(rig.modules.unload(one.base));
    REQUIRE(rig.threads.lay_tls(thread));
    CHECK(rig.block(thread, 0) == GuestAddr{});
    CHECK_FALSE(rig.committed(first));
    rig.load("modules_tls_2.dll");
    REQUIRE(rig.threads.lay_tls(thread));
    CHECK(rig.holds(rig.block(thread, 0), 42));
  }

  TEST_CASE("two threads have copies of their own, and a retired thread gives all back") {
    Rig rig;
    rig.load("modules_tls_1.dll");
    Thread& one = rig.make();
    Thread& two = rig.make();
    const GuestAddr mine = rig.block(one, 0), other = rig.block(two, 0);
    CHECK(mine != other);
    CHECK(rig.holds(other, 41));
    rig.threads.retire(two);
    CHECK_FALSE(rig.committed(other));
    CHECK_FALSE(rig.committed(two.teb));
    CHECK_FALSE(rig.committed(two.reservation.end - 4));
    CHECK(rig.committed(mine));
  }
}
