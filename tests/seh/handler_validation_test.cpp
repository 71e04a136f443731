// Which handlers may be called: facts 3.2 E2 and 3.3, published policy.
#include <doctest/doctest.h>

#include <array>

#include "host/seh/handler_validation.hpp"
#include "host/win32/exception_flags.hpp"
#include "host/win32/status.hpp"
#include "thread_rig.hpp"

namespace sehlab::seh {
namespace {

using namespace testing;
using trace::Refusal;

constexpr StackTib kTib{0xffffffff, kStackBase.value, kStackLimit.value};
constexpr std::uint32_t kNothingAllowed = 0x1;  // DEP on, neither dispatch bit
constexpr std::uint32_t kAllAllowed = 0x32;
constexpr GuestAddr kHeapCode{0x00900000}, kHeapData{0x00910000};

FakeSystem system_with_heap_code() {
  FakeSystem system;
  system.code.push_back({kHeapCode, kHeapCode + kPageSize});
  return system;
}

FakeSystem::Image& plugin(FakeSystem& system) {
  return system.images.back();
}

std::optional<Refusal> refusal(const FakeSystem& system, GuestAddr handler) {
  return judge_handler(system, kTib, handler).refused;
}

TEST_CASE("a handler within the stack is refused, up to the last byte of it") {
  FakeSystem system = system_with_heap_code();
  CHECK(refusal(system, kStackLimit) == Refusal::HandlerOnStack);
  CHECK(refusal(system, kStackBase - 1) == Refusal::HandlerOnStack);
  CHECK(refusal(system, kStackLimit - 1) != Refusal::HandlerOnStack);
  CHECK(refusal(system, kStackBase) != Refusal::HandlerOnStack);
  system.rules.handler_on_stack_check = false;
  CHECK(refusal(system, kStackLimit) != Refusal::HandlerOnStack);
}

TEST_CASE("an image's SafeSEH table has the last word") {
  FakeSystem system;
  constexpr std::array<std::uint32_t, 3> kTable{0x1000, 0x2000, 0x3000};
  plugin(system).facts.has_safeseh_table = true;
  plugin(system).facts.safeseh_rvas = kTable;
  for (const std::uint32_t flags : {kNothingAllowed, kAllAllowed}) {
    system.flags = flags;
    for (const std::uint32_t rva : kTable) CHECK_FALSE(refusal(system, kPlugin + rva));
    // Facts 3.3 1a: absent is invalid, without fall-through.
    CHECK(refusal(system, kPlugin + 0x2001) == Refusal::NotInSafeSehTable);
    CHECK(refusal(system, kPlugin) == Refusal::NotInSafeSehTable);
    CHECK(refusal(system, kPlugin + 0x4000) == Refusal::NotInSafeSehTable);
  }
}

TEST_CASE("a SafeSEH table that lists nothing allows nothing") {
  FakeSystem system;
  plugin(system).facts.has_safeseh_table = true;
  CHECK(refusal(system, kPlugin + 0x1000) == Refusal::NotInSafeSehTable);
}

TEST_CASE("a process that allows everything constrains only images with a table") {
  FakeSystem system = system_with_heap_code();
  system.flags = kAllAllowed;  // facts 3.3: default of a program that is not NX compatible
  plugin(system).facts.no_seh = true;
  CHECK_FALSE(refusal(system, kPlugin + 0x1000));
  CHECK_FALSE(refusal(system, kHeapCode));
}

TEST_CASE("without permission an image that says NO_SEH has no handlers") {
  FakeSystem system;
  for (const std::uint32_t flags : {kNothingAllowed, 0x11u, 0x21u}) {
    system.flags = flags;  // one of the two bits is not enough (1b)
    plugin(system).facts.no_seh = true;
    CHECK(refusal(system, kPlugin + 0x1000) == Refusal::ImageHasNoSeh);
    plugin(system).facts.no_seh = false;
    CHECK_FALSE(refusal(system, kPlugin + 0x1000));
  }
}

TEST_CASE("without permission a handler in an image's data is refused") {
  FakeSystem system;
  system.flags = kNothingAllowed;
  system.code.pop_back();  // the plugin is all data now
  CHECK(refusal(system, kPlugin + 0x1000) == Refusal::HandlerNotExecutable);
}

TEST_CASE("code outside of images needs ImageDispatchEnable") {
  FakeSystem system = system_with_heap_code();
  system.flags = 0x11;  // ExecuteDispatchEnable alone
  CHECK(refusal(system, kHeapCode) == Refusal::HandlerOutsideImages);
  system.flags = 0x21;
  CHECK_FALSE(refusal(system, kHeapCode));
}

TEST_CASE("a page that is neither image nor code follows the profile's policy") {
  FakeSystem system;
  CHECK(refusal(system, kHeapData) == Refusal::HandlerNotExecutable);
  CHECK(refusal(system, GuestAddr{0x41414141}) == Refusal::HandlerNotExecutable);
  system.rules.bad_handler_page = BadHandlerPage::Call;
  CHECK_FALSE(refusal(system, kHeapData));
  system.rules.bad_handler_page = BadHandlerPage::Raise;
  const HandlerVerdict verdict = judge_handler(system, kTib, kHeapData);
  CHECK_FALSE(verdict.refused);
  CHECK(verdict.raise);
}

TEST_CASE("Wine calls whatever it finds") {
  FakeSystem system;
  system.rules = *find_profile("wine");  // facts 4: real Windows only
  system.flags = kNothingAllowed;
  plugin(system).facts.has_safeseh_table = true;
  CHECK_FALSE(refusal(system, kPlugin + 0x1000));
  CHECK_FALSE(refusal(system, kStackLimit));
  CHECK_FALSE(refusal(system, GuestAddr{0x41414141}));
}

TEST_CASE("a refused handler is not called, and the walk ends with STACK_INVALID") {
  ThreadRig rig;
  rig.handler(kProgram + 0x100, 0);
  rig.link(kEsp + 0x200, kProgram + 0x100);
  rig.link(kEsp + 0x100, GuestAddr{0x41414141});
  const SecondChance chance = died(rig.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0}));
  CHECK(chance.stack_invalid);  // facts 3.2 E2
  const auto refused = rig.sink.all<trace::RecordRefused>();
  REQUIRE(refused.size() == 1);
  CHECK(refused[0].record == kEsp + 0x100);
  CHECK(refused[0].handler.address == GuestAddr{0x41414141});
  CHECK(rig.sink.all<trace::RecordVisited>().size() == 1);
  CHECK(rig.sink.all<trace::HandlerEntered>().empty());
}

TEST_CASE("with the policy Raise the dispatcher itself faults at the handler's address") {
  ThreadRig rig;
  rig.system.rules.bad_handler_page = BadHandlerPage::Raise;
  rig.handler(kProgram + 0x100, [](ThreadRig& in) {
    // The exception now is the dispatcher's; the first one is forgotten.
    CHECK(in.memory.word(in.record_at() + 0x18) == 0x41414141);
    in.jump(GuestAddr{0x00666000});
    return 1u;
  });
  rig.link(kEsp + 0x200, kProgram + 0x100);
  rig.link(kEsp + 0x100, GuestAddr{0x41414141});
  rig.most_steps = 50;
  // The record is still the first of the chain: the new dispatch meets it as well, and so on.
  CHECK(std::holds_alternative<TooManySteps>(rig.fault(win32::STATUS_BREAKPOINT)));
  CHECK(rig.memory_faults > 10);
}

}  // namespace
}  // namespace sehlab::seh
