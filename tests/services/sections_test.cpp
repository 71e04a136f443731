// Sections and their views: Microsoft's documentation of CreateFileMapping, MapViewOfFile,
// UnmapViewOfFile and VirtualQuery (MEM_MAPPED).
#include <doctest/doctest.h>

#include <algorithm>
#include <array>

#include "host/services/nt_values.hpp"
#include "tests/services/caller.hpp"

using namespace sehlab;
using namespace sehlab::services;
using namespace sehlab::services::test;

namespace {

constexpr GuestAddr kOut = Caller::kScratch, kBase = Caller::kScratch + 8,
                    kSize = Caller::kScratch + 16, kOffset = Caller::kScratch + 24,
                    kInfo = Caller::kScratch + 64;
constexpr std::uint32_t kCommit = 0x08000000;

struct SectionRig : Caller {
  Handle section = 0;

  explicit SectionRig(std::uint64_t bytes, std::uint32_t protect = PAGE_READWRITE) {
    put(kSize, bytes);
    REQUIRE(status(gates::NtCreateSection, kOut.value, 0, 0, kSize.value, protect, kCommit, 0) ==
            0);
    section = get(kOut);
  }
  std::uint32_t map(std::uint64_t offset, std::uint32_t bytes, std::uint32_t protect) {
    put(kBase, 0u);
    put(kSize, bytes);
    put(kOffset, offset);
    return status(gates::NtMapViewOfSection, section, kCurrentProcess, kBase.value, 0, 0,
                  kOffset.value, kSize.value, 2, 0, protect);
  }
};

}  // namespace

TEST_SUITE("services") {
  TEST_CASE("views of one section are the same memory, and one that copies is not") {
    SectionRig rig(0x11000);
    REQUIRE(rig.map(0, 0, PAGE_READWRITE) == 0);
    const GuestAddr whole{rig.get(kBase)};
    CHECK(rig.get(kSize) == 0x11000);
    REQUIRE(rig.map(0x10000, 0x10, PAGE_WRITECOPY) == 0);
    const GuestAddr copy{rig.get(kBase)};
    REQUIRE(rig.map(0x10000, 0x10, PAGE_READONLY) == 0);
    const GuestAddr part{rig.get(kBase)};
    CHECK(rig.get(kSize) == 0x1000);
    rig.put(whole + 0x10004, 77u);
    CHECK(rig.get(part + 4) == 77);
    CHECK(rig.get(copy + 4) == 0);
    CHECK(rig.status(gates::NtQueryVirtualMemory, kCurrentProcess, part.value, 0, kInfo.value, 0x1c,
                     0) == 0);
    CHECK(rig.get(kInfo + 0x18) == MEM_MAPPED);
    CHECK(rig.status(gates::NtUnmapViewOfSection, kCurrentProcess, part.value + 8) == 0);
    CHECK(rig.status(gates::NtUnmapViewOfSection, kCurrentProcess, part.value) == 0xC0000019);
    CHECK(rig.status(gates::NtUnmapViewOfSection, kCurrentProcess, Caller::kScratch.value) ==
          0xC0000019);
  }

  TEST_CASE("a view beyond the section, off its grid or with more rights is refused") {
    SectionRig rig(0x20000, PAGE_READONLY);
    CHECK(rig.map(0x1000, 0, PAGE_READONLY) == 0xC0000220);
    CHECK(rig.map(0x20000, 0, PAGE_READONLY) == 0xC000001F);
    CHECK(rig.map(0x10000, 0x10001, PAGE_READONLY) == 0xC000001F);
    CHECK(rig.map(0, 0, PAGE_READWRITE) == win32::STATUS_ACCESS_DENIED);
    REQUIRE(rig.map(0, 0, PAGE_READONLY) == 0);
    rig.put(kSize, 0x1000u);
    CHECK(rig.status(gates::NtProtectVirtualMemory, kCurrentProcess, kBase.value, kSize.value,
                     PAGE_READWRITE, kOut.value) == 0xC000004E);
    CHECK(std::holds_alternative<Unmodelled>(rig.call(gates::NtProtectVirtualMemory,
                                                      kCurrentProcess, kBase.value, kSize.value,
                                                      PAGE_EXECUTE_READ, kOut.value)));
  }

  TEST_CASE("what a view of a file holds comes into the file when it is unmapped, to its end") {
    Caller c;
    const auto found = c.kernel.files.find(u"\\??\\C:\\lab\\a");
    auto file = std::make_shared<OpenFile>();
    file->node = c.kernel.files.make(found.place, false, 0);
    file->access = kFileRead | kFileWrite;
    REQUIRE(c.kernel.files.resize(*file->node, 3));
    const Handle handle = c.kernel.add_file(file);
    REQUIRE(c.status(gates::NtCreateSection, kOut.value, 0, 0, 0, PAGE_READWRITE, kCommit,
                     handle) == 0);
    c.put(kBase, 0u);
    c.put(kSize, 0u);
    REQUIRE(c.status(gates::NtMapViewOfSection, c.get(kOut), kCurrentProcess, kBase.value, 0, 0, 0,
                     kSize.value, 2, 0, PAGE_READWRITE) == 0);
    const GuestAddr view{c.get(kBase)};
    c.put(view, 0x64636261u);
    CHECK(c.status(gates::NtUnmapViewOfSection, kCurrentProcess, view.value) == 0);
    CHECK(std::ranges::equal(file->node->data.view(),
                             std::array{std::byte{'a'}, std::byte{'b'}, std::byte{'c'}}));
  }
}
