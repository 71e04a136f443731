// What holds for any chain, valid or mangled: dispatch ends, visits only what the rules allow,
// touches nothing else, and gives a thread back bit by bit.
#include <doctest/doctest.h>

#include <rapidcheck.h>
#include <algorithm>
#include <cstring>
#include <utility>

#include "host/seh/vectored.hpp"
#include "host/win32/exception_flags.hpp"
#include "host/win32/status.hpp"
#include "tests/holds.hpp"
#include "thread_rig.hpp"

namespace sehlab::seh {
namespace {

using namespace testing;
using sehlab::testing::holds;

/// Draws from RapidCheck, which remembers what it drew: a chain that fails is tried again with
/// less.
struct Dice {
  std::uint32_t word() {
    return *rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<std::uint32_t>());
  }
  std::uint32_t below(std::uint32_t n) { return *rc::gen::inRange<std::uint32_t>(0, n); }
  bool one_in(std::uint32_t n) { return below(n) == 0; }
};

constexpr std::uint32_t kHandlers = 4;
constexpr GuestAddr handler_at(std::uint32_t i) {
  return kProgram + 0x100 * (i + 1);
}
constexpr std::uint32_t kMostVisits = 200;

/// A thread with eight places for records and links between them, or to anywhere.
struct MangledThread : ThreadRig {
  MangledThread() : ThreadRig("windows-10") {
    for (std::uint32_t i = 0; i < 8; ++i) places.push_back(kEsp + 0x100 + 0x40 * i);
    for (const GuestAddr place : places) {
      memory.put(place, win32::ExceptionRegistrationRecord{any_link(), any_handler()});
    }
    set_head(GuestAddr{any_link()});
    for (std::uint32_t i = 0; i < kHandlers; ++i) answers.push_back(dice.one_in(5) ? 0 : 1);
  }
  std::uint32_t any_link() {
    switch (dice.below(10)) {
      case 0:
        return win32::kChainEnd;
      case 1:
        return dice.word();
      case 2:
        return places[dice.below(8)].value + dice.below(4);
      case 3:
        return kHeapStack.value + 4 * dice.below(16);
      default:
        return places[dice.below(8)].value;
    }
  }
  std::uint32_t any_handler() {
    switch (dice.below(12)) {
      case 0:
        return dice.word();
      case 1:
        return kStackLimit.value + dice.below(0x10000);
      default:
        return handler_at(dice.below(kHandlers)).value;
    }
  }
  Dice dice;
  std::vector<GuestAddr> places;
  std::vector<std::uint32_t> answers;
};

/// What facts 3.2 E says of a chain whose handlers only answer 0 and 1: the frames entered, and
/// whether it ends handled. Written from the text, independently of host/seh.
struct Forecast {
  std::vector<GuestAddr> entered;
  enum { Handled, Unhandled, StackInvalid, Endless } end = Endless;
};

Forecast forecast(const MangledThread& thread) {
  Forecast result;
  std::uint64_t frame = thread.head().value;
  while (result.entered.size() < kMostVisits) {
    if (frame == 0xffffffff) {
      result.end = Forecast::Unhandled;
      return result;
    }
    result.end = Forecast::StackInvalid;
    if (frame < 0x00120000 || frame + 8 > 0x00130000 || frame % 4 != 0) return result;
    const GuestAddr at{static_cast<std::uint32_t>(frame)};
    const std::uint32_t handler = thread.memory.word(at + 4);
    if (handler >= 0x00120000 && handler < 0x00130000) return result;
    const bool ours = handler % 0x100 == 0 && handler > kProgram.value &&
                      handler <= kProgram.value + 0x100 * kHandlers;
    if (!ours) {  // in no image and on no executable page, for the seeds used here
      REQUIRE_FALSE(thread.system.executable(GuestAddr{handler}));
      return result;
    }
    result.entered.push_back(at);
    if (thread.answers[(handler - kProgram.value) / 0x100 - 1] == 0) {
      result.end = Forecast::Handled;
      return result;
    }
    frame = thread.memory.word(at);
  }
  result.end = Forecast::Endless;
  return result;
}

TEST_CASE("on any chain, dispatch enters the handlers that the rules allow and no others") {
  std::uint32_t ends[4] = {};
  holds([&] {
    MangledThread thread;
    const Forecast expected = forecast(thread);
    std::vector<GuestAddr> entered;
    bool enough = false;
    for (std::uint32_t i = 0; i < kHandlers; ++i) {
      thread.code(handler_at(i), [&, i](ThreadRig& in) {
        if (entered.size() == kMostVisits) {
          enough = true;
          return in.jump(GuestAddr{0x00666000});
        }
        entered.push_back(in.frame_at());
        in.ret(thread.answers[i], 16 * (i % 2));
      });
    }
    const emu::GeneralRegisters before = thread.general();
    const GuestAddr head = thread.head();
    const RunEnd end = thread.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0});
    RC_ASSERT(entered == expected.entered);
    ++ends[expected.end];
    switch (expected.end) {
      case Forecast::Handled:
        RC_ASSERT(arrived(end) == kFaultingCode);
        RC_ASSERT(thread.general() == before);
        RC_ASSERT(thread.head() == head);
        break;
      case Forecast::Unhandled:
        RC_ASSERT_FALSE(died(end).stack_invalid);
        break;
      case Forecast::StackInvalid:
        RC_ASSERT(died(end).stack_invalid);
        break;
      case Forecast::Endless:
        RC_ASSERT(enough);
        break;
    }
  });
  for (const std::uint32_t count : ends) CHECK(count > 5);  // every kind of end was met
}

