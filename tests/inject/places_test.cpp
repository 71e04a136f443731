// Names of places, looked up in a process that has not run: found, refused with what is near, or
// awaited.
#include "host/inject/places.hpp"

#include <doctest/doctest.h>

#include "inject_rig.hpp"

using namespace sehlab;
using namespace sehlab::inject;
using namespace sehlab::inject_tests;

namespace {

/// What `begin` says of it, without the specification's own text.
std::string refused(const std::string& program, const std::string& spec) {
  Guest guest(program, {spec});
  const auto begun = guest.begin();
  return begun ? "nothing" : begun.error().what;
}

bool says(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_SUITE("inject") {
  TEST_CASE("an unknown symbol, image, export, file or line is refused with what is near") {
    CHECK(says(refused("go_fixed.exe", "at=go_fixed!sigtrap guard=0"),
               "\"sigtrap\" is no symbol of go_fixed.exe (did you mean \"sigtramp\"?)"));
    CHECK(says(refused("go_fixed.exe", "at=sigtrap guard=0"), "did you mean \"sigtramp\"?"));
    CHECK(says(refused("go_fixed.exe", "at=go_fixd!sigtramp guard=0"),
               "no image \"go_fixd\" is loaded, and there is no such file to load later (did you "
               "mean \"go_fixed\"?)"));
    CHECK(says(refused("exit0.exe", "at=call:kernel32!CreateFile guard=0"),
               "kernel32.dll exports no \"CreateFile\" (did you mean \"CreateFile"));
    CHECK(says(refused("exit0.exe", "at=exit0.c:4 guard=0"), "did you mean \"exit0.S\"?"));
    CHECK(says(refused("exit0.exe", "at=exit0.S:1 guard=0"), "no statement begins in line 1"));
    CHECK(says(refused("exit0.exe", "at=exit0!start guard=exit0!strat"), "did you mean"));
    CHECK(says(refused("exit0.exe", "at=handler-entry:exit0!strat guard=0"), "did you mean"));
  }

  TEST_CASE("a symbol of an image that is loaded later is looked for in its file") {
    // go_fixed.exe loads user32.dll while it runs.
    CHECK(refused("go_fixed.exe", "at=user32!EnumWindows guard=0") == "nothing");
    CHECK(says(refused("go_fixed.exe", "at=user32!EnumWindow guard=0"),
               "did you mean \"EnumWindows\"?"));
    CHECK(refused("go_fixed.exe", "at=call:user32!EnumWindows guard=0") == "nothing");
    CHECK(says(refused("go_fixed.exe", "at=call:user32!EnumWindow guard=0"), "exports no"));
  }

  TEST_CASE("names are found where the program has them") {
    Guest guest("exit0.exe");
    process::Modules& modules = guest.process->modules();
    const GuestAddr start = modules.all().front().base + 0x1000;
    const auto at = [&](const char* text) {
      const auto value = evaluate(parse_value(text).value(), *guest.process);
      return value ? GuestAddr{*value} : GuestAddr{};
    };
    CHECK(at("exit0!start") == start);
    CHECK(at("EXIT0.EXE!start") == start);
    CHECK(at("start") == start);
    CHECK(at("exit0+0x1000") == start);
    CHECK(at("exit0.exe+0x1000") == start);
    CHECK(find_line(modules, {"", "exit0.S", 4}, Search::Files)->addresses ==
          std::vector<GuestAddr>{start});
    CHECK(find_line(modules, {"exit0", "guest/cases/exit0.S", 4}, Search::Files)->addresses ==
          std::vector<GuestAddr>{start});
  }

  TEST_CASE("an export that leads to another image is found there") {
    Guest guest("exit0.exe");
    process::Modules& modules = guest.process->modules();
    // All that the lab's kernelbase exports leads to kernel32 (guest/system/CMakeLists.txt).
    const AtCall at{"KERNELBASE", "CreateFileA"};
    CHECK(find_function(modules, at, Search::Files)->awaited == "KERNELBASE");
    REQUIRE(modules.load_dll("kernelbase"));
    const auto found = find_function(modules, at, Search::Loaded);
    REQUIRE(found);
    REQUIRE(found->addresses.size() == 1);
    CHECK(modules.symbolize(found->addresses[0]) == "kernel32!CreateFileA");
  }

  TEST_CASE("an import that nobody provides is found at the gate that says its name") {
    Guest guest("unknown_import.exe");
    process::Modules& modules = guest.process->modules();
    const auto gate = find_function(modules, {"kernel32", "NoSuchFunction"}, Search::Files);
    REQUIRE(gate);
    REQUIRE(gate->addresses.size() == 1);
    CHECK(modules.gates().at(gate->addresses[0]).unbound->function == "NoSuchFunction");
    // What it takes off the stack nobody can know.
    CHECK(says(refused("unknown_import.exe", "at=call:kernel32!NoSuchFunction fail=0"),
               "say stack-bytes=N"));
  }
}
