// EFLAGS.RF of a fault's context: Intel SDM vol. 3, 17.3.1.1; measured on an AMD EPYC under Linux
// (page fault, UD2 and DIV: set; INT3 and single step: clear). QEMU's own emulation leaves it
// clear.
#include <doctest/doctest.h>

#include "fault_rig.hpp"

namespace sehlab::fault {
namespace {

using namespace testing;

bool resumes(const Translation& translation) {
  REQUIRE(std::holds_alternative<Exception>(translation));
  return std::get<Exception>(translation).resume_flag;
}

}  // namespace

TEST_CASE("the context of a fault has RF set") {
  FaultRig rig;
  CHECK(resumes(rig.page(emu::FaultKind::Page, emu::Access::Read, GuestAddr{0x10})));
  CHECK(resumes(rig.page(emu::FaultKind::GuardPage, emu::Access::Write, GuestAddr{0x10})));
  CHECK(resumes(rig.exception(5)));  // BOUND
  rig.code({0xf7, 0xf1});            // div ecx
  CHECK(resumes(rig.exception(0)));
  rig.code({0xfa});  // cli
  CHECK(resumes(rig.exception(13)));
  rig.code({0xcd, 0xff});  // int ff: #GP
  CHECK(resumes(rig.interrupt(0xff)));
}

TEST_CASE("that of a trap, and of a breakpoint of a debug register, has not") {
  FaultRig rig;
  rig.code({0xcc});
  CHECK_FALSE(resumes(rig.interrupt(3)));
  rig.code({0xcd, 0x2d, 0x90});
  CHECK_FALSE(resumes(rig.interrupt(0x2d)));
  rig.code({0xcd, 0x2c});
  CHECK_FALSE(resumes(rig.interrupt(0x2c)));
  rig.code({0x90});
  CHECK_FALSE(resumes(rig.exception(1)));
}

}  // namespace sehlab::fault
