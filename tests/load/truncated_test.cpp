// An image that ends before the last section's data does is refused, wherever it ends.
#include <algorithm>

#include "guest_files.hpp"
#include "host/load/image.hpp"
#include "pe_editor.hpp"

using namespace sehlab;
using namespace sehlab::load_tests;

TEST_SUITE("load") {
  TEST_CASE("no prefix of an image that cuts a section's data is an image") {
    for (const char* name : {"load_program.exe", "load_exports.dll", "load_fixed.exe"}) {
      const auto intact = guest_bytes(name);
      const std::uint32_t end = PeEditor(intact).end_of_sections();
      REQUIRE(end <= intact.size());
      for (std::uint32_t length = 0; length < end; ++length) {
        const auto image = load::parse("cut.exe", std::span(intact).first(length));
        if (image)
          FAIL_CHECK(name << " cut to " << length << " bytes was accepted");
        else if (image.error().what.empty())
          FAIL_CHECK("no reason at " << length);
      }
      // Behind it are symbols only, which Windows does not look at.
      for (std::size_t length = end; length <= intact.size(); ++length) {
        const auto image = load::parse("cut.exe", std::span(intact).first(length));
        if (!image) FAIL_CHECK(name << " cut to " << length << ": " << image.error().text());
      }
    }
  }

  TEST_CASE("a cut in a section's data is reported with the section and both ends") {
    auto bytes = guest_bytes("load_program.exe");
    bytes.resize(0x500);  // .text is 0x400 to 0x600 (llvm-readobj)
    const auto image = load::parse("cut.exe", bytes);
    REQUIRE_FALSE(image.has_value());
    CHECK(image.error().text() ==
          "cut.exe: section \".text\" ends at file offset 0x600, the file has 0x500 bytes");
  }
}
