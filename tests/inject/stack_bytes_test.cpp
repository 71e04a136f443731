// What functions take off the stack: known ones by their documented arguments, made ones by their
// code.
#include "host/inject/stack_bytes.hpp"

#include <doctest/doctest.h>

#include <initializer_list>

#include "inject_rig.hpp"

using namespace sehlab;
using namespace sehlab::inject_tests;

namespace {

struct Rig : Guest {
  Rig() : Guest("exit0.exe") {}
  std::optional<std::uint32_t> of(GuestAddr entry) {
    return inject::stack_bytes(process->modules(), process->machine().memory().raw(), entry);
  }
  std::optional<std::uint32_t> of(const char* image, const char* function) {
    process::Module* module = process->modules().find(image);
    REQUIRE(module != nullptr);
    const auto entry = process->modules().find_export(*module, function);
    REQUIRE(entry);
    return of(*entry);
  }
  /// Of code at the program's entry, whose name says nothing.
  std::optional<std::uint32_t> code(std::initializer_list<int> bytes) {
    const GuestAddr start = process->modules().all().front().base + 0x1000;
    GuestAddr at = start;
    for (const int byte : bytes) {
      REQUIRE(process->machine().memory().raw().put(at, static_cast<std::byte>(byte)));
      at += 1;
    }
    return of(start);
  }
};

}  // namespace

TEST_SUITE("inject") {
  TEST_CASE("functions of the system take what their documented arguments are") {
    Rig rig;
    CHECK(rig.of("kernel32", "CreateFileA") == 28u);
    CHECK(rig.of("kernel32", "Sleep") == 4u);
    CHECK(rig.of("kernel32", "GetLastError") == 0u);
    CHECK(rig.of("kernel32", "HeapAlloc") == 12u);
    CHECK(rig.of("ntdll", "NtClose") == 4u);                 // a gate
    CHECK(rig.of("ntdll", "NtWaitForSingleObject") == 12u);  // a gate
  }

  TEST_CASE("code tells by its returns, as far as jumps lead") {
    Rig rig;
    CHECK(rig.code({0xc2, 0x08, 0x00}) == 8u);                     // ret 8
    CHECK(rig.code({0xc3}) == 0u);                                 // ret
    CHECK(rig.code({0xeb, 0x01, 0xc3, 0xc2, 0x0c, 0x00}) == 12u);  // jmp over a ret
    CHECK(rig.code({0x74, 0x03, 0xc2, 0x04, 0x00, 0xc2, 0x04, 0x00}) == 4u);
    CHECK(rig.code({0xe8, 0, 0, 0, 0, 0xc2, 0x10, 0x00}) == 16u);  // behind a call
  }

  TEST_CASE("what returns in two ways, or in none, cannot be known") {
    Rig rig;
    CHECK_FALSE(rig.code({0x74, 0x03, 0xc2, 0x04, 0x00, 0xc3}));  // je; ret 4; ret
    CHECK_FALSE(rig.code({0xeb, 0xfe}));                          // jmp to itself
    CHECK_FALSE(rig.code({0x0f, 0x0b}));                          // ud2
    CHECK_FALSE(rig.code({0xff, 0xe0}));                          // jmp eax
    CHECK_FALSE(rig.of(GuestAddr{0x10}));
  }
}
