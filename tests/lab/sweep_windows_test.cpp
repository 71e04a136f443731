// Where windows lie. fault_continue.exe's start has four instructions up to the one that faults
// (guest/cases/fault_continue.S); what a symbol's count is, a process run to there shows.
#include "host/lab/sweep_windows.hpp"

#include <doctest/doctest.h>

#include "host/lab/run.hpp"
#include "host/process/process.hpp"
#include "tests/lab/sweep_rig.hpp"

using namespace sehlab;
using namespace sehlab::lab;

namespace {

std::string complaint(const process::Options& options, const scenario::Sweep& sweep) {
  const auto found = find_windows(options, sweep, "W");
  return found ? "" : found.error().text();
}
std::string complaint(const std::string& window) {
  return complaint(own_guest("fault_continue.exe"), sweep_of(window));
}
SweepWindows windows(const process::Options& options, const scenario::Sweep& sweep) {
  auto found = find_windows(options, sweep, "W");
  REQUIRE_MESSAGE(found.has_value(), (found ? "" : found.error().text()));
  return *found;
}
scenario::CountWindow whole(const std::string& window) {
  return windows(own_guest("fault_continue.exe"), sweep_of(window)).whole;
}
std::string place(const process::Options& options, std::uint64_t count) {
  CapturedOutput output;
  auto process = process::Process::create(options, output, {});
  REQUIRE(process);
  REQUIRE_FALSE((*process)->run_to(count));
  return (*process)->modules().symbolize(
      GuestAddr{(*process)->machine().registers().general().eip});
}

}  // namespace

TEST_SUITE("lab") {
  TEST_CASE("a symbol is where it is first reached, with its image or without") {
    const process::Options options = own_guest("fault_continue.exe");
    const auto window = whole("start..kernel32!ExitProcess");
    CHECK(place(options, window.from) == "fault_continue!start");
    CHECK(place(options, window.to) == "kernel32!ExitProcess");
    CHECK(whole("fault_continue!start..").from == window.from);
  }

  TEST_CASE("counts are taken as they are, and edges are the run's") {
    CHECK(whole("7..19").from == 7);
    CHECK(whole("7..19").to == 19);
    const SweepWindows all = windows(own_guest("fault_continue.exe"), sweep_of(".."));
    CHECK(all.whole.from == 0);
    CHECK(all.whole.to == all.instructions);
    CHECK(all.end == "exit 42");
    CHECK(all.failing.from == all.failing.to);
  }

  TEST_CASE("symbol#N is its Nth time in the run; a symbol alone the first from FROM on") {
    // thread.exe's first thread calls WaitForSingleObject once before its thread runs, and again.
    const process::Options options = own_guest("thread.exe");
    const auto nth = [&](const std::string& window) {
      return windows(options, sweep_of(window)).whole;
    };
    const std::string wait = "kernel32!WaitForSingleObject";
    const auto first = nth(wait + ".." + wait + "#2"), next = nth(wait + "#2.." + wait + "#3");
    CHECK(place(options, first.to) == wait);
    CHECK(first.to == next.from);
    CHECK(nth(wait + ".." + wait).to == first.to);
    CHECK(nth(wait + "#2.." + wait).to == next.to);
  }

  TEST_CASE("parts lie inside the whole, and what has no window is all of it") {
    scenario::Sweep sweep = sweep_of("start..kernel32!ExitProcess");
    sweep.expect.resize(4);
    const auto window = [](const char* text) {
      return scenario::At<scenario::WindowText>{*scenario::parse_window(text), 3};
    };
    sweep.expect[1].window = window("..");
    sweep.expect[2].window = window("..kernel32!ExitProcess");
    sweep.expect[3].window = window("start..");
    sweep.failing = window("start..");
    const SweepWindows found = windows(own_guest("fault_continue.exe"), sweep);
    REQUIRE(found.parts.size() == 4);
    for (const auto& part : found.parts) {
      CHECK(part.from == found.whole.from);
      CHECK(part.to == found.whole.to);
    }
    CHECK(found.failing.from == found.whole.from);
    CHECK(found.failing.to == found.whole.to);
  }

  TEST_CASE("a window that is not there is said, with its place") {
    CHECK(complaint("5..3") == "W: window: \"5..3\" is empty");
    CHECK(complaint("5..5") == "W: window: \"5..5\" is empty");
    CHECK(complaint("start#2..") == "W: window: \"start#2\" is not reached so often");
    CHECK(complaint("kernel32!ExitProcess..start") ==
          "W: window: \"start\" is not reached from there on");
    const std::uint64_t last = whole("..").to;
    CHECK(complaint("0..99999999") ==
          "W: window: \"99999999\" is not reached: the program ends after " + std::to_string(last) +
              " instructions");
    CHECK(complaint("0.." + std::to_string(last)) == "");
    CHECK(complaint("strat..").find("\"strat\" is no symbol") != std::string::npos);
    scenario::Sweep sweep = sweep_of("start..");
    sweep.expect.resize(1);
    sweep.expect[0].window = scenario::At<scenario::WindowText>{{"start#9", ""}, 12};
    CHECK(complaint(own_guest("fault_continue.exe"), sweep) ==
          "W:12: window: \"start#9\" is not reached so often");
  }

  TEST_CASE("a program that does not end by itself is not swept") {
    process::Options options = own_guest("loop.exe");
    options.budget = 100'000;
    CHECK(complaint(options, sweep_of("0..10"))
              .starts_with("W: a program that is swept must end by itself: without a fault the "
                           "budget of 100000 instructions is spent"));
    CHECK(complaint(own_guest("unknown_import.exe"), sweep_of("0..10"))
              .starts_with("W: without a fault: "));
    CHECK(complaint(own_guest("no_such.exe"), sweep_of("0..10")).starts_with("W: "));
  }

  TEST_CASE("a program that dies without a fault can be swept") {
    const SweepWindows found = windows(own_guest("unhandled.exe"), sweep_of(".."));
    CHECK(found.end.starts_with("dies of C0000005"));
  }
}
