// The files of fixtures/images, each of which is refused for the reason that its README gives.
#include <doctest/doctest.h>

#include <array>
#include <filesystem>
#include <set>
#include <string>

#include "host/load/image.hpp"

using namespace sehlab;

namespace {

const std::filesystem::path kFolder =
    std::filesystem::path(SEHLAB_SOURCE_DIR) / "fixtures" / "images";

struct Refused {
  const char* file;
  const char* message;  ///< a part of the error's text
};

constexpr std::array kRefused = {
    Refused{"empty.exe", "the file is empty"},
    Refused{"text.exe", "not a PE image: it does not begin with \"MZ\""},
    Refused{"dos.exe", "not a PE image: no PE signature"},
    Refused{"ne16.exe", "not a PE image: a 16-bit Windows or OS/2 program (NE)"},
    Refused{"x86_64.exe", "a 64-bit image (machine 0x8664, PE32+); sehlab runs 32-bit x86"},
    Refused{"arm.exe", "an image for machine 0x1c4"},
    Refused{"dotnet.exe", "a .NET image"},
    Refused{"truncated_headers.exe", "the headers end at file offset 0x200, the file has 0x184"},
    Refused{"truncated.exe",
            "section \".text\" ends at file offset 0x400, the file has 0x3ff bytes"},
    Refused{"low_alignment.exe", "sections aligned to 0x20, less than a page"},
    Refused{"section_past_file.exe", "section \".text\" ends at file offset 0x80000000"},
    Refused{"section_over_headers.exe", "lies over the headers, which end at 0x200"},
    Refused{"imports_outside.exe", "the import directory runs off its section"},
    Refused{"entry_outside.exe", "the entry point 0x7f000000 is outside the image"},
};

}  // namespace

TEST_SUITE("load") {
  TEST_CASE("every image of fixtures/images is refused for its reason") {
    for (const Refused& refused : kRefused) {
      const auto path = kFolder / refused.file;
      const auto image = load::read_image(path);
      INFO(path.string());
      REQUIRE_FALSE(image.has_value());
      CHECK(image.error().kind == load::LoadFailure::Malformed);
      const std::string text = image.error().text();
      INFO(text);
      CHECK(text.find(refused.message) != std::string::npos);
      CHECK(text.starts_with(path.string() + ": "));
    }
  }

  TEST_CASE("no image of fixtures/images is left out of this test") {
    std::set<std::string> found, tested;
    for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
      if (entry.path().extension() == ".exe") found.insert(entry.path().filename().string());
    }
    for (const Refused& refused : kRefused) tested.insert(refused.file);
    CHECK(found == tested);
  }
}
