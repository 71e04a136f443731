// Our side of layout_list.inc. The offsets are compile-time assertions: that this file compiles is
// half of the test, that layout_mingw.c compiles (its own ctest test) is the other half.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "host/win32/coff_symbol.hpp"
#include "host/win32/context.hpp"
#include "host/win32/cxx_eh.hpp"
#include "host/win32/exception_flags.hpp"
#include "host/win32/exception_record.hpp"
#include "host/win32/exception_registration.hpp"
#include "host/win32/jump_buffer.hpp"
#include "host/win32/pe.hpp"
#include "host/win32/pe_directories.hpp"
#include "host/win32/peb.hpp"
#include "host/win32/scope_table.hpp"
#include "host/win32/status.hpp"
#include "host/win32/teb.hpp"

namespace win32 = sehlab::win32;

#define SIZE(ours, theirs, bytes) static_assert(sizeof(win32::ours) == (bytes));
#define FIELD(ours, our_field, theirs, their_field, offset) \
  static_assert(offsetof(win32::ours, our_field) == (offset));
#define CONSTANT(name, value) \
  static_assert(static_cast<std::uint32_t>(win32::name) == static_cast<std::uint32_t>(value));
#include "layout_list.inc"
#undef SIZE
#undef FIELD
#undef CONSTANT

namespace {

#define SIZE(ours, theirs, bytes)
#define FIELD(ours, our_field, theirs, their_field, offset)
#define CONSTANT(name, value) std::string_view{#name},
constexpr auto kCheckedConstants = std::to_array<std::string_view>({
#include "layout_list.inc"
});
#undef SIZE
#undef FIELD
#undef CONSTANT

}  // namespace

TEST_SUITE("win32") {
  TEST_CASE("every status that has a text is compared with mingw-w64's value") {
    for (const win32::StatusText& text : win32::kStatusTexts) {
      // The C++ runtime's, not Windows'; and one that mingw-w64 does not know (facts 2).
      if (text.value == win32::kCxxExceptionCode ||
          text.value == win32::STATUS_INVALID_EXCEPTION_HANDLER) {
        continue;
      }
      INFO(text.name);
      CHECK(std::find(kCheckedConstants.begin(), kCheckedConstants.end(), text.name) !=
            kCheckedConstants.end());
    }
  }

  TEST_CASE("a status is found by value, and an unknown one has no name") {
    // Values: facts 2.
    CHECK(win32::status_name(0xC0000005) == "STATUS_ACCESS_VIOLATION");
    CHECK(win32::status_name(0xC00000FD) == "STATUS_STACK_OVERFLOW");
    CHECK(win32::status_meaning(0xC0000094) == "integer division by zero");
    CHECK(win32::status_meaning(0xE06D7363) == "C++ exception");
    CHECK(win32::status_name(0xC0FFEE00).empty());
    CHECK(win32::status_meaning(0xC0FFEE00).empty());
  }

  TEST_CASE("no two texts share a value or a name") {
    for (std::size_t i = 0; i < win32::kStatusTexts.size(); ++i) {
      for (std::size_t j = i + 1; j < win32::kStatusTexts.size(); ++j) {
        INFO(win32::kStatusTexts[i].name);
        CHECK(win32::kStatusTexts[i].value != win32::kStatusTexts[j].value);
        CHECK(win32::kStatusTexts[i].name != win32::kStatusTexts[j].name);
      }
    }
  }
}
