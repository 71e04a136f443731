// Source lines, compared with llvm-symbolizer's for every byte of the code, and damaged line
// tables. Header fields: DWARF 4, 6.2.4.
#include <algorithm>
#include <fstream>

#include "guest_files.hpp"
#include "host/load/symbols.hpp"
#include "pe_editor.hpp"
#include "readobj.hpp"

using namespace sehlab;
using namespace sehlab::load_tests;

namespace {

/// "file:line" for each address, or "??:0".
std::vector<std::string> symbolizer(const std::string& image, GuestAddr begin, GuestAddr end) {
  std::string addresses;
  for (GuestAddr at = begin; at < end; at += 1) addresses += std::to_string(at.value) + " ";
  for (const char* tool : {"llvm-symbolizer-14", "llvm-symbolizer-19", "llvm-symbolizer"}) {
    const auto lines = output_of("for a in " + addresses + "; do echo $a; done | " + tool +
                                 " --no-inlines --functions=none --obj='" +
                                 guest_path(image).string() + "' 2>/dev/null");
    if (!lines) continue;
    std::vector<std::string> places;
    for (const std::string& line : *lines) {
      if (!line.empty()) places.push_back(line.substr(0, line.rfind(':')));  // without the column
    }
    return places;
  }
  return {};
}

/// File offset of .debug_line, whose name is "/N" in its header.
std::uint32_t debug_line_at(const std::vector<std::byte>& bytes) {
  const auto image = load::parse("intact", bytes);
  REQUIRE(image.has_value());
  REQUIRE(image->find_section(".debug_line") != nullptr);
  return image->find_section(".debug_line")->file_offset;
}

/// The remark that follows when a byte of the line table is another, and whether a line is left.
std::string remark_with(std::uint32_t offset, std::uint8_t value) {
  PeEditor editor(guest_bytes("load_program.exe"));
  editor.put(debug_line_at(editor.bytes) + offset, value);
  const auto image = load::parse("edited.exe", editor.bytes);
  REQUIRE(image.has_value());
  const load::Symbols symbols(*image, image->preferred_base);
  CHECK_FALSE(symbols.line_at(image->preferred_base + 0x1000).has_value());
  return symbols.line_remark();
}

}  // namespace

TEST_SUITE("load") {
  TEST_CASE("every byte of code has the line that llvm-symbolizer gives it") {
    for (const char* name : {"load_program.exe", "load_exports.dll"}) {
      const auto image = guest_image(name);
      const load::Symbols symbols(image, image.preferred_base);
      const load::Section& text = *image.find_section(".text");
      const GuestAddr begin = image.preferred_base + text.rva;
      const auto theirs = symbolizer(name, begin, begin + text.size);
      if (theirs.empty()) {
        MESSAGE("skipped: llvm-symbolizer is not installed");
        return;
      }
      REQUIRE(theirs.size() == text.size);
      int known = 0;
      for (std::uint32_t i = 0; i < text.size; ++i) {
        const auto line = symbols.line_at(begin + i);
        // Theirs begins with the compilation's directory, which is "." (cmake/GuestImages.cmake).
        CHECK((line ? "./" + line->file + ":" + std::to_string(line->line) : "??:0") == theirs[i]);
        known += line.has_value();
      }
      CHECK(known > 50);
      CHECK(symbols.line_remark().empty());
    }
  }

  TEST_CASE("lines follow the image to another base") {
    const auto image = guest_image("load_program.exe");
    const load::Symbols here(image, image.preferred_base), there(image, GuestAddr{0x10000000});
    const auto line = there.line_at(GuestAddr{0x10001000});
    REQUIRE(line.has_value());
    CHECK(line->file == "tests/load/guest/program.c");
    CHECK(line->line == here.line_at(image.preferred_base + 0x1000)->line);
    CHECK_FALSE(there.line_at(image.preferred_base + 0x1000).has_value());
    CHECK_FALSE(there.line_at(GuestAddr{0x10000000}).has_value());
  }

  TEST_CASE("the statements of a line are where the code comes to it") {
    const auto image = guest_image("load_program.exe");
    const load::Symbols symbols(image, image.preferred_base);
    const auto lines = symbols.lines_of("program.c");
    REQUIRE(lines.size() > 3);
    CHECK(std::is_sorted(lines.begin(), lines.end()));
    for (const std::uint32_t line : lines) {
      const auto statements = symbols.statements("guest/program.c", line);
      REQUIRE_FALSE(statements.empty());
      for (const GuestAddr at : statements) {
        // As the other direction has it; and the byte before is of another line.
        CHECK(symbols.line_at(at)->line == line);
        const auto before = symbols.line_at(at - 1);
        CHECK((!before || before->line != line || !before->file.ends_with("program.c")));
      }
    }
    CHECK(symbols.statements("program.c", 100'000).empty());
    CHECK(symbols.statements("ogram.c", lines[0]).empty());  // half a name is none
    CHECK(symbols.lines_of("other.c").empty());
    const auto files = symbols.source_files();
    CHECK(std::find(files.begin(), files.end(), "program.c") != files.end());
  }

  TEST_CASE("an image without debug information has no lines and no remark") {
    PeEditor editor(guest_bytes("load_program.exe"));
    editor.put32(editor.coff(8), 0);  // no string table: no section is named .debug_line
    const auto image = load::parse("stripped.exe", editor.bytes);
    REQUIRE(image.has_value());
    const load::Symbols symbols(*image, image->preferred_base);
    CHECK_FALSE(symbols.line_at(image->preferred_base + 0x1000).has_value());
    CHECK(symbols.line_remark().empty());
  }

  TEST_CASE("a damaged line table is remarked on") {
    CHECK(remark_with(4, 5) == "line information of DWARF version 5 (2 to 4 are read)");
    CHECK(remark_with(3, 0xff) == "the line information is cut off");           // unit_length
    CHECK(remark_with(9, 0xff) == "a damaged header in the line information");  // header_length
    CHECK(remark_with(14, 0) == "a damaged header in the line information");    // line_range
    CHECK(remark_with(15, 0) == "a damaged header in the line information");    // opcode_base
    CHECK(remark_with(15, 255) == "a damaged list of files in the line information");
  }
}
