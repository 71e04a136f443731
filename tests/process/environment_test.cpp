// The blocks that a process finds: command line, TEB, PEB. Sources: Microsoft's documentation of
// CommandLineToArgvW ("Parsing C command-line arguments") and the public headers of PEB and TEB.
#include "host/process/environment.hpp"

#include <doctest/doctest.h>

#include <memory>

#include "emu/machine.hpp"
#include "host/win32/peb.hpp"
#include "host/win32/teb.hpp"

using namespace sehlab;
using namespace sehlab::process;

TEST_SUITE("process") {
  TEST_CASE("a command line quotes what CommandLineToArgvW would else take apart") {
    const auto line = [](std::vector<std::string> arguments) {
      return windows_command_line("C:\\lab\\a.exe", arguments);
    };
    CHECK(line({}) == R"("C:\lab\a.exe")");
    CHECK(line({"a", "-b=c"}) == R"("C:\lab\a.exe" a -b=c)");
    CHECK(line({"two words"}) == R"("C:\lab\a.exe" "two words")");
    CHECK(line({""}) == R"("C:\lab\a.exe" "")");
    // The documentation's own examples, the other way round.
    CHECK(line({"a\"b"}) == R"("C:\lab\a.exe" "a\"b")");
    CHECK(line({"a\\\\b"}) == R"("C:\lab\a.exe" a\\b)");
    CHECK(line({"a b\\"}) == R"("C:\lab\a.exe" "a b\\")");
    CHECK(line({"a\\\"b"}) == R"("C:\lab\a.exe" "a\\\"b")");
  }

  TEST_CASE("a TEB points at itself, at its stack and at the PEB, and its chain is empty") {
    const auto machine = std::move(*emu::Machine::create({}));
    emu::AddressSpace& space = machine->memory();
    TebFacts facts;
    facts.thread_id = 0x0b64;
    facts.peb = GuestAddr{0x7ffdf000};
    facts.stack = {{GuestAddr{0x100000}, GuestAddr{0x200000}}, GuestAddr{0x1fd000}};
    const auto at = make_teb(space, facts);
    REQUIRE(at);
    const auto teb = space.raw().get<win32::Teb>(*at);
    REQUIRE(teb);
    CHECK(teb->Tib.ExceptionList == 0xffffffff);
    CHECK(teb->Tib.StackBase == 0x200000);
    CHECK(teb->Tib.StackLimit == 0x1fd000);
    CHECK(teb->DeallocationStack == 0x100000);
    CHECK(teb->Tib.Self == at->value);
    CHECK(teb->ClientId.UniqueThread == 0x0b64);
    CHECK(teb->ProcessEnvironmentBlock == 0x7ffdf000);
    CHECK(teb->ThreadLocalStoragePointer == 0);
    // A second one is another page.
    const auto second = make_teb(space, facts);
    REQUIRE(second);
    CHECK(*second != *at);
    CHECK(kTebs.contains(*second));
  }

  TEST_CASE("a PEB names the image, the parameters and the version that the profile stands for") {
    struct Version {
      const char* profile;
      std::uint32_t major, minor;
    };
    // Microsoft, "Operating System Version".
    for (const Version& version :
         {Version{"windows-xp", 5, 1}, Version{"windows-7", 6, 1}, Version{"windows-10", 10, 0}}) {
      CAPTURE(version.profile);
      const seh::Profile* profile = seh::find_profile(version.profile);
      REQUIRE(profile != nullptr);
      const auto machine = std::move(*emu::Machine::create({}));
      emu::AddressSpace& space = machine->memory();
      const auto at = make_peb(
          space, {GuestAddr{0x400000}, "C:\\lab\\a.exe", "\"C:\\lab\\a.exe\" x"}, *profile);
      REQUIRE(at);
      const auto peb = space.raw().get<win32::Peb>(*at);
      REQUIRE(peb);
      CHECK(peb->ImageBaseAddress == 0x400000);
      CHECK(peb->OSMajorVersion == version.major);
      CHECK(peb->OSMinorVersion == version.minor);
      CHECK(peb->BeingDebugged == 0);
      CHECK(peb->ProcessParameters != 0);
    }
  }
}
