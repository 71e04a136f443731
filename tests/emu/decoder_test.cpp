// The decoder, and what the first bytes of an instruction tell without it.
#include <vector>

#include "emu/decoder.hpp"
#include "emu/opcode.hpp"

#include <doctest/doctest.h>

namespace sehlab::emu {
namespace {

std::vector<std::byte> bytes(std::initializer_list<int> values) {
  std::vector<std::byte> result;
  for (const int value : values) result.push_back(std::byte(value));
  return result;
}

Opcode opcode(std::initializer_list<int> values) {
  return opcode_of(bytes(values));
}

}  // namespace

TEST_CASE("An instruction is decoded to Intel syntax with its bytes") {
  const auto code = bytes({0x64, 0xa1, 0, 0, 0, 0, 0x90});
  const auto instruction = decode(code, GuestAddr{0x401000});
  REQUIRE(instruction.has_value());
  CHECK(instruction->address == GuestAddr{0x401000});
  CHECK(instruction->bytes.size() == 6);
  CHECK(instruction->mnemonic == "mov");
  CHECK(instruction->operands == "eax, dword ptr fs:[0]");
}

TEST_CASE("A branch's target is decoded from its address") {
  const auto instruction = decode(bytes({0xeb, 0xfe}), GuestAddr{0x401000});
  REQUIRE(instruction.has_value());
  CHECK(instruction->operands == "0x401000");
}

TEST_CASE("What is no instruction is not decoded") {
  CHECK_FALSE(decode({}, GuestAddr{0}).has_value());
  CHECK_FALSE(decode(bytes({0xff, 0xff}), GuestAddr{0}).has_value());
  CHECK_FALSE(decode(bytes({0xa1, 0, 0}), GuestAddr{0}).has_value());  // cut off
}

TEST_CASE("Memory operands are where the processor accesses memory") {
  GeneralRegisters r;
  r.ebx = 0x1000;
  r.esi = 0x20;
  r.esp = 0x8000;
  r.edi = 0x3000;
  const GuestAddr teb{0x70000000};
  const auto only = [&](std::initializer_list<int> code) {
    const auto operands = memory_operands(bytes(code), GuestAddr{0}, r, teb);
    REQUIRE(operands.size() == 1);
    return operands[0];
  };
  // mov [ebx+esi*4+8], ax
  MemoryOperand operand = only({0x66, 0x89, 0x44, 0xb3, 0x08});
  CHECK(operand.address == GuestAddr{0x1088});
  CHECK(operand.size == 2);
  operand = only({0x64, 0xa3, 0x10, 0, 0, 0});  // mov fs:[10], eax
  CHECK(operand.address == teb + 0x10);
  CHECK(operand.size == 4);
  CHECK(only({0x50}).address == GuestAddr{0x7ffc});        // push eax
  CHECK(only({0x66, 0x50}).address == GuestAddr{0x7ffe});  // push ax
  CHECK(only({0xe8, 0, 0, 0, 0}).address == GuestAddr{0x7ffc});
  CHECK(only({0x60}).size == 32);               // pushad
  CHECK(only({0xdd, 0x33}).size == 108);        // fnsave: Intel SDM vol. 1, 8.1.10
  CHECK(only({0x0f, 0xae, 0x03}).size == 512);  // fxsave: 10.5
  operand = only({0x67, 0x89, 0x07});           // mov [bx], eax
  CHECK(operand.address == GuestAddr{0x1000});
  CHECK(memory_operands(bytes({0xa5}), GuestAddr{0}, r, teb).size() == 2);  // movsd
  CHECK(memory_operands(bytes({0x40}), GuestAddr{0}, r, teb).empty());
}

// Intel SDM vol. 2, the instructions' operands.
TEST_CASE("Memory operands are read, written, or both") {
  GeneralRegisters r;
  const auto access = [&](std::initializer_list<int> code) {
    const auto operands = memory_operands(bytes(code), GuestAddr{0}, r, GuestAddr{0});
    REQUIRE(!operands.empty());
    return std::string(operands[0].read ? "r" : "") + (operands[0].write ? "w" : "");
  };
  for (const auto& code :
       std::initializer_list<std::initializer_list<int>>{{0x0f, 0x11, 3},
                                                         {0x66, 0x0f, 0x11, 3},
                                                         {0x0f, 0x13, 3},
                                                         {0x0f, 0x17, 3},
                                                         {0x0f, 0x29, 3},
                                                         {0x0f, 0x2b, 3},
                                                         {0x66, 0x0f, 0x7f, 3},
                                                         {0x0f, 0x7f, 3},
                                                         {0x66, 0x0f, 0xd6, 3},
                                                         {0x66, 0x0f, 0xe7, 3},
                                                         {0x0f, 0xe7, 3},
                                                         {0x0f, 0x7e, 3},
                                                         {0x66, 0x0f, 0x7e, 3},
                                                         {0x0f, 0xc3, 3},
                                                         {0x0f, 0x92, 3},
                                                         {0xd9, 0x13},
                                                         {0xdb, 0x3b},
                                                         {0xdf, 0x3b},
                                                         {0xdd, 0x3b},
                                                         {0xd9, 0x33},
                                                         {0x0f, 0xae, 3},
                                                         {0x0f, 0xae, 0x1b},
                                                         {0x0f, 1, 3},
                                                         {0x89, 3},
                                                         {0xc7, 3, 1, 0, 0, 0},
                                                         {0xaa},
                                                         {0x8c, 3},
                                                         {0x50},
                                                         {0x66, 0x0f, 0x3a, 0x15, 3, 1}}) {
    INFO(*(code.end() - 1));
    CHECK(access(code) == "w");
  }
  for (const auto& code : std::initializer_list<std::initializer_list<int>>{{0x0f, 0x10, 3},
                                                                            {0xf3, 0x0f, 0x7e, 3},
                                                                            {0x0f, 0x6f, 3},
                                                                            {0xdd, 0x23},
                                                                            {0xd9, 0x23},
                                                                            {0x0f, 0xae, 0x0b},
                                                                            {0x0f, 0xae, 0x13},
                                                                            {0xd9, 3},
                                                                            {0x39, 3},
                                                                            {0x85, 3},
                                                                            {0x0f, 0xa3, 3},
                                                                            {0xf7, 0x23},
                                                                            {0xac},
                                                                            {0xd7},
                                                                            {0xcf},
                                                                            {0xcb},
                                                                            {0x58}}) {
    CHECK(access(code) == "r");
  }
  for (const auto& code : std::initializer_list<std::initializer_list<int>>{{1, 3},
                                                                            {0xff, 3},
                                                                            {0x0f, 0xb1, 3},
                                                                            {0x0f, 0xc1, 3},
                                                                            {0x0f, 0xc7, 0x0b},
                                                                            {0x0f, 0xab, 3},
                                                                            {0xc1, 3, 3},
                                                                            {0xd3, 0x2b},
                                                                            {0x87, 3},
                                                                            {0x63, 3},
                                                                            {0xf7, 0x13}}) {
    CHECK(access(code) == "rw");
  }
}

TEST_CASE("Prefixes do not hide an opcode") {
  CHECK(opcode({0x64, 0x67, 0x8b, 0x03}).value == 0x8b);
  CHECK(opcode({0x64, 0x67, 0x8b, 0x03}).modrm == 0x03);
  CHECK(opcode({0xf3, 0x0f, 0x10, 0x03}).two_byte);
  CHECK(opcode({}).length == 0);
  CHECK(opcode({0xf3, 0x66}).length == 0);
  CHECK(opcode({0x0f}).length == 0);
}

TEST_CASE("Only transfers of control can follow themselves") {
  for (const auto& code : {bytes({0xeb, 0xfe}), bytes({0x75, 0xfe}), bytes({0xe2, 0xfe}),
                           bytes({0xc3}), bytes({0x0f, 0x84, 0, 0, 0, 0}), bytes({0xff, 0xe0}),
                           bytes({0xff, 0xd0}), bytes({0x66, 0xe9, 0xfd, 0xff}), bytes({0xcf})})
    CHECK(transfers_control(opcode_of(code)));
  for (const auto& code : {bytes({0xf3, 0xab}), bytes({0x90}), bytes({0xff, 0x03}),
                           bytes({0xff, 0x30}), bytes({0x0f, 0x94, 0xc0}), bytes({0xcc})})
    CHECK_FALSE(transfers_control(opcode_of(code)));
}

}  // namespace sehlab::emu
