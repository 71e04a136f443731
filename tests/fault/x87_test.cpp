// Which exception an x87 status word stands for: facts 2.1 row 10, 2.3.
#include <doctest/doctest.h>

#include "fault_rig.hpp"
#include "host/win32/status.hpp"

namespace sehlab::fault {
namespace {

using namespace testing;

// Status word bits, Intel SDM vol. 1, 8.1.3.
constexpr std::uint16_t kIe = 0x01, kDe = 0x02, kZe = 0x04, kOe = 0x08, kUe = 0x10, kPe = 0x20,
                        kSf = 0x40;

Exception x87(FaultRig& rig, std::uint16_t status, std::uint16_t masks = 0) {
  rig.fx<std::uint16_t>(0, masks);
  rig.fx<std::uint16_t>(2, status);
  rig.fx<std::uint32_t>(8, 0x00400ff0);   // last instruction
  rig.fx<std::uint32_t>(16, 0x0012ff00);  // last operand
  const Translation translation = rig.exception(16);
  REQUIRE(std::holds_alternative<Exception>(translation));
  return std::get<Exception>(translation);
}

std::uint32_t code_of(std::uint16_t status, std::uint16_t masks = 0, bool wine = false) {
  FaultRig rig;
  rig.rules.x87.denormal_has_own_code = wine;
  return x87(rig, status, masks).record.ExceptionCode;
}

TEST_CASE("each x87 exception has its code") {
  CHECK(code_of(kIe) == win32::STATUS_FLOAT_INVALID_OPERATION);
  CHECK(code_of(kIe | kSf) == win32::STATUS_FLOAT_STACK_CHECK);
  CHECK(code_of(kZe) == win32::STATUS_FLOAT_DIVIDE_BY_ZERO);
  CHECK(code_of(kOe) == win32::STATUS_FLOAT_OVERFLOW);
  CHECK(code_of(kUe) == win32::STATUS_FLOAT_UNDERFLOW);
  CHECK(code_of(kPe) == win32::STATUS_FLOAT_INEXACT_RESULT);
}

TEST_CASE("of several the first in the order of the facts counts") {
  CHECK(code_of(0x3f) == win32::STATUS_FLOAT_INVALID_OPERATION);
  CHECK(code_of(kZe | kOe | kPe) == win32::STATUS_FLOAT_DIVIDE_BY_ZERO);
  CHECK(code_of(kOe | kUe | kPe) == win32::STATUS_FLOAT_OVERFLOW);
  CHECK(code_of(kUe | kPe) == win32::STATUS_FLOAT_UNDERFLOW);
}

TEST_CASE("a denormal operand differs between systems, in code and in order") {
  CHECK(code_of(kDe) == win32::STATUS_FLOAT_INVALID_OPERATION);
  CHECK(code_of(kDe | kZe) == win32::STATUS_FLOAT_DIVIDE_BY_ZERO);
  CHECK(code_of(kDe, 0, true) == win32::STATUS_FLOAT_DENORMAL_OPERAND);
  CHECK(code_of(kDe | kZe, 0, true) == win32::STATUS_FLOAT_DENORMAL_OPERAND);
}

TEST_CASE("masked exceptions do not count") {
  CHECK(code_of(kZe | kPe, kZe) == win32::STATUS_FLOAT_INEXACT_RESULT);
  FaultRig rig;
  rig.fx<std::uint16_t>(0, 0x037f);
  rig.fx<std::uint16_t>(2, 0x003f);
  CHECK(std::holds_alternative<Unmodelled>(rig.exception(16)));  // none is pending
}

TEST_CASE("the address is the last x87 instruction's, EIP where the exception was taken") {
  FaultRig rig;
  const Exception exception = x87(rig, kZe);
  CHECK(exception.record.ExceptionAddress == 0x00400ff0);
  CHECK(exception.eip == kCode);
}

TEST_CASE("parameters are one zero, for a stack check the operand's offset as well, on Wine none") {
  FaultRig rig;
  Exception exception = x87(rig, kZe);
  CHECK(exception.record.NumberParameters == 1);
  CHECK(exception.record.ExceptionInformation[0] == 0);
  exception = x87(rig, kIe | kSf);
  CHECK(exception.record.NumberParameters == 2);
  CHECK(exception.record.ExceptionInformation[0] == 0);
  CHECK(exception.record.ExceptionInformation[1] == 0x0012ff00);
  rig.rules.x87.has_parameters = false;
  CHECK(x87(rig, kIe | kSf).record.NumberParameters == 0);
}

}  // namespace
}  // namespace sehlab::fault
