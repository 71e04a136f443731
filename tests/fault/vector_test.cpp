// Each row of the table of vectors: facts 2.1.
#include <doctest/doctest.h>

#include <vector>

#include "fault_rig.hpp"
#include "host/win32/exception_flags.hpp"
#include "host/win32/status.hpp"

namespace sehlab::fault {
namespace {

using namespace testing;
using emu::Access;
using emu::FaultKind;
using Words = std::vector<std::uint32_t>;

Words parameters(const win32::ExceptionRecord& record) {
  REQUIRE(record.NumberParameters <= win32::EXCEPTION_MAXIMUM_PARAMETERS);
  return {record.ExceptionInformation.begin(),
          record.ExceptionInformation.begin() + record.NumberParameters};
}

/// Checks everything that a row of the table says. `eip`: the trap frame's.
void check_row(const Translation& translation, std::uint32_t code, const Words& expected,
               GuestAddr address = kCode, GuestAddr eip = kCode) {
  REQUIRE(std::holds_alternative<Exception>(translation));
  const auto& exception = std::get<Exception>(translation);
  CHECK(exception.record.ExceptionCode == code);
  CHECK(exception.record.ExceptionFlags == 0);
  CHECK(exception.record.ExceptionRecord == 0);
  CHECK(exception.record.ExceptionAddress == address.value);
  CHECK(parameters(exception.record) == expected);
  CHECK(exception.eip == eip);
  CHECK_FALSE(exception.second_chance_only);
}

TEST_CASE("row 0E: an access violation has the access and the address") {
  FaultRig rig;
  const GuestAddr address{0x00000010};
  check_row(rig.page(FaultKind::Page, Access::Read, address), win32::STATUS_ACCESS_VIOLATION,
            {0, 0x10});
  check_row(rig.page(FaultKind::Page, Access::Write, address), win32::STATUS_ACCESS_VIOLATION,
            {1, 0x10});
  check_row(rig.page(FaultKind::Page, Access::Execute, address), win32::STATUS_ACCESS_VIOLATION,
            {8, 0x10});
  rig.rules.dep_enabled = false;  // 0 if DEP is off
  check_row(rig.page(FaultKind::Page, Access::Execute, address), win32::STATUS_ACCESS_VIOLATION,
            {0, 0x10});
}

TEST_CASE("row 0E: a guard page has the access and the address") {
  FaultRig rig;
  check_row(rig.page(FaultKind::GuardPage, Access::Write, GuestAddr{0x11f004}),
            win32::STATUS_GUARD_PAGE_VIOLATION, {1, 0x11f004});
}

TEST_CASE("row 0E: the last page of a stack is a stack overflow") {
  FaultRig rig;
  check_row(rig.page(FaultKind::StackOverflow, Access::Write, GuestAddr{0x101ffc}),
            win32::STATUS_STACK_OVERFLOW, {1, 0x101ffc});  // count [M], UNSURE
}

TEST_CASE("row 1: a single step is where the processor goes on") {
  FaultRig rig;
  emu::Fault fault;
  fault.kind = FaultKind::Exception;
  fault.vector = 1;
  fault.eip = kCode;
  fault.trap = true;
  fault.next_eip = kCode + 3;
  check_row(translate(fault, rig.memory, rig.registers, rig.rules), win32::STATUS_SINGLE_STEP, {},
            kCode + 3, kCode + 3);
  fault.next_eip = {};  // behind a jump to address 0
  check_row(translate(fault, rig.memory, rig.registers, rig.rules), win32::STATUS_SINGLE_STEP, {},
            GuestAddr{0}, GuestAddr{0});
  fault.trap = false;  // a debug register that watches execution: a fault, at the instruction
  check_row(translate(fault, rig.memory, rig.registers, rig.rules), win32::STATUS_SINGLE_STEP, {},
            kCode, kCode);
}

TEST_CASE("row 1: ICEBP is a single step behind it") {
  FaultRig rig;
  rig.code({0xf1});
  check_row(rig.invalid_opcode(), win32::STATUS_SINGLE_STEP, {}, kCode + 1, kCode + 1);
  check_row(rig.exception(6), win32::STATUS_SINGLE_STEP, {}, kCode + 1, kCode + 1);
}

TEST_CASE("row 3: a breakpoint's address is one less than where the trap left EIP") {
  FaultRig rig;
  rig.code({0xcc});
  // Delivery takes one off the context's EIP: @ for CC, @ + 1 for CD 03.
  check_row(rig.interrupt(3), win32::STATUS_BREAKPOINT, {0}, kCode, kCode + 1);
  rig.rules.wow64 = false;  // three parameters; what the others hold is UNSURE
  const Translation native = rig.interrupt(3);
  CHECK(std::get<Exception>(native).record.NumberParameters == 3);
  CHECK(std::get<Exception>(native).record.ExceptionInformation[0] == 0);
  FaultRig longer;
  longer.code({0xcd, 0x03});
  check_row(longer.interrupt(3), win32::STATUS_BREAKPOINT, {0}, kCode + 1, kCode + 2);
}

TEST_CASE("row 4: INTO is an integer overflow behind it, reported at it") {
  FaultRig rig;
  rig.code({0xce});
  check_row(rig.interrupt(4), win32::STATUS_INTEGER_OVERFLOW, {}, kCode, kCode + 1);
}

TEST_CASE("row 5: BOUND is an array's bounds exceeded") {
  FaultRig rig;
  rig.code({0x62, 0x08});
  check_row(rig.exception(5), win32::STATUS_ARRAY_BOUNDS_EXCEEDED, {});
}

TEST_CASE("row 6: an invalid opcode is illegal, with a LOCK prefix an invalid lock sequence") {
  FaultRig rig;
  rig.code({0x0f, 0x0b});
  check_row(rig.invalid_opcode(), win32::STATUS_ILLEGAL_INSTRUCTION, {});
  check_row(rig.exception(6), win32::STATUS_ILLEGAL_INSTRUCTION, {});
  FaultRig locked;
  locked.code({0x66, 0xf0, 0x90});  // anywhere among the prefixes
  check_row(locked.invalid_opcode(), win32::STATUS_INVALID_LOCK_SEQUENCE, {});
  FaultRig behind;
  behind.code({0x0f, 0x0b, 0xf0});  // behind the opcode it is no prefix
  check_row(behind.invalid_opcode(), win32::STATUS_ILLEGAL_INSTRUCTION, {});
}

TEST_CASE("row 11: the kernel switches alignment checks off and goes on") {
  FaultRig rig;
  const Translation translation = rig.exception(17);
  REQUIRE(std::holds_alternative<Resume>(translation));
  CHECK(std::get<Resume>(translation).eip == kCode);
  CHECK(std::get<Resume>(translation).clear_alignment_check);
}

TEST_CASE("row 13: SSE exceptions are multiple traps, under WOW64 with MXCSR") {
  FaultRig rig;
  rig.fx<std::uint32_t>(24, 0x1f01);
  check_row(rig.exception(19), win32::STATUS_FLOAT_MULTIPLE_TRAPS, {0, 0x1f01});
  rig.rules.wow64 = false;
  check_row(rig.exception(19), win32::STATUS_FLOAT_MULTIPLE_TRAPS, {0});
}

TEST_CASE("row int 29: a fast fail is second chance only, with ECX") {
  FaultRig rig;
  rig.code({0xcd, 0x29});
  const Translation translation = rig.interrupt(0x29);
  REQUIRE(std::holds_alternative<Exception>(translation));
  const auto& exception = std::get<Exception>(translation);
  CHECK(exception.record.ExceptionCode == win32::STATUS_STACK_BUFFER_OVERRUN);
  CHECK(exception.record.ExceptionFlags == win32::EXCEPTION_NONCONTINUABLE);
  CHECK(parameters(exception.record) == Words{0xcccc0002});
  CHECK(exception.record.ExceptionAddress == kCode.value);
  CHECK(exception.eip == kCode);
  CHECK(exception.second_chance_only);
}

TEST_CASE("row int 2C: an assertion is reported at the instruction") {
  FaultRig rig;
  rig.code({0xcd, 0x2c});
  check_row(rig.interrupt(0x2c), win32::STATUS_ASSERTION_FAILURE, {});
}

TEST_CASE("row int 2D: the byte behind is skipped, and four services are silent") {
  FaultRig rig;
  rig.code({0xcd, 0x2d});
  rig.rules.wow64 = false;
  for (const std::uint32_t eax : {1u, 3u, 4u, 5u}) {
    rig.registers.values.eax = eax;
    const Translation translation = rig.interrupt(0x2d);
    REQUIRE(std::holds_alternative<Resume>(translation));
    CHECK(std::get<Resume>(translation).eip == kCode + 3);
    CHECK_FALSE(std::get<Resume>(translation).clear_alignment_check);
  }
  for (const std::uint32_t eax : {0u, 2u, 6u, 0x80000001u}) {
    rig.registers.values.eax = eax;
    // Trap frame @ + 3; less one when it is delivered: @ + 2.
    check_row(rig.interrupt(0x2d), win32::STATUS_BREAKPOINT, {eax, 0xcccc0002, 0xdddd0003},
              kCode + 2, kCode + 3);
  }
  rig.rules.wow64 = true;  // one parameter, always raised
  rig.registers.values.eax = 1;
  check_row(rig.interrupt(0x2d), win32::STATUS_BREAKPOINT, {1}, kCode + 2, kCode + 3);
}

TEST_CASE("row int nn: an interrupt without a gate is an access violation of no address") {
  for (const int n : {0x00, 0x01, 0x0d, 0x2f, 0x7e, 0x80, 0xff}) {
    const auto vector = static_cast<std::uint8_t>(n);
    FaultRig rig;
    rig.code({0xcdu, vector});
    check_row(rig.interrupt(vector), win32::STATUS_ACCESS_VIOLATION, {0, 0xffffffff});
  }
}

TEST_CASE("system calls by interrupt and exceptions without a rule are named") {
  for (const int n : {0x2b, 0x2e}) {
    const auto vector = static_cast<std::uint8_t>(n);
    FaultRig rig;
    rig.code({0xcdu, vector});
    const Translation translation = rig.interrupt(vector);
    REQUIRE(std::holds_alternative<Unmodelled>(translation));
    CHECK(std::get<Unmodelled>(translation).what.find("0x00401000") != std::string::npos);
  }
  for (const int n : {2, 7, 8, 10, 12, 18}) {
    const auto vector = static_cast<std::uint8_t>(n);  // #SS: UNSURE in the facts
    FaultRig rig;
    REQUIRE(std::holds_alternative<Unmodelled>(rig.exception(vector)));
  }
}

TEST_CASE("INT 2A is no exception: the thread goes on behind it, with the tick count in EAX") {
  FaultRig rig;
  rig.code({0xcd, 0x2a});
  const Translation translation = rig.interrupt(0x2a);
  REQUIRE(std::holds_alternative<Resume>(translation));
  CHECK(std::get<Resume>(translation).tick_count);
  CHECK(std::get<Resume>(translation).eip == GuestAddr{0x00401002});
}

TEST_CASE("translation writes nothing") {
  FaultRig rig;
  rig.code({0xf4});
  for (int vector = 0; vector < 256; ++vector) {
    static_cast<void>(rig.exception(static_cast<std::uint8_t>(vector)));
    static_cast<void>(rig.interrupt(static_cast<std::uint8_t>(vector)));
  }
  CHECK_FALSE(rig.memory.wrote);
}

}  // namespace
}  // namespace sehlab::fault
