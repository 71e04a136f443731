// When injections fire: which visit, how often, on which thread; what is told of those that do not.
#include "host/inject/injector.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "inject_rig.hpp"

using namespace sehlab;
using namespace sehlab::inject;
using namespace sehlab::inject_tests;

namespace {

/// vectored.exe calls RaiseException four times (guest/cases/vectored.c).
constexpr const char* kFourCalls = "vectored.exe";
const std::string kRaise = "at=call:kernel32!RaiseException set=edi:edi ";

Outcome only(const Guest& guest, const process::End& end) {
  const auto outcomes = guest.injector->outcomes(end.instructions);
  REQUIRE(outcomes.size() == 1);
  return outcomes[0];
}

std::uint64_t fired_at(const Guest& guest) {
  for (const trace::Event& event : guest.trace.events) {
    if (std::holds_alternative<trace::InjectionFired>(event.payload)) return event.instruction;
  }
  return 0;
}

}  // namespace

TEST_SUITE("inject") {
  TEST_CASE("it fires at the visit that was asked for, as often as was asked for") {
    struct Case {
      const char* when;
      std::uint64_t first, fired, visits;
    };
    for (const Case& c : {Case{"", 1, 1, 1}, Case{"visit=3", 3, 1, 3}, Case{"times=2", 1, 2, 2},
                          Case{"nth=2 times=all", 2, 3, 4}, Case{"times=all", 1, 4, 4}}) {
      CAPTURE(c.when);
      Guest guest(kFourCalls, {kRaise + c.when});
      const process::End end = guest.run();
      const Outcome outcome = only(guest, end);
      CHECK(outcome.fired == c.fired);
      CHECK(outcome.visits == c.visits);
      CHECK(outcome.why.empty());
      const auto events = guest.all<trace::InjectionFired>();
      REQUIRE(events.size() == c.fired);
      CHECK(events[0].visit == c.first);
      CHECK(events[0].number == 1);
      CHECK_FALSE(events[0].raises);
    }
  }

  TEST_CASE("one that changes nothing leaves the run as it was") {
    Guest plain(kFourCalls), injected(kFourCalls, {kRaise + "times=all"});
    const process::End one = plain.run(), other = injected.run();
    CHECK(one.instructions == other.instructions);
    std::erase_if(injected.trace.events, [](const trace::Event& event) {
      return std::holds_alternative<trace::InjectionFired>(event.payload);
    });
    CHECK(plain.trace.events == injected.trace.events);
    CHECK(plain.output.out() == injected.output.out());
  }

  TEST_CASE("one that never fires says why") {
    const auto why = [](const char* program, const std::string& spec,
                        std::vector<std::string> arguments = {}) {
      Guest guest(program, {spec}, std::move(arguments));
      const process::End end = guest.run();
      CHECK(only(guest, end).fired == 0);
      return only(guest, end).why;
    };
    CHECK(why(kFourCalls, kRaise + "visit=9") == "its place was come to 4 times only");
    CHECK(why("exit0.exe", "at=call:kernel32!CreateFileA guard=0") ==
          "it was not called from another image");
    // Only ntdll itself calls it (guest/system/ntdll).
    CHECK(why("exit0.exe", "at=call:ntdll!NtTerminateProcess guard=0") ==
          "it was not called from another image");
    CHECK(why(kFourCalls, kRaise + "caller=ntdll") == "it was not called from ntdll");
    CHECK(why("exit0.exe", "at=handler-entry guard=0") == "its place was not come to");
    CHECK(why("exit0.exe", "at=instruction:4000000000 guard=0")
              .starts_with("it was due after 4000000000 instructions, and the run ended after "));
    CHECK(why("exit0.exe", "at=user32!EnumWindows guard=0") == "user32 was not loaded");
    CHECK(why("exit0.exe", "at=instruction:5 thread=2 guard=0") == "thread 1 ran at that time");
    CHECK(why("exit0.exe", "at=exit0!start guard=0x10") == "the page at 00000000 is not committed");
    CHECK(why("exit0.exe", "at=exit0!start overwrite=7 next=0") == "the chain has no record 7");
  }

  TEST_CASE("a thread's visits are its own") {
    // thread.exe: both threads call SetEvent five times and more (guest/cases/thread.c).
    Guest guest("thread.exe", {"at=call:kernel32!SetEvent thread=2 visit=2 set=edi:edi"});
    static_cast<void>(guest.run());
    for (const trace::Event& event : guest.trace.events) {
      if (std::holds_alternative<trace::InjectionFired>(event.payload)) CHECK(event.thread == 2);
    }
    CHECK(guest.all<trace::InjectionFired>().size() == 1);
  }

  TEST_CASE("a number drawn from the seed is within its range, and the same each time") {
    std::vector<std::uint64_t> drawn;
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
      Guest once("exit0.exe", {"at=random:100..5000 set=edi:edi"}, {}, nullptr, seed);
      Guest again("exit0.exe", {"at=random:100..5000 set=edi:edi"}, {}, nullptr, seed);
      static_cast<void>(once.run());
      static_cast<void>(again.run());
      drawn.push_back(fired_at(once));
      CHECK(drawn.back() >= 100);
      CHECK(drawn.back() <= 5000);
      CHECK(fired_at(again) == drawn.back());
    }
    CHECK(std::set<std::uint64_t>(drawn.begin(), drawn.end()).size() > 4);
  }

  TEST_CASE("instructions are counted as the trace counts them") {
    Guest guest("exit0.exe", {"at=instruction:1234 fault=illegal", "at=instruction:0 set=edi:7"});
    static_cast<void>(guest.run());
    const auto events = guest.all<trace::InjectionFired>();
    REQUIRE(events.size() == 2);
    CHECK(events[0].number == 2);
    for (const trace::Event& event : guest.trace.events) {
      if (std::holds_alternative<trace::FaultRaised>(event.payload)) {
        CHECK(event.instruction == 1234);
      }
    }
  }

  TEST_CASE("several at one place fire in the order given, and none after the end") {
    // The first fault is unhandled before it comes to a handler: its frame has no place to lie.
    Guest guest("exit0.exe", {"at=exit0!start set=eax:1", "at=exit0!start set=esp:0x10",
                              "at=exit0!start fault=read", "at=exit0!start fault=write"});
    const process::End end = guest.run();
    CHECK(end.code == 0xC0000005);
    CHECK(end.crash->registers.eax == 1);
    CHECK(end.crash->registers.esp == 0x10);
    const auto outcomes = guest.injector->outcomes(end.instructions);
    CHECK(outcomes[2].fired == 1);
    CHECK(outcomes[3].fired == 0);
  }

  TEST_CASE("a fault at every handler's entry ends where the stack does") {
    Guest guest("fault_continue.exe", {"at=handler-entry times=all fault=read"}, {}, nullptr, 0,
                false);
    const process::End end = guest.run();
    CHECK(end.kind == trace::EndKind::UnhandledException);
    CHECK(only(guest, end).fired > 10);
  }

  TEST_CASE("what has happened so far can be kept and put back") {
    Guest guest(kFourCalls, {kRaise + "visit=2 times=2"});
    static_cast<void>(guest.begin());
    const Injector::State fresh = guest.injector->state();
    static_cast<void>(guest.process->run());
    const Injector::State after = guest.injector->state();
    CHECK_FALSE(after == fresh);
    CHECK(after.progress.at(0).fired == 2);
    Guest other(kFourCalls, {kRaise + "visit=2 times=2"});
    static_cast<void>(other.begin());
    other.injector->restore(after, *other.process);
    CHECK(other.injector->state() == after);
    CHECK(other.injector->addresses().empty());
    other.injector->restore(fresh, *other.process);
    const process::End end = other.process->run();
    CHECK(only(other, end).fired == 2);
  }

  TEST_CASE("ten thousand of them each fire once") {
    std::vector<std::string> specs;
    for (int i = 0; i < 5'000; ++i) {
      specs.push_back("at=instruction:" + std::to_string(i) + " set=edi:edi");
      specs.push_back("at=exit0!start set=edi:edi");
    }
    Guest guest("exit0.exe", specs);
    const process::End end = guest.run();
    CHECK(end.code == 0);
    CHECK(guest.all<trace::InjectionFired>().size() == 10'000);
  }

  TEST_CASE("calls of a function within its own image are no calls of an import") {
    // kernel32!RaiseException is called by vectored.exe alone.
    Guest own(kFourCalls, {kRaise + "times=all caller=vectored"});
    CHECK(only(own, own.run()).fired == 4);
    Guest others(kFourCalls, {kRaise + "times=all caller=ntdll"});
    CHECK(only(others, others.run()).fired == 0);
  }
}
