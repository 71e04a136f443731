// The standard streams: the documentation of WriteFile, ReadFile and NtWriteFile.
#include <doctest/doctest.h>

#include "host/services/nt_values.hpp"
#include "tests/services/caller.hpp"

using namespace sehlab;
using namespace sehlab::services;
using namespace sehlab::services::test;

namespace {

constexpr GuestAddr kStatus = Caller::kScratch, kText = Caller::kScratch + 0x10;

std::uint32_t write(Caller& c, Handle handle, GuestAddr text, std::uint32_t bytes) {
  return c.status(gates::NtWriteFile, handle, 0, 0, 0, kStatus.value, text.value, bytes, 0, 0);
}

}  // namespace

TEST_SUITE("services") {
  TEST_CASE("what is written to standard output and error comes out there") {
    Caller c;
    c.put(kText, std::array<char, 4>{'a', 'b', '\0', 'c'});
    CHECK(write(c, LAB_STANDARD_OUTPUT, kText, 4) == win32::STATUS_SUCCESS);
    CHECK(write(c, LAB_STANDARD_ERROR, kText, 1) == win32::STATUS_SUCCESS);
    REQUIRE(c.kernel.output.size() == 2);
    CHECK(c.kernel.output[0] == std::pair<int, std::string>{1, std::string("ab\0c", 4)});
    CHECK(c.kernel.output[1] == std::pair<int, std::string>{2, "a"});
    CHECK(c.get<std::array<std::uint32_t, 2>>(kStatus) == std::array<std::uint32_t, 2>{0, 1});
  }

  TEST_CASE("a buffer that ends in nowhere writes nothing at all") {
    Caller c;
    CHECK(write(c, LAB_STANDARD_OUTPUT, Caller::kScratch, kPageSize + 1) ==
          win32::STATUS_ACCESS_VIOLATION);
    CHECK(write(c, LAB_STANDARD_OUTPUT, Caller::kScratch, 0xffffffff) ==
          win32::STATUS_ACCESS_VIOLATION);
    CHECK(c.kernel.output.empty());
  }

  TEST_CASE("a status block that cannot be written writes nothing at all") {
    Caller c;
    CHECK(c.status(gates::NtWriteFile, LAB_STANDARD_OUTPUT, 0, 0, 0, kNowhere.value, kText.value, 1,
                   0, 0) == win32::STATUS_ACCESS_VIOLATION);
    CHECK(c.kernel.output.empty());
  }

  TEST_CASE("other handles are no files, and no stream goes both ways") {
    Caller c;
    // An object of another type, and none (winnt.h: STATUS_OBJECT_TYPE_MISMATCH).
    CHECK(write(c, c.kernel.add(true), kText, 1) == win32::STATUS_OBJECT_TYPE_MISMATCH);
    CHECK(write(c, 0x999, kText, 1) == win32::STATUS_INVALID_HANDLE);
    CHECK(write(c, LAB_STANDARD_INPUT, kText, 1) == win32::STATUS_ACCESS_DENIED);
    CHECK(c.status(gates::NtReadFile, LAB_STANDARD_OUTPUT, 0, 0, 0, kStatus.value, kText.value, 1,
                   0, 0) == win32::STATUS_ACCESS_DENIED);
  }

  TEST_CASE("standard input gives what there is, then its end") {
    Caller c;
    c.kernel.input = "abcdef";
    const auto read = [&](GuestAddr to, std::uint32_t bytes) {
      return c.status(gates::NtReadFile, LAB_STANDARD_INPUT, 0, 0, 0, kStatus.value, to.value,
                      bytes, 0, 0);
    };
    CHECK(read(kText, 4) == win32::STATUS_SUCCESS);
    CHECK(c.get(kStatus + 4) == 4);
    CHECK(c.get(kText) == 0x64636261);
    CHECK(read(GuestAddr{0x10}, 4) == win32::STATUS_ACCESS_VIOLATION);
    CHECK(read(kText, 0x7fffffff) != win32::STATUS_SUCCESS);  // the buffer is not that long
    CHECK(c.kernel.input == "ef");                            // nothing was lost
    CHECK(read(kText, 0) == win32::STATUS_SUCCESS);
    CHECK(read(kText, 100) == win32::STATUS_SUCCESS);
    CHECK(c.get(kStatus + 4) == 2);
    CHECK(read(kText, 1) == STATUS_END_OF_FILE);
  }
}
