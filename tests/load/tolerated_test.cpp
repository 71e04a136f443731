// What Windows overlooks in an image is overlooked, and what the lab thereby goes without is
// remarked on. Offsets as in the PE/COFF specification.
#include "guest_files.hpp"
#include "host/load/image.hpp"
#include "host/load/symbols.hpp"
#include "pe_editor.hpp"

using namespace sehlab;
using namespace sehlab::load_tests;

namespace {

PeEditor program() {
  return PeEditor(guest_bytes("load_program.exe"));
}

load::Image accepted(const PeEditor& editor) {
  auto image = load::parse("edited.exe", editor.bytes);
  REQUIRE_MESSAGE(image.has_value(), image.error().text());
  return std::move(*image);
}

}  // namespace

TEST_SUITE("load") {
  TEST_CASE("more than sixteen data directories count as sixteen") {
    auto editor = program();
    editor.put32(editor.optional(92), 0xffffffff);  // NumberOfRvaAndSizes
    CHECK(accepted(editor).imports.size() == 4);
  }

  TEST_CASE("fewer data directories leave the others out") {
    auto editor = program();
    editor.put32(editor.optional(92), 2);  // exports and imports only
    const auto image = accepted(editor);
    CHECK(image.imports.size() == 4);
    CHECK_FALSE(image.tls.has_value());
    CHECK(image.relocations.empty());
  }

  TEST_CASE("a symbol table that runs off the file is remarked on and not read") {
    for (const std::uint32_t count : {0xffffffffU, 0x10000U}) {
      auto editor = program();
      editor.put32(editor.coff(12), count);  // NumberOfSymbols
      const auto image = accepted(editor);
      CHECK(image.symbol_count == 0);
      REQUIRE(image.remarks.size() == 1);
      CHECK(image.remarks[0].find("runs off the file: no symbols") != std::string::npos);
      const load::Symbols symbols(image, GuestAddr{0x400000});
      CHECK(symbols.describe(GuestAddr{0x401000}).empty());
    }
  }

  TEST_CASE("a string table that runs off the file leaves short names only") {
    auto editor = program();
    const auto table = editor.get<std::uint32_t>(editor.coff(8));
    editor.put32(table + 18 * editor.get<std::uint32_t>(editor.coff(12)), 0xffffffff);
    const auto image = accepted(editor);
    CHECK(image.find_section(".debug_line") == nullptr);
    CHECK(image.find_section(".text") != nullptr);
    const load::Symbols symbols(image, GuestAddr{0x400000});
    CHECK(symbols.address_of("start").has_value());                  // "_start": seven characters
    CHECK_FALSE(symbols.address_of("static_function").has_value());  // in the string table
  }

  TEST_CASE("a section without a VirtualSize is as large as its data") {
    auto editor = program();
    editor.put32(editor.section(0, 8), 0);
    CHECK(accepted(editor).sections[0].size == 0x200);
  }

  TEST_CASE("a section with a size of data but no place for it is uninitialised") {
    auto editor = program();
    editor.put32(editor.section(3, 20), 0);  // .gates
    const auto image = accepted(editor);
    CHECK(image.data(*image.find_section(".gates")).empty());
  }

  TEST_CASE("a size of the image that is not whole pages counts as whole pages") {
    auto editor = program();
    const auto size = editor.get<std::uint32_t>(editor.optional(56));
    editor.put32(editor.optional(56), size - 0x10);
    CHECK(accepted(editor).size == size);
  }

  TEST_CASE("an import directory is ended by its empty descriptor, not by its size") {
    auto editor = program();
    editor.put32(editor.directory(1) + 4, 0);
    CHECK(accepted(editor).imports.size() == 4);
  }

  TEST_CASE("without a lookup table the address table tells the imports") {
    auto editor = program();
    editor.put32(editor.in_directory(1, 0), 0);  // OriginalFirstThunk
    CHECK(accepted(editor).imports.size() == 4);
  }

  TEST_CASE("of an ordinal import only the low sixteen bits count") {
    auto editor = program();
    // The third import is the ordinal one: names are sorted and ordinals come between.
    const auto lookup = editor.follow_rva(editor.in_directory(1, 0));
    std::uint32_t at = lookup;
    while ((editor.get<std::uint32_t>(at) & 0x80000000) == 0) at += 4;
    editor.put32(at, 0xfff1000c);
    const auto image = accepted(editor);
    CHECK(image.imports[(at - lookup) / 4].ordinal == 12);
  }

  TEST_CASE("a load configuration too short for a SafeSEH table has none") {
    auto editor = program();
    editor.put32(editor.in_directory(10, 0), 0x40);  // up to the cookie
    const auto image = accepted(editor);
    CHECK(image.load_config->security_cookie_rva.has_value());
    CHECK_FALSE(image.load_config->safeseh.has_value());
    editor.put32(editor.in_directory(10, 0), 0);
    CHECK_FALSE(accepted(editor).load_config->security_cookie_rva.has_value());
  }

  TEST_CASE("a SafeSEH table of no handlers is no table") {
    auto editor = program();  // facts 3.3 1a: count > 0
    editor.put32(editor.in_directory(10, 0x44), 0);
    CHECK_FALSE(accepted(editor).load_config->safeseh.has_value());
  }

  TEST_CASE("an export table out of order loses names, as halving it does in Windows") {
    auto editor = PeEditor(guest_bytes("load_exports.dll"));
    const auto names = editor.follow_rva(editor.in_directory(0, 32));
    const auto indexes = editor.follow_rva(editor.in_directory(0, 36));
    // Exchange the first and the last of six: "Alias" and "Zulu".
    const auto first = editor.get<std::uint32_t>(names),
               last = editor.get<std::uint32_t>(names + 20);
    editor.put32(names, last);
    editor.put32(names + 20, first);
    const auto first_index = editor.get<std::uint16_t>(indexes);
    editor.put16(indexes, editor.get<std::uint16_t>(indexes + 10));
    editor.put16(indexes + 10, first_index);
    const auto image = accepted(editor);
    CHECK(image.find_export("Zulu") == nullptr);
    CHECK(image.find_export("Alias") == nullptr);
    CHECK(image.find_export_by_ordinal(7)->name == "Plain");
  }
}
