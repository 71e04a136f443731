// Functions that a test provides. Expectations: guest/api/component.c.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <stdexcept>
#include <vector>

#include "tests/api/component.hpp"

namespace sehlab {

namespace {

/// Counts how often one goes out of scope.
struct Scope {
  explicit Scope(int& ended) : ended_(ended) {}
  ~Scope() { ++ended_; }
  int& ended_;
};

}  // namespace

TEST_SUITE_BEGIN("api");

TEST_CASE("a function of a DLL that is nowhere is provided by the test") {
  Lab lab = component();
  const Run without = lab.call("SumRow", 1).run();
  CHECK(without.ended() == Ended::Unmodelled);
  CHECK(without.detail().find("FetchRow") != std::string::npos);

  std::uint32_t asked = 0;
  lab.provide("rows.dll", "FetchRow", 3, [&](Guest& guest) -> std::uint32_t {
    asked = guest.argument(0);
    if (asked == 9) return 0;
    CHECK(guest.argument(2) == 8);
    CHECK(guest.caller().find("component!SumRow") == 0);
    guest.write(GuestAddr{guest.argument(1)}, std::vector<std::byte>(2, std::byte{20}));
    return 1;
  });
  const Run run = lab.call("SumRow", 5).run();
  CHECK(asked == 5);
  CHECK(run.value() == 40);
  CHECK(run.chain().intact());
  CHECK(static_cast<int>(lab.call("SumRow", 9).run().value()) == -1);
  // In place for processes that are made later as well.
  CHECK(lab.call("SumRow", 5).profile("windows-xp").run().value() == 40);
}

TEST_CASE("a provided function stands in place of the system's") {
  Lab lab = component();
  std::string name;
  lab.provide("kernel32.dll", "CreateFileA", 7, [&](Guest& guest) -> std::uint32_t {
    name = guest.read_text(GuestAddr{guest.argument(0)});
    guest.set_last_error(5);
    return 0xffffffff;
  });
  CHECK(lab.call("AskError").run().value() == 5);
  CHECK(name == "C:\\lab\\row.txt");
}

TEST_CASE("an access of the test's faults in the guest's name") {
  Lab lab = component();
  int ended = 0;
  lab.provide("rows", "FetchRow", 3, [&](Guest& guest) -> std::uint32_t {
    const Scope scope(ended);
    guest.write_word(GuestAddr{0x10}, 1);
    return 1;
  });
  const Run run = lab.call("SumRow", 1).run();
  CHECK(static_cast<int>(run.value()) == -2);
  CHECK(run.exceptions() == 1);
  CHECK(ended == 1);
}

TEST_CASE("a provided function raises, and goes on when a handler says so or not at all") {
  Lab lab = component();
  int ended = 0;
  lab.provide("rows", "FetchRow", 3, [&](Guest& guest) -> std::uint32_t {
    const Scope scope(ended);
    guest.raise(0xe0000042, {1, 2});
    return 1;
  });
  const Run run = lab.call("SumRow", 1).run();
  CHECK(static_cast<int>(run.value()) == -2);
  CHECK(ended == 1);
  CHECK(run.handlers() == handlers("_except_handler3@SumRow"));
  const auto raised = [](const trace::Event& event) {
    const auto* fault = std::get_if<trace::FaultRaised>(&event.payload);
    return fault != nullptr && fault->code == 0xe0000042 &&
           fault->parameters == std::vector<std::uint32_t>{1, 2};
  };
  CHECK(std::ranges::any_of(run.events(), raised));
}

TEST_CASE("raising takes no memory of the guest's") {
  Lab lab = component();
  std::uint32_t code = 0;
  lab.provide("rows", "FetchRow", 3, [&](Guest& guest) -> std::uint32_t {
    guest.raise(++code, std::vector<std::uint32_t>(1000, 7));  // of which 15 are taken over
    return 0;
  });
  const auto free = [&] {
    const Run run = lab.call("kernel32!VirtualAlloc", 0, 0x1000, 0x2000, 1).keep();
    return run.value();
  };
  lab.call("SumRow", 1).keep();
  const std::uint32_t first = free();
  for (int i = 0; i < 3; ++i) {
    const Run run = lab.call("SumRow", 1).keep();
    CHECK(static_cast<int>(run.value()) == -2);
    const auto raised = [&](const trace::Event& event) {
      const auto* fault = std::get_if<trace::FaultRaised>(&event.payload);
      return fault != nullptr && fault->code == code &&
             fault->parameters == std::vector<std::uint32_t>(15, 7);
    };
    CHECK(std::ranges::any_of(run.events(), raised));
  }
  // The next room behind: 64 KiB on (facts: VirtualAlloc's granularity).
  CHECK(free() == first + 0x10000);
}

TEST_CASE("a provided function calls back, and is left when the guest leaves the call") {
  Lab lab = component();
  int ended = 0, came_back = 0;
  std::uint32_t index = 0;
  lab.provide("rows", "FetchRow", 3, [&](Guest& guest) -> std::uint32_t {
    const Scope scope(ended);
    const std::uint32_t gave = guest.call("component!Picky", index);
    ++came_back;
    CHECK(gave == index);
    return 1;
  });
  CHECK(lab.call("SumRow", 1).run().value() == 0);
  CHECK(came_back == 1);
  CHECK(ended == 1);
  index = 2;  // it raises, and SumRow takes the exception: the call never returns
  const Run run = lab.call("SumRow", 1).run();
  CHECK(static_cast<int>(run.value()) == -2);
  CHECK(came_back == 1);
  CHECK(ended == 2);
  CHECK(run.chain().intact());
}

TEST_CASE("a process that ends below a provided function leaves it, too") {
  Lab lab = component();
  int ended = 0;
  lab.provide("rows", "FetchRow", 3, [&](Guest& guest) -> std::uint32_t {
    const Scope scope(ended);
    return guest.call("component!Die");
  });
  const Run run = lab.call("SumRow", 1).run();
  CHECK(run.ended() == Ended::Exited);
  CHECK(run.code() == 7);
  CHECK(ended == 1);
}

TEST_CASE("an exception of the test's own comes out of run, and the lab is as before") {
  Lab lab = component();
  lab.provide("rows", "FetchRow", 3,
              [](Guest&) -> std::uint32_t { throw std::runtime_error("mine"); });
  CHECK_THROWS_WITH(static_cast<void>(lab.call("SumRow", 1).run()), "mine");
  CHECK(lab.call("Weigh", 1, 2, 3).run().value() == 321);
}

TEST_CASE("an exception of the test's own is not to be caught across the guest's frames") {
  Lab lab = component();
  int depth = 0;
  lab.provide("rows", "FetchRow", 3, [&](Guest& guest) -> std::uint32_t {
    if (++depth == 3) throw std::runtime_error("mine");
    try {
      return guest.call("component!SumRow", 1);
    } catch (const std::runtime_error&) {
      return 1;
    }
  });
  const Run run = lab.call("SumRow", 1).run();
  CHECK(run.ended() == Ended::Unmodelled);
  CHECK(run.detail().find("nobody unwinds") != std::string::npos);
  depth = 2;
  CHECK_THROWS_WITH_AS(static_cast<void>(lab.call("SumRow", 1).run()), "mine", std::runtime_error);
}

TEST_CASE(
    "a provided function that would use the lab itself is refused, and the lab is as before") {
  Lab lab = component();
  const Snapshot snapshot = lab.snapshot();
  std::vector<std::function<void()>> deeds{
      [&] { static_cast<void>(lab.call("Weigh", 1, 2, 3).run()); },
      [&] { lab.call("CountCalls").keep(); },
      [&] { static_cast<void>(lab.call("Weigh", 1, 2, 3).go_to("start")); },
      [&] { lab.provide("rows", "FetchRow", 3, [](Guest&) { return 0u; }); },
      [&] { lab.restore(snapshot); }};
  for (const auto& deed : deeds) {
    lab.restore(snapshot);
    lab.provide("rows", "FetchRow", 3, [&](Guest&) {
      deed();
      return 1u;
    });
    CHECK_THROWS_WITH_AS(static_cast<void>(lab.call("SumRow", 1).run()),
                         doctest::Contains("the lab is in a run"), LabError);
    CHECK(lab.call("CountCalls").run().value() == 1);
  }
}

TEST_CASE("any function of a DLL that is nowhere can be provided, and stays itself") {
  Lab lab = component();
  lab.provide("rows.dll", "CloseRow", 0, [](Guest&) { return 5u; });
  CHECK(lab.call("rows!CloseRow").run().value() == 5);
  CHECK_THROWS_AS(static_cast<void>(lab.call("rows!OpenRow").run()), LabError);
  CHECK(lab.call("rows!FetchRow").run().ended() == Ended::Unmodelled);
  CHECK(lab.call("rows!CloseRow").run().value() == 5);
}

TEST_CASE("a function is provided by its name, with the decorations of its convention or without") {
  Lab lab = component();  // exports _Weigh@12
  lab.provide("component.dll", "Weigh", 3, [](Guest&) { return 1u; });
  CHECK(lab.call("Weigh", 0, 0, 0).run().value() == 1);
  lab.provide("component.dll", "_Weigh@12", 3, [](Guest&) { return 2u; });
  CHECK(lab.call("Weigh", 0, 0, 0).run().value() == 2);
}

TEST_CASE("an underscore makes another function: msvcrt has exit and _exit") {
  Lab lab = component();
  lab.provide("rows", "_CloseRow", 0, [](Guest&) { return 1u; });
  lab.provide("rows", "CloseRow", 0, [](Guest&) { return 2u; });
  CHECK(lab.call("rows!_CloseRow").run().value() == 1);
  CHECK(lab.call("rows!CloseRow").run().value() == 2);
}

TEST_CASE("a function that nobody knows cannot be provided") {
  Lab lab = component();
  CHECK_THROWS_AS(lab.provide("kernel32.dll", "Nobody", 0, [](Guest&) { return 0u; }), LabError);
  CHECK_THROWS_WITH_AS(lab.provide("component.dll", "Whisper", 0, [](Guest&) { return 0u; }),
                       doctest::Contains("no loaded DLL exports it"), LabError);
  CHECK_THROWS_WITH_AS(lab.provide("component.dll", "Shuot", 0, [](Guest&) { return 0u; }),
                       doctest::Contains("did you mean \"Shout\""), LabError);
  CHECK_THROWS_AS(lab.provide("nowhere.dll", "Nobody", 0, [](Guest&) { return 0u; }), LabError);
  CHECK_THROWS_AS(lab.provide("rows", "", 3, [](Guest&) { return 0u; }), LabError);
  CHECK_THROWS_AS(lab.provide("rows", "FetchRow", 0x4000, [](Guest&) { return 0u; }), LabError);
  CHECK_THROWS_AS(lab.provide("rows", "FetchRow", 3, nullptr), LabError);
}

TEST_CASE("provided functions that call back without end are no end of the test") {
  Lab lab = component();
  std::uint32_t deep = 0;
  lab.provide("rows", "FetchRow", 3, [&](Guest& guest) {
    ++deep;
    return guest.call("component!SumRow", 1);
  });
  const Run run = lab.call("SumRow", 1).run();
  CHECK(run.ended() == Ended::Unmodelled);
  CHECK(run.detail().find("1000 one within the other") != std::string::npos);
  CHECK(deep == 1000);
}

TEST_CASE("a thread that waits for ever says so") {
  Lab lab = component();
  const Run run = lab.call("kernel32!Sleep", -1).run();
  CHECK(run.ended() == Ended::BudgetSpent);
  CHECK(run.report().find("every thread waits") != std::string::npos);
}

}  // namespace sehlab
