// Numbers and places in specifications, as docs/injection.md has them.
#include "host/inject/value.hpp"

#include <doctest/doctest.h>

using namespace sehlab::inject;

namespace {

Value number(std::uint32_t value) {
  return {{}, value};
}
Value name(const char* image, const char* symbol, std::uint32_t offset = 0) {
  return {Name{image, symbol}, offset};
}

}  // namespace

TEST_SUITE("inject") {
  TEST_CASE("a value is a number, a register or a name, with an offset or without") {
    CHECK(parse_value("16").value() == number(16));
    CHECK(parse_value("0x10").value() == number(16));
    CHECK(parse_value("-1").value() == number(0xffffffff));
    CHECK(parse_value("0xffffffff").value() == number(0xffffffff));
    CHECK(parse_value("0x1000-1").value() == number(0xfff));
    CHECK(parse_value("esp-8").value() == Value{Register::Esp, 0xfffffff8});
    CHECK(parse_value("eflags").value() == Value{Register::Eflags, 0});
    CHECK(parse_value("go!f").value() == name("go", "f"));
    CHECK(parse_value("go!f+0x10").value() == name("go", "f", 16));
    CHECK(parse_value("f").value() == name("", "f"));
    CHECK(parse_value("user32.dll+4096").value() == name("", "user32.dll", 4096));
    // A hyphen of a name is no sign unless a number ends the text.
    CHECK(parse_value("my-dll!f-4").value() == name("my-dll", "f", 0xfffffffc));
    CHECK(parse_value("my-dll!_f@8").value() == name("my-dll", "_f@8"));
    CHECK(parse_value("7z!f+1").value() == name("7z", "f", 1));
  }

  TEST_CASE("what is no value is refused") {
    for (const char* text : {"", "0x", "0xg", "12x", "4294967296", "0x100000000", "-2147483649",
                             "--1", "-", "!f", "go!", "+4", "99999999999999999999"}) {
      CAPTURE(text);
      CHECK_FALSE(parse_value(text).has_value());
    }
  }

  TEST_CASE("each register is found by its name and reaches its own value") {
    sehlab::emu::GeneralRegisters registers;
    std::uint32_t value = 1;
    for (const std::string_view text : register_names()) {
      const auto which = find_register(text);
      REQUIRE(which);
      in(registers, *which) = value++;
    }
    const sehlab::emu::GeneralRegisters& r = registers;
    CHECK(r.eax + r.ecx * 10 + r.edx * 100 + r.ebx * 1000 == 4321);
    CHECK(r.esp + r.ebp * 10 + r.esi * 100 + r.edi * 1000 == 8765);
    CHECK(r.eip == 9);
    CHECK(r.eflags == 10);
    CHECK_FALSE(find_register("rax"));
  }
}
