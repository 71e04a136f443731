// What each fault word raises, as Windows reports it. The numbers are those of facts 2 (statuses)
// and 2.1 (parameters, ExceptionAddress, the context's EIP).
#include <doctest/doctest.h>

#include "inject_rig.hpp"

using namespace sehlab;
using namespace sehlab::inject_tests;

namespace {

struct Raised {
  trace::FaultRaised fault;
  std::uint32_t start = 0;   ///< of exit0.exe's first instruction
  emu::GeneralRegisters at;  ///< the context's
};

/// exit0.exe, whose first instruction is `push 0`; nobody takes the exception.
Raised raised(const std::string& what, const char* profile = nullptr) {
  Guest guest("exit0.exe", {"at=exit0!start " + what}, {}, profile);
  Raised result;
  result.start = guest.process->modules().all().front().base.value + 0x1000;
  const process::End end = guest.run();
  REQUIRE(end.kind == trace::EndKind::UnhandledException);
  REQUIRE(end.crash);
  result.at = end.crash->registers;
  const auto faults = guest.all<trace::FaultRaised>();
  REQUIRE(faults.size() == 1);
  result.fault = faults[0];
  CHECK(end.code == result.fault.code);
  const auto fired = guest.all<trace::InjectionFired>();
  REQUIRE(fired.size() == 1);
  CHECK(fired[0].raises);
  CHECK(fired[0].at.address.value == result.start);
  return result;
}

using Words = std::vector<std::uint32_t>;

/// A fault at the instruction.
void check_fault(const std::string& what, std::uint32_t code, const Words& parameters,
                 const char* profile = nullptr) {
  CAPTURE(what);
  const Raised r = raised(what, profile);
  CHECK(r.fault.code == code);
  CHECK(r.fault.parameters == parameters);
  CHECK(r.fault.at.address.value == r.start);
  CHECK(r.at.eip == r.start);
}

}  // namespace

TEST_SUITE("inject") {
  TEST_CASE("accesses have the operation and the address") {
    check_fault("fault=read", 0xC0000005, {0, 0});
    check_fault("fault=read address=0x10", 0xC0000005, {0, 0x10});
    check_fault("fault=write address=0x1234", 0xC0000005, {1, 0x1234});
    check_fault("fault=execute address=0x1234", 0xC0000005, {8, 0x1234});
    check_fault("fault=guard address=0x1234", 0x80000001, {0, 0x1234});
    check_fault("fault=guard address=0x1234 access=write", 0x80000001, {1, 0x1234});
    check_fault("fault=in-page address=0x1234 status=0xC000016F", 0xC0000006,
                {0, 0x1234, 0xC000016F});
    check_fault("fault=stack-overflow address=0x1234", 0xC00000FD, {1, 0x1234});
    check_fault("fault=general-protection", 0xC0000005, {0, 0xffffffff});
  }

  TEST_CASE("an execute fault is of the instruction itself unless an address is given") {
    const Raised r = raised("fault=execute");
    CHECK(r.fault.parameters == Words{8, r.start});
  }

  TEST_CASE("faults without parameters have none") {
    check_fault("fault=divide", 0xC0000094, {});
    check_fault("fault=overflow", 0xC0000095, {});
    check_fault("fault=overflow", 0xC0000094, {}, "wine");  // facts 4, div overflow
    check_fault("fault=illegal", 0xC000001D, {});
    check_fault("fault=lock", 0xC000001E, {});
    check_fault("fault=privileged", 0xC0000096, {});
    check_fault("fault=array-bounds", 0xC000008C, {});
    check_fault("fault=misaligned", 0x80000002, {});
    check_fault("fault=assertion", 0xC0000420, {});
  }

  TEST_CASE("a breakpoint is one that stands in place of the instruction") {
    check_fault("fault=int3", 0x80000003, {0});  // under WOW64
    const Raised native = raised("fault=int3", "windows-xp");
    CHECK(native.fault.parameters.size() == 3);
    CHECK(native.fault.parameters[0] == 0);
    CHECK(native.at.eip == native.start);
  }

  TEST_CASE("a trap is of the instruction before, and the thread goes on at this one") {
    const Raised step = raised("fault=single-step");
    CHECK(step.fault.code == 0x80000004);
    CHECK(step.fault.at.address.value == step.start);
    CHECK(step.at.eip == step.start);
    const Raised into = raised("fault=into");
    CHECK(into.fault.code == 0xC0000095);
    CHECK(into.fault.at.address.value == into.start - 1);
    CHECK(into.at.eip == into.start);
  }

  TEST_CASE("x87 and SSE exceptions are those of the profile") {
    // Facts 2.1 rows 10 and 13; nothing was computed, so the address is the instruction's.
    check_fault("fault=float-divide", 0xC000008E, {0});
    check_fault("fault=float-overflow", 0xC0000091, {0});
    check_fault("fault=float-underflow", 0xC0000093, {0});
    check_fault("fault=float-inexact", 0xC000008F, {0});
    check_fault("fault=float-invalid", 0xC0000090, {0});
    check_fault("fault=float-stack-check", 0xC0000092, {0, 0});
    check_fault("fault=float-denormal", 0xC000008D, {}, "wine");
    check_fault("fault=float-divide", 0xC000008E, {}, "wine");
    check_fault("fault=sse", 0xC00002B5, {0, 0x1f80});  // MXCSR as a thread starts with it
    check_fault("fault=sse", 0xC00002B5, {0}, "windows-xp");
  }

  TEST_CASE("a code of the tester's own has the parameters and flags that are given") {
    check_fault("fault=0xE0001234", 0xE0001234, {});
    check_fault("fault=0xE0001234 parameters=1,exit0!start", 0xE0001234, {1, 0x401000});
    const Raised r = raised("fault=divide parameters=7 flags=noncontinuable");
    CHECK(r.fault.parameters == Words{7});
    CHECK(r.fault.flags == 1);
    check_fault("fault=0x80000003", 0x80000003, {});
  }

  TEST_CASE("a fast fail is nobody's to handle") {
    // Facts 2.1 row int 29: noncontinuable, {ECX}, second chance only.
    Guest guest("fault_continue.exe", {"at=fault_continue.S:8 fault=fast-fail"});
    const process::End end = guest.run();
    CHECK(end.code == 0xC0000409);
    CHECK(guest.all<trace::DispatchBegun>().empty());
    CHECK(guest.all<trace::FaultRaised>().at(0).flags == 1);
  }

  TEST_CASE("what the processor shows beside an exception is there") {
    // DR6.BS (Intel SDM vol. 3, 17.2.3), the status word's ZE (vol. 1, 8.1.3).
    Guest step("exit0.exe", {"at=exit0!start fault=single-step"});
    static_cast<void>(step.run());
    CHECK((step.process->machine().registers().debug().dr6 & 0x4000) != 0);
    Guest divide("exit0.exe", {"at=exit0!start fault=float-divide"});
    static_cast<void>(divide.run());
    const auto fx = divide.process->machine().registers().fx();
    CHECK((fx.get<std::uint16_t>(emu::FxState::kFsw) & 0x4) != 0);
  }
}
