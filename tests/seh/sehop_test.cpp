// SEHOP's walk before dispatch: facts 3.2 D.
#include <doctest/doctest.h>

#include "host/win32/exception_flags.hpp"
#include "host/win32/status.hpp"
#include "thread_rig.hpp"

namespace sehlab::seh {
namespace {

using namespace testing;

constexpr GuestAddr kHandler = kProgram + 0x100;

/// A thread under SEHOP whose chain is handler, handler, final handler.
struct SehopThread : ThreadRig {
  SehopThread() {
    system.rules.sehop = true;
    memory.put(kTeb + 0xfca, std::uint16_t{0x200});  // SameTebFlags: RtlExceptionAttached
    handler(kHandler, [this](ThreadRig&) {
      ++called;
      return 0u;
    });
    link(kEsp + 0x300, kFinalExceptionHandler);
    link(kEsp + 0x200, kHandler);
    link(kEsp + 0x100, kHandler);
  }
  /// True when the exception was dispatched to the chain.
  bool dispatched() {
    const RunEnd end = fault(win32::STATUS_ACCESS_VIOLATION, {0, 0});
    if (std::holds_alternative<Arrived>(end)) return called == 1;
    CHECK(called == 0);
    died(end);
    const auto refused = sink.all<trace::RecordRefused>();
    REQUIRE(refused.size() == 1);
    CHECK(refused[0].why == trace::Refusal::SehopBroken);
    broken_at = refused[0].record;
    return false;
  }
  int called = 0;
  GuestAddr broken_at;
};

TEST_CASE("a whole chain up to the final handler is dispatched to") {
  CHECK(SehopThread().dispatched());
}

TEST_CASE("a chain that does not end at the final handler is not, if ntdll has attached it") {
  SehopThread thread;
  thread.memory.put(kEsp + 0x304, kHandler.value);
  CHECK_FALSE(thread.dispatched());
  CHECK(thread.broken_at == kEsp + 0x300);

  SehopThread unattached;
  unattached.memory.put(kEsp + 0x304, kHandler.value);
  unattached.memory.put(kTeb + 0xfca, std::uint16_t{0x1ff});
  CHECK(unattached.dispatched());
}

TEST_CASE("a chain with a record off the stack, misaligned, descending or cyclic is not") {
  for (const std::uint32_t next :
       {0x00000010u, kStackLimit.value - 8, kStackBase.value - 4, kEsp.value + 0x202,
        kEsp.value + 0x100, kEsp.value + 0x80, kHeapStack.value}) {
    SehopThread thread;
    thread.memory.put(kEsp + 0x100, next);
    CAPTURE(next);
    CHECK_FALSE(thread.dispatched());
    CHECK(thread.broken_at == GuestAddr{next});
  }
}

TEST_CASE("a chain with a handler on the stack, however far out, is not") {
  SehopThread thread;
  thread.memory.put(kEsp + 0x204, kEsp.value);
  CHECK_FALSE(thread.dispatched());
  CHECK(thread.broken_at == kEsp + 0x200);
}

TEST_CASE("a head that was overwritten is found before any handler runs") {
  SehopThread thread;
  thread.set_head(GuestAddr{0x41414140});
  CHECK_FALSE(thread.dispatched());
}

TEST_CASE("the process can switch SEHOP off") {
  SehopThread thread;
  thread.memory.put(kEsp + 0x304, kHandler.value);
  thread.system.flags |= 0x40;  // DISABLE_EXCEPTION_CHAIN_VALIDATION
  CHECK(thread.dispatched());
}

TEST_CASE("without SEHOP the end of the chain is nobody's business") {
  SehopThread thread;
  thread.system.rules.sehop = false;
  thread.memory.put(kEsp + 0x200, 0x00000010u);
  CHECK(thread.dispatched());
}

}  // namespace
}  // namespace sehlab::seh
