// Why a division failed: facts 2.1 row 0; Intel SDM vol. 2, tables 2-1 to 2-3.
#include <doctest/doctest.h>

#include <vector>

#include "fault_rig.hpp"
#include "host/win32/status.hpp"

namespace sehlab::fault {
namespace {

using namespace testing;

constexpr auto kZero = win32::STATUS_INTEGER_DIVIDE_BY_ZERO;
constexpr auto kOverflow = win32::STATUS_INTEGER_OVERFLOW;

std::uint32_t code_of(FaultRig& rig) {
  const Translation translation = rig.exception(0);
  REQUIRE(std::holds_alternative<Exception>(translation));
  const auto& exception = std::get<Exception>(translation);
  CHECK(exception.record.NumberParameters == 0);
  CHECK(exception.record.ExceptionAddress == kCode.value);
  CHECK(exception.eip == kCode);
  return exception.record.ExceptionCode;
}

TEST_CASE("a register divisor decides by its own size") {
  FaultRig rig;
  rig.registers.values.ebx = 0;
  rig.code({0xf7, 0xf3});  // div ebx
  CHECK(code_of(rig) == kZero);
  rig.code({0xf7, 0xfb});  // idiv ebx
  CHECK(code_of(rig) == kZero);
  rig.registers.values.ebx = 0xffffffff;  // INT_MIN / -1
  CHECK(code_of(rig) == kOverflow);
  rig.registers.values.ebx = 0xffff0000;
  CHECK(code_of(rig) == kOverflow);
  rig.code({0x66, 0xf7, 0xf3});  // div bx: only the low half counts
  CHECK(code_of(rig) == kZero);
  rig.registers.values.ebx = 0x0000ff00;
  rig.code({0xf6, 0xf3});  // div bl
  CHECK(code_of(rig) == kZero);
  rig.code({0xf6, 0xf7});  // div bh
  CHECK(code_of(rig) == kOverflow);
}

TEST_CASE("a divisor in memory is found by every form of address") {
  struct Row {
    std::vector<unsigned> code;
    std::uint32_t address;
  };
  // EBX 0x500000, ESI 0x10, EBP 0x500100, ESP 0x500200 (SDM vol. 2, tables 2-2 and 2-3).
  for (const Row& row :
       {Row{{0xf7, 0x33}, 0x500000},                                  // [ebx]
        Row{{0xf7, 0x73, 0x08}, 0x500008},                            // [ebx+8]
        Row{{0xf7, 0x73, 0xf8}, 0x4ffff8},                            // [ebx-8]
        Row{{0xf7, 0xb3, 0x00, 0x01, 0x00, 0x00}, 0x500100},          // [ebx+0x100]
        Row{{0xf7, 0x35, 0x44, 0x33, 0x50, 0x00}, 0x503344},          // [0x503344]
        Row{{0xf7, 0x34, 0x24}, 0x500200},                            // [esp]
        Row{{0xf7, 0x34, 0xb3}, 0x500040},                            // [ebx+esi*4]
        Row{{0xf7, 0x74, 0x75, 0x04}, 0x500124},                      // [ebp+esi*2+4]
        Row{{0xf7, 0x34, 0xf5, 0x00, 0x00, 0x50, 0x00}, 0x500080},    // [esi*8+0x500000]
        Row{{0xf7, 0x75, 0xfc}, 0x5000fc},                            // [ebp-4]
        Row{{0x64, 0xf7, 0x35, 0x34, 0x00, 0x00, 0x00}, 0x7ffde034},  // fs:[0x34]
        Row{{0x2e, 0xf7, 0x33}, 0x500000},                            // cs:[ebx]: flat
        Row{{0x67, 0xf7, 0x36, 0x20, 0x10}, 0x1020},                  // [0x1020], 16 bits
        Row{{0x67, 0xf7, 0x34}, 0x10},                                // [si]
        Row{{0x67, 0xf7, 0x72, 0x02}, 0x0112}}) {                     // [bp+si+2]
    FaultRig rig;
    rig.registers.values.ebx = 0x500000;
    rig.registers.values.esi = 0x10;
    rig.registers.values.ebp = 0x500100;
    rig.registers.values.esp = 0x500200;
    rig.code(row.code);
    CAPTURE(row.address);
    // Nothing but the divisor is there: a wrong address would find nothing.
    rig.memory.put(GuestAddr{row.address}, {0, 0, 0, 0});
    CHECK(code_of(rig) == kZero);
    rig.memory.put(GuestAddr{row.address}, {0, 0, 0, 0x80});
    CHECK(code_of(rig) == kOverflow);
  }
}

TEST_CASE("a byte divisor in memory is one byte") {
  FaultRig rig;
  rig.registers.values.ebx = 0x500000;
  rig.code({0xf6, 0x33});
  rig.memory.put(GuestAddr{0x500000}, {0});
  CHECK(code_of(rig) == kZero);
}

TEST_CASE("AAM divides by the number in it") {
  FaultRig rig;
  rig.code({0xd4, 0x00});
  CHECK(code_of(rig) == kZero);
}

TEST_CASE("where the profile says so every divide error is a division by zero") {
  FaultRig rig;
  rig.rules.div_overflow_is_integer_overflow = false;  // Wine, facts 4
  rig.registers.values.ebx = 0xffffffff;
  rig.code({0xf7, 0xfb});
  CHECK(code_of(rig) == kZero);
}

TEST_CASE("a divide error where no division is, is named and not guessed at") {
  for (const auto& bytes :
       {std::vector<unsigned>{0x90, 0x90}, std::vector<unsigned>{0xf7, 0xe3},  // mul ebx
        std::vector<unsigned>{0xf7}, std::vector<unsigned>{0xf7, 0x33},        // [ebx]: not there
        std::vector<unsigned>{}}) {
    FaultRig rig;
    rig.code(bytes);
    CHECK(std::holds_alternative<Unmodelled>(rig.exception(0)));
  }
}

}  // namespace
}  // namespace sehlab::fault