TEST_CASE(
    "on any chain, dispatch touches the TEB, its own frames, the records it visits and the list "
    "heads") {
  holds([&] {
    MangledThread thread;
    thread.most_steps = 500;
    for (std::uint32_t i = 0; i < kHandlers; ++i) {
      thread.handler(handler_at(i), [&, i](ThreadRig&) { return thread.answers[i]; });
    }
    thread.memory.touches.clear();
    static_cast<void>(thread.fault(win32::STATUS_ACCESS_VIOLATION, {0, 0}));
    const auto visited = thread.sink.all<trace::RecordVisited>();
    for (const auto& touch : thread.memory.touches) {
      RC_ASSERT_FALSE(touch.faulted);
      const GuestAddr end = touch.at + touch.bytes;
      const bool teb = touch.at == kTeb && touch.bytes <= sizeof(win32::NtTib);
      const bool own_frames = touch.at >= kEsp - 0x400 && end <= kEsp;
      const bool record = std::any_of(visited.begin(), visited.end(), [&](const auto& one) {
        return touch.at == one.record && touch.bytes <= 8 && !touch.write;
      });
      const bool list_heads = touch.at >= kVectoredLists &&
                              end <= kVectoredLists + sizeof(VectoredLists) && !touch.write;
      RC_ASSERT((teb || own_frames || record || list_heads));
    }
  });
}

/// Dispositions that exist and that do not, on any chain: dispatch of dispatch of dispatch.
TEST_CASE("whatever handlers answer, the run ends or goes on in guest code") {
  holds([&] {
    MangledThread thread;
    thread.most_steps = 5000;
    for (std::uint32_t i = 0; i < kHandlers; ++i) {
      thread.handler(handler_at(i), [&](ThreadRig& in) {
        // Any edit of the record's flags, and sometimes of the chain.
        if (thread.dice.one_in(4)) in.memory.put(in.record_at() + 4, thread.dice.word() & 0xff);
        if (thread.dice.one_in(8)) in.memory.put(in.frame_at(), thread.any_link());
        return thread.dice.one_in(3) ? thread.dice.below(9) : 1;
      });
    }
    // Every end but a crash of the host is a good one; EIP never runs away without a context.
    const RunEnd end = thread.fault(0xe0000001);
    if (const auto* somewhere = std::get_if<Arrived>(&end))
      RC_ASSERT(somewhere->at == kFaultingCode);
  });
}

