// What Windows reads out of a general protection fault: facts 2.2.
#include <doctest/doctest.h>

#include <vector>

#include "fault_rig.hpp"
#include "host/win32/status.hpp"

namespace sehlab::fault {
namespace {

using namespace testing;

constexpr std::uint8_t kGeneralProtection = 13, kNotPresent = 11;

std::uint32_t code_of(FaultRig& rig, std::uint8_t vector = kGeneralProtection) {
  const Translation translation = rig.exception(vector);
  REQUIRE(std::holds_alternative<Exception>(translation));
  const auto& record = std::get<Exception>(translation).record;
  CHECK(record.ExceptionAddress == kCode.value);
  CHECK(std::get<Exception>(translation).eip == kCode);
  if (record.ExceptionCode == win32::STATUS_ACCESS_VIOLATION) {
    CHECK(record.NumberParameters == 2);
    CHECK(record.ExceptionInformation[0] == 0);
    CHECK(record.ExceptionInformation[1] == 0xffffffff);
  } else {
    CHECK(record.NumberParameters == 0);
  }
  return record.ExceptionCode;
}

std::uint32_t code_of(const std::vector<unsigned>& bytes, std::uint32_t eflags = 0x202) {
  FaultRig rig;
  rig.code(bytes);
  rig.registers.values.eflags = eflags;
  return code_of(rig);
}

TEST_CASE("step 2: what only the kernel may do is privileged") {
  constexpr auto kPrivileged = win32::STATUS_PRIVILEGED_INSTRUCTION;
  CHECK(code_of({0xf4}) == kPrivileged);              // HLT
  CHECK(code_of({0x0f, 0x00, 0xd0}) == kPrivileged);  // LLDT: /2
  CHECK(code_of({0x0f, 0x00, 0xd8}) == kPrivileged);  // LTR: /3
  CHECK(code_of({0x0f, 0x01, 0x10}) == kPrivileged);  // LGDT: /2
  CHECK(code_of({0x0f, 0x01, 0x18}) == kPrivileged);  // LIDT: /3
  CHECK(code_of({0x0f, 0x01, 0xf0}) == kPrivileged);  // LMSW: /6
  for (const unsigned second :
       {0x06u, 0x08u, 0x09u, 0x20u, 0x21u, 0x22u, 0x23u, 0x30u, 0x32u, 0x33u, 0x35u}) {
    CAPTURE(second);
    CHECK(code_of({0x0f, second, 0xc0}) == kPrivileged);
  }
}

TEST_CASE("step 2: their neighbours are not") {
  constexpr auto kViolation = win32::STATUS_ACCESS_VIOLATION;
  CHECK(code_of({0x0f, 0x00, 0xc0}) == kViolation);  // SLDT: /0
  CHECK(code_of({0x0f, 0x00, 0xe0}) == kViolation);  // VERR: /4
  CHECK(code_of({0x0f, 0x01, 0x00}) == kViolation);  // SGDT: /0
  CHECK(code_of({0x0f, 0x01, 0x38}) == kViolation);  // INVLPG: /7, which the list leaves out
  CHECK(code_of({0x0f, 0x28, 0x00}) == kViolation);  // MOVAPS: misaligned
  CHECK(code_of({0x0f, 0x24, 0xc0}) == kViolation);
  CHECK(code_of({0x0f, 0x34}) == kViolation);
}

TEST_CASE("step 3: input, output, CLI and STI are privileged below IOPL 3") {
  for (const unsigned opcode : {0xfau, 0xfbu, 0x6cu, 0x6du, 0x6eu, 0x6fu, 0xe4u, 0xe5u, 0xe6u,
                                0xe7u, 0xecu, 0xedu, 0xeeu, 0xefu}) {
    CAPTURE(opcode);
    CHECK(code_of({opcode, 0x60}) == win32::STATUS_PRIVILEGED_INSTRUCTION);
    CHECK(code_of({opcode, 0x60}, 0x2202) == win32::STATUS_PRIVILEGED_INSTRUCTION);  // IOPL 2
    CHECK(code_of({opcode, 0x60}, 0x3202) == win32::STATUS_ACCESS_VIOLATION);        // IOPL 3
  }
}

TEST_CASE("step 1: prefixes are skipped, each of them") {
  for (const unsigned prefix :
       {0x2eu, 0x36u, 0x3eu, 0x26u, 0x64u, 0x65u, 0x66u, 0x67u, 0xf0u, 0xf2u, 0xf3u}) {
    CAPTURE(prefix);
    CHECK(code_of({prefix, 0xf4}) == win32::STATUS_PRIVILEGED_INSTRUCTION);
    CHECK(code_of({0x66, prefix, 0x0f, 0x06}) == win32::STATUS_PRIVILEGED_INSTRUCTION);
  }
}

TEST_CASE("step 1: fifteen prefixes are an illegal instruction, fourteen are prefixes") {
  FaultRig rig;  // row 20
  for (std::uint32_t i = 0; i < 20; ++i) rig.memory.put(kCode + i, {0x64});
  CHECK(code_of(rig) == win32::STATUS_ILLEGAL_INSTRUCTION);
  rig.memory.put(kCode + 14, {0xf4});
  CHECK(code_of(rig) == win32::STATUS_PRIVILEGED_INSTRUCTION);
}

TEST_CASE("step 4: everything else is an access violation of no address") {
  CHECK(code_of({0x8e, 0xd8}) == win32::STATUS_ACCESS_VIOLATION);  // MOV DS, AX
  CHECK(code_of({0xcf}) == win32::STATUS_ACCESS_VIOLATION);        // IRET
  FaultRig rig;
  rig.code({0x8e, 0xd8});
  CHECK(code_of(rig, kNotPresent) == win32::STATUS_ACCESS_VIOLATION);
}

TEST_CASE("an instruction at the end of memory is read no further than it goes") {
  FaultRig rig;  // one byte is there, and it is all that HLT needs
  rig.code({0xf4});
  CHECK(code_of(rig) == win32::STATUS_PRIVILEGED_INSTRUCTION);
  FaultRig cut;
  cut.code({0x0f});
  CHECK(code_of(cut) == win32::STATUS_ACCESS_VIOLATION);
  FaultRig nothing;
  CHECK(code_of(nothing) == win32::STATUS_ACCESS_VIOLATION);
}

}  // namespace
}  // namespace sehlab::fault
