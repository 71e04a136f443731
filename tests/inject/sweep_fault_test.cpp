// What a sweep injects. Codes and parameters: winnt.h, and Microsoft's documentation of
// EXCEPTION_RECORD (the first parameter of an access violation is 0 for a read, 1 for a write).
#include <doctest/doctest.h>

#include "host/inject/sweep.hpp"
#include "host/win32/status.hpp"
#include "tests/inject/inject_rig.hpp"

using namespace sehlab;
using namespace sehlab::inject;
using inject_tests::Guest;

namespace {

std::string complaint(const std::string& text) {
  const auto fault = sweep_fault(text);
  return fault ? "" : fault.error().text();
}

}  // namespace

TEST_SUITE("inject") {
  TEST_CASE("a word is an exception, as it is for the instruction that is next") {
    Guest guest("exit0.exe");
    REQUIRE_FALSE(guest.process->run_to(100));
    const std::uint32_t eip = guest.process->machine().registers().general().eip;
    for (const auto& each : {std::pair("read", win32::STATUS_ACCESS_VIOLATION),
                             std::pair("write", win32::STATUS_ACCESS_VIOLATION),
                             std::pair("divide", win32::STATUS_INTEGER_DIVIDE_BY_ZERO),
                             std::pair("illegal", win32::STATUS_ILLEGAL_INSTRUCTION),
                             std::pair("0xE0000001", 0xE0000001u)}) {
      const auto& word = each.first;
      const auto& code = each.second;
      CAPTURE(word);
      const auto fault = sweep_fault(word);
      REQUIRE(fault);
      CHECK(fault->name == word);
      const auto exception = fault->make(*guest.process);
      REQUIRE(exception);
      CHECK(exception->record.ExceptionCode == code);
      CHECK(exception->record.ExceptionAddress == eip);
      if (std::string_view(word) == "write") CHECK(exception->record.ExceptionInformation[0] == 1);
    }
  }

  TEST_CASE("a specification without its place says more of it") {
    Guest guest("exit0.exe");
    REQUIRE_FALSE(guest.process->run_to(100));
    const auto fault = sweep_fault("fault=read address=0x10");
    REQUIRE(fault);
    CHECK(fault->name == "fault=read address=0x10");
    const auto exception = fault->make(*guest.process);
    REQUIRE(exception);
    CHECK(exception->record.NumberParameters == 2);
    CHECK(exception->record.ExceptionInformation[0] == 0);
    CHECK(exception->record.ExceptionInformation[1] == 0x10);
  }

  TEST_CASE("what is no exception, or has a place of its own, is refused") {
    CHECK(complaint("raed").find("\"raed\" is no fault (did you mean \"read\"?)") !=
          std::string::npos);
    CHECK(complaint("set=eax:1") == "a sweep injects exceptions, nothing else");
    for (const char* text : {"", "fail=ReadFile", "at=exit0!start fault=read",
                             "instruction=7 fault=read", "fault=read address=", "fault=", "="}) {
      CAPTURE(text);
      CHECK(complaint(text) != "");
    }
  }
}
