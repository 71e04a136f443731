// Register blocks. Expectations: GDB manual, G.5.8 "i386 Features" (the order), Intel SDM vol. 1,
// 8.1.7 (tags), table 10-2 and vol. 2, FXSAVE (the abridged tag byte).
#include "host/gdb/register_block.hpp"

#include <doctest/doctest.h>

#include <cstring>
#include <string_view>

namespace sehlab::gdb {
namespace {

using Fx = emu::FxState;

std::uint32_t word(const RegisterBlock& block, std::string_view name) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < register_list().size(); ++i) {
    if (register_list()[i].name == name) std::memcpy(&value, block.at(i).data(), sizeof value);
  }
  return value;
}

/// ST(i), as an x87 register's 64 bits of mantissa and 16 of sign and exponent.
void put_st(Fx& fx, std::size_t i, std::uint64_t mantissa, std::uint16_t exponent) {
  fx.put(Fx::kSt + i * Fx::kRegisterBytes, mantissa);
  fx.put(Fx::kSt + i * Fx::kRegisterBytes + 8, exponent);
}

}  // namespace

TEST_CASE("The core has its 32 registers, in GDB's order") {
  const auto list = register_list();
  REQUIRE(list.size() >= 32);
  CHECK(std::string_view(list[0].name) == "eax");
  CHECK(std::string_view(list[4].name) == "esp");
  CHECK(std::string_view(list[8].name) == "eip");
  CHECK(std::string_view(list[15].name) == "gs");
  CHECK(std::string_view(list[16].name) == "st0");
  CHECK(std::string_view(list[31].name) == "fop");
  for (std::size_t i = 0; i < 32; ++i) {
    CHECK(std::string_view(list[i].feature) == "org.gnu.gdb.i386.core");
  }
}

TEST_CASE("Registers go into the block and come out as they were") {
  emu::GeneralRegisters general;
  general.eax = 1;
  general.edi = 8;
  general.eip = 0x401000;
  general.eflags = 0x246;
  general.cs = 0x23;
  general.fs = 0x53;
  Fx fx;
  fx.put<std::uint16_t>(Fx::kFcw, 0x27f);
  fx.put<std::uint32_t>(Fx::kMxcsr, 0x1f80);
  fx.put<std::uint64_t>(Fx::kXmm + 7 * Fx::kRegisterBytes, 0x1122334455667788);
  put_st(fx, 0, 0x8000000000000000, 0x3fff);  // 1.0
  fx.put<std::uint8_t>(Fx::kFtw, 0x80);
  fx.put<std::uint16_t>(Fx::kFsw, 7 << 11);
  const RegisterBlock block(general, fx, GuestAddr{0x7ffde000});
  CHECK(word(block, "eip") == 0x401000);
  CHECK(word(block, "fs") == 0x53);
  CHECK(word(block, "fctrl") == 0x27f);
  CHECK(word(block, "mxcsr") == 0x1f80);
  CHECK(word(block, "fs_base") == 0x7ffde000);
  CHECK(word(block, "ftag") == 0x3fff);  // physical register 7 is valid, the others are empty
  emu::GeneralRegisters general_again;
  Fx fx_again;
  block.put_into(general_again, fx_again);
  CHECK(general_again == general);
  CHECK(fx_again == fx);
}

TEST_CASE("The tag word says valid, zero, special and empty") {
  Fx fx;
  fx.put<std::uint16_t>(Fx::kFsw, 4 << 11);  // ST(0) is physical register 4
  fx.put<std::uint8_t>(Fx::kFtw, 0xf0);
  put_st(fx, 0, 0x8000000000000000, 0x3fff);  // valid
  put_st(fx, 1, 0, 0x8000);                   // -0
  put_st(fx, 2, 0x8000000000000000, 0x7fff);  // infinity: special
  put_st(fx, 3, 1, 0);                        // denormal: special
  CHECK(full_tag_word(fx) == 0xa4ff);         // 10 10 01 00, and four empty ones
  CHECK(abridged_tag_word(0xa4ff) == 0xf0);
  CHECK(full_tag_word(Fx()) == 0xffff);
  CHECK(abridged_tag_word(0xffff) == 0);
}

TEST_CASE("There is no register behind the last") {
  RegisterBlock block;
  CHECK(block.at(register_list().size()).empty());
  CHECK(block.at(SIZE_MAX).empty());
}

}  // namespace sehlab::gdb