TEST_CASE("any register state comes back from a dispatch without a bit changed") {
  holds([&] {
    Dice dice;
    ThreadRig rig("windows-10");
    emu::GeneralRegisters general = rig.general();
    for (auto* one : {&general.eax, &general.ebx, &general.ecx, &general.edx, &general.esi,
                      &general.edi, &general.ebp, &general.eip}) {
      *one = dice.word();
    }
    general.eip = 0x20000000 | (general.eip & 0x0fffffff);  // where the rig has no code
    general.esp = kEsp.value - dice.below(0x2000);          // aligned or not
    general.eflags = 0x202 | (dice.word() & 0x3c0dd5);      // what user mode can set
    rig.set_general(general);
    emu::FxState fx;
    const auto bytes = *rc::gen::container<std::vector<std::uint8_t>>(
        fx.image.size(), rc::gen::arbitrary<std::uint8_t>());
    std::memcpy(fx.image.data(), bytes.data(), bytes.size());
    for (std::size_t st = 0; st < 8; ++st) {  // the upper six bytes of each are reserved
      std::memset(fx.image.data() + 32 + 16 * st + 10, 0, 6);
    }
    fx.image[26] = fx.image[27] = std::byte{0};  // MXCSR's reserved half
    rig.registers.set_fx(fx);
    const emu::DebugRegisters debug{
        {dice.word(), dice.word(), dice.word(), dice.word()}, dice.word(), dice.word()};
    rig.registers.set_debug(debug);

    rig.link(kEsp + 0x100, handler_at(0));
    rig.handler(handler_at(0), [&](ThreadRig& in) {
      in.registers.set_fx({});  // a handler uses what it likes
      in.registers.set_debug({});
      return 0u;
    });
    RC_ASSERT(arrived(rig.fault(0xe0000001)) == GuestAddr{general.eip});
    RC_ASSERT(rig.general() == general);
    RC_ASSERT(rig.registers.fx() == fx);
    RC_ASSERT(rig.registers.debug() == debug);
  });
}

TEST_CASE("unwinding to any record of an ascending chain leaves fs:[0] there") {
  holds([&] {
    Dice dice;
    ThreadRig rig("windows-10");
    std::vector<GuestAddr> records;
    const std::uint32_t n = 1 + dice.below(12);
    for (std::uint32_t i = 0; i < n; ++i) records.push_back(kEsp + 0x10 * (i + 1));
    std::vector<GuestAddr> entered;
    for (auto record = records.rbegin(); record != records.rend(); ++record) {
      rig.link(*record, handler_at(0));
    }
    rig.code(handler_at(0), [&](ThreadRig& in) {
      RC_ASSERT(in.record_flags() == win32::EXCEPTION_UNWINDING);
      entered.push_back(in.frame_at());
      in.ret(1, 16 * dice.below(2));
    });
    const std::uint32_t target = dice.below(n);
    const emu::GeneralRegisters before = rig.general();
    RC_ASSERT(arrived(rig.call(kRtlUnwind, {records[target].value, 0, 0, 7},
                               GuestAddr{0x00666000})) == GuestAddr{0x00666000});
    RC_ASSERT(rig.head() == records[target]);
    RC_ASSERT(entered == std::vector(records.begin(), records.begin() + target));
    RC_ASSERT(rig.general().eax == 7);
    RC_ASSERT(rig.general().esp == before.esp);
    RC_ASSERT(rig.general().ebp == before.ebp);
  });
}

TEST_CASE("on any chain, unwinding to anywhere ends") {
  holds([&] {
    MangledThread thread;
    thread.most_steps = 5000;
    for (std::uint32_t i = 0; i < kHandlers; ++i) {
      thread.handler(handler_at(i),
                     [&](ThreadRig&) { return thread.dice.one_in(10) ? thread.dice.below(5) : 1; });
    }
    const std::uint32_t target = thread.any_link();
    const GuestAddr back{0x00666000};
    const RunEnd end = thread.call(kRtlUnwind, {target, 0, 0, 0}, back);
    if (const auto* somewhere = std::get_if<Arrived>(&end); somewhere && somewhere->at == back) {
      RC_ASSERT(thread.head() == GuestAddr{target});
    }
  });
}

}  // namespace
}  // namespace sehlab::seh
