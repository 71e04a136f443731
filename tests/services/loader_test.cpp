// The loader's lower half. These gates are the lab's own: what they do is said in
// guest/include/lab/gates.h; statuses are those of the Ldr functions that use them.
#include <doctest/doctest.h>

#include <cstring>

#include "host/services/known_dlls.hpp"
#include "host/services/nt_values.hpp"
#include "tests/services/caller.hpp"

using namespace sehlab;
using namespace sehlab::services;
using namespace sehlab::services::test;

namespace {

constexpr GuestAddr kOut = Caller::kScratch, kName = Caller::kScratch + 0x100;
constexpr GuestAddr kUser32{0x75000000};

struct Loader : Caller {
  Loader() {
    kernel.dlls["user32.dll"] = kUser32;
    kernel.bases = {GuestAddr{0x400000}};
  }
  std::uint32_t name(std::string_view text) {
    REQUIRE(kernel.space.raw().write(kName, std::as_bytes(std::span(text))));
    return static_cast<std::uint32_t>(text.size());
  }
  std::uint32_t map(std::string_view text) {
    const std::uint32_t bytes = name(text);
    return status(gates::LdrpMapModule, kName.value, bytes, kOut.value);
  }
};

}  // namespace

TEST_SUITE("services") {
  TEST_CASE("a DLL is found only once it is loaded") {
    Loader l;
    const std::uint32_t bytes = l.name("user32.dll");
    CHECK(l.status(gates::LdrpFindModule, kName.value, bytes, kOut.value) ==
          win32::STATUS_DLL_NOT_FOUND);
    CHECK(l.map("user32.dll") == win32::STATUS_SUCCESS);
    CHECK(l.get(kOut) == kUser32.value);
    l.put(kOut, 0u);
    CHECK(l.status(gates::LdrpFindModule, kName.value, bytes, kOut.value) == win32::STATUS_SUCCESS);
    CHECK(l.get(kOut) == kUser32.value);
  }

  TEST_CASE("folders in a DLL's name lead nowhere on the host") {
    Loader l;
    CHECK(l.map("..\\..\\etc/user32.dll") == win32::STATUS_SUCCESS);
    CHECK(l.map("C:\\Windows\\") == win32::STATUS_DLL_NOT_FOUND);
    CHECK(l.map(std::string_view("user32.dll\0.txt", 15)) == win32::STATUS_DLL_NOT_FOUND);
    CHECK(l.map("") == win32::STATUS_DLL_NOT_FOUND);
  }

  TEST_CASE("a name of hostile length is not read") {
    Loader l;
    CHECK(l.status(gates::LdrpMapModule, kName.value, 0xffffffff, kOut.value) ==
          win32::STATUS_DLL_NOT_FOUND);
  }

  TEST_CASE("a bad pointer faults, and nothing is mapped") {
    Loader l;
    const std::uint32_t bytes = l.name("user32.dll");
    const Outcome outcome = l.call(gates::LdrpMapModule, kName.value, bytes, kNowhere.value);
    REQUIRE(std::holds_alternative<Faulted>(outcome));
    CHECK(std::get<Faulted>(outcome).fault.address == kNowhere);
    CHECK(std::get<Faulted>(outcome).fault.access == emu::Access::Write);
    CHECK(l.kernel.bases.size() == 1);
    CHECK(std::holds_alternative<Faulted>(
        l.call(gates::LdrpMapModule, kNowhere.value, 10, kOut.value)));
  }

  TEST_CASE("lists end with STATUS_NO_MORE_ENTRIES") {
    Loader l;
    l.kernel.routines = {{GuestAddr{0x1234}, kUser32}};
    CHECK(l.status(gates::LdrpQueryInitializer, 0, kOut.value) == win32::STATUS_SUCCESS);
    CHECK(l.get<std::array<std::uint32_t, 2>>(kOut) ==
          std::array<std::uint32_t, 2>{kUser32.value, 0x1234});
    CHECK(l.status(gates::LdrpQueryInitializer, 1, kOut.value) == STATUS_NO_MORE_ENTRIES);
    CHECK(l.status(gates::LdrpQueryModule, 0, kOut.value) == win32::STATUS_SUCCESS);
    CHECK(l.get(kOut) == 0x400000);
    CHECK(l.status(gates::LdrpQueryModule, 0xffffffff, kOut.value) == STATUS_NO_MORE_ENTRIES);
  }

  TEST_CASE("a string that does not fit says how much room it needs and writes nothing else") {
    Loader l;
    l.put(kName, std::uint8_t{0x55});
    CHECK(l.status(gates::LdrpQueryCommandLine, kName.value, 14, kOut.value) ==
          win32::STATUS_BUFFER_TOO_SMALL);
    CHECK(l.get(kOut) == 15);  // "case.exe first" and its zero
    CHECK(l.get<std::uint8_t>(kName) == 0x55);
    CHECK(l.status(gates::LdrpQueryCommandLine, kName.value, 15, kOut.value) ==
          win32::STATUS_SUCCESS);
    const auto text = l.get<std::array<char, 15>>(kName);
    CHECK(std::strcmp(text.data(), "case.exe first") == 0);
  }

  TEST_CASE("exports are found by name and by ordinal, in modules only") {
    Loader l;
    l.kernel.exports["Beep"] = GuestAddr{0x111};
    l.kernel.exports["#7"] = GuestAddr{0x777};
    const std::uint32_t bytes = l.name("Beep");
    CHECK(l.status(gates::LdrpFindExport, 0x400000, kName.value, bytes, 0, kOut.value) ==
          win32::STATUS_SUCCESS);
    CHECK(l.get(kOut) == 0x111);
    CHECK(l.status(gates::LdrpFindExport, 0x400000, 0, 0, 7, kOut.value) == win32::STATUS_SUCCESS);
    CHECK(l.get(kOut) == 0x777);
    CHECK(l.status(gates::LdrpFindExport, 0x400000, kName.value, 3, 0, kOut.value) ==
          win32::STATUS_ENTRYPOINT_NOT_FOUND);
    CHECK(l.status(gates::LdrpFindExport, 0x400000, 0, 0, 0x10007, kOut.value) ==
          win32::STATUS_ORDINAL_NOT_FOUND);
    CHECK(l.status(gates::LdrpFindExport, 0x500000, kName.value, bytes, 0, kOut.value) ==
          win32::STATUS_DLL_NOT_FOUND);
  }

  TEST_CASE("unloading a DLL takes it out of memory once") {
    Loader l;
    REQUIRE(l.map("user32.dll") == win32::STATUS_SUCCESS);
    CHECK(l.status(gates::LdrpUnmapModule, kUser32.value) == win32::STATUS_SUCCESS);
    CHECK(l.status(gates::LdrpUnmapModule, kUser32.value) == win32::STATUS_DLL_NOT_FOUND);
  }

  TEST_CASE("Windows' own DLLs are known by name, however it is spelled") {
    CHECK(is_windows_dll("ADVAPI32.dll"));
    CHECK(is_windows_dll("ws2_32"));
    CHECK(is_windows_dll("api-ms-win-crt-runtime-l1-1-0.dll"));
    CHECK_FALSE(is_windows_dll("nosuch.dll"));
    CHECK_FALSE(is_windows_dll(""));
    CHECK_FALSE(is_windows_dll("advapi32.exe"));
  }
}
