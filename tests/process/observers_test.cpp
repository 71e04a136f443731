// Symbols whose being reached is told, in images that come later or never.
#include "host/process/observers.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "host/lab/run.hpp"
#include "host/process/process.hpp"
#include "host/trace/trace.hpp"

using namespace sehlab;
using namespace sehlab::process;

namespace {

/// go_fixed.exe loads user32.dll and its own DLL while it runs.
Options go_program(std::vector<std::string> observed) {
  Options options;
  options.system_folder = SEHLAB_BINARY_DIR "/guest";
  options.program = options.system_folder / "go_fixed.exe";
  options.arguments = {"TestCallback"};
  options.observed = std::move(observed);
  return options;
}

std::size_t visits(const std::vector<std::string>& observed, std::string_view symbol) {
  lab::CapturedOutput output;
  trace::Trace trace;
  const auto process = Process::create(go_program(observed), output, {&trace});
  REQUIRE(process);
  CHECK((*process)->run().code == 0);
  return static_cast<std::size_t>(std::ranges::count_if(trace.events, [&](const auto& event) {
    const auto* reached = std::get_if<trace::SymbolReached>(&event.payload);
    return reached != nullptr && reached->at.symbol == symbol;
  }));
}

}  // namespace

TEST_SUITE("process") {
  TEST_CASE("a symbol that a late image does not have silences no other") {
    // TestCallback calls EnumWindows once.
    CHECK(visits({"user32!EnumWindows"}, "user32!EnumWindows") == 1);
    CHECK(visits({"user32!nosuch", "user32!EnumWindows"}, "user32!EnumWindows") == 1);
    CHECK(visits({"user32!EnumWindows", "user32!nosuch"}, "user32!EnumWindows") == 1);
  }

  TEST_CASE("images are named in any case, with or without their extension") {
    CHECK(visits({"USER32!EnumWindows"}, "user32!EnumWindows") == 1);
    CHECK(visits({"User32.dll!EnumWindows"}, "user32!EnumWindows") == 1);
  }

  TEST_CASE("a symbol that the program does not have is refused before anything runs") {
    lab::CapturedOutput output;
    trace::Trace trace;
    for (const char* symbol : {"nosuch", "go_fixed!nosuch", "GO_FIXED.EXE!nosuch"}) {
      CAPTURE(symbol);
      const auto refused = Process::create(go_program({symbol}), output, {&trace});
      REQUIRE_FALSE(refused);
      CHECK(refused.error().what.find(symbol) != std::string::npos);
    }
  }
}
