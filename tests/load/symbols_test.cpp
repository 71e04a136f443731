// Names for addresses and addresses for names. Expectations: the sources in tests/load/guest and
// the linker's own map of the image.
#include "host/load/symbols.hpp"

#include <fstream>
#include <sstream>

#include "guest_files.hpp"
#include "pe_editor.hpp"

using namespace sehlab;
using namespace sehlab::load_tests;

namespace {

struct MapLine {
  std::uint32_t section = 0;
  std::string name;
  GuestAddr address;
  std::string object;
};

/// "0001:00000010  _stdcall_function@4  0000000000401010  program.c.obj"
std::vector<MapLine> linker_map(const std::string& image) {
  std::ifstream file(std::filesystem::path(SEHLAB_BINARY_DIR) / "guest-objects" / image /
                     (image + ".map"));
  REQUIRE(file.good());
  std::vector<MapLine> lines;
  for (std::string text; std::getline(file, text);) {
    std::istringstream words(text);
    std::string place, name, address, object;
    if (!(words >> place >> name >> address >> object) || address.size() != 16) continue;
    lines.push_back({static_cast<std::uint32_t>(std::stoul(place.substr(0, 4), nullptr, 16)), name,
                     GuestAddr{static_cast<std::uint32_t>(std::stoull(address, nullptr, 16))},
                     object});
  }
  return lines;
}

}  // namespace

TEST_SUITE("load") {
  TEST_CASE("decorations of calling conventions are taken off, other names stay") {
    // facts: guest-tools.md 3.
    CHECK(load::undecorated("_f") == "f");
    CHECK(load::undecorated("_EnumWindows@8") == "EnumWindows");
    CHECK(load::undecorated("@f@8") == "f");
    CHECK(load::undecorated("___security_cookie") == "__security_cookie");
    CHECK(load::undecorated("?filt$0@0@f@@") == "?filt$0@0@f@@");
    CHECK(load::undecorated("callbackasm1") == "callbackasm1");
    CHECK(load::undecorated("_not@counted") == "not@counted");
    CHECK(load::undecorated("_f@") == "f@");
    CHECK(load::undecorated("_@4") == "@4");
    CHECK(load::undecorated("@feat.00") == "@feat.00");
    CHECK(load::undecorated("_") == "_");
    CHECK(load::undecorated("@") == "@");
    CHECK(load::undecorated("") == "");
  }

  TEST_CASE("a stdcall function's name says what it takes off the stack, and no other does") {
    const auto image = guest_image("load_program.exe");
    const load::Symbols symbols(image, image.preferred_base);
    const auto bytes = [&](const char* name) {
      const auto at = symbols.address_of(name);
      REQUIRE(at);
      return symbols.argument_bytes(*at);
    };
    CHECK(bytes("_stdcall_function@4") == 4u);
    CHECK_FALSE(bytes("inner_label"));
    CHECK_FALSE(symbols.argument_bytes(image.preferred_base));
  }

  TEST_CASE("every symbol of the linker's map is found, decorated and not") {
    const auto image = guest_image("load_program.exe");
    const load::Symbols symbols(image, image.preferred_base);
    int checked = 0;
    for (const MapLine& line : linker_map("load_program")) {
      // Absolute and linker-defined ones, and the thunks of the import library, are in no COFF
      // table of the image.
      const bool thunk = line.section == 1 && line.object.starts_with("load_exports:");
      if (line.section == 0 || thunk) continue;
      INFO(line.name);
      CHECK(symbols.address_of(line.name) == line.address);
      if (line.name == "inner_label") continue;
      CHECK(symbols.address_of(load::undecorated(line.name)) == line.address);
      if (line.section != 1) continue;
      CHECK(symbols.describe(line.address) == load::undecorated(line.name));
      CHECK(symbols.nearest(line.address)->start == line.address);
      ++checked;
    }
    CHECK(checked == 10);  // seven functions of program.c, three of handlers.S
  }

  TEST_CASE("an address inside of a function is its name and an offset") {
    const auto image = guest_image("load_program.exe");
    const load::Symbols symbols(image, image.preferred_base);
    const GuestAddr function = *symbols.address_of("stdcall_function");
    CHECK(symbols.describe(function + 1) == "stdcall_function+0x1");
    CHECK(symbols.describe(function - 1).starts_with("cdecl_function+0x"));
    const auto nearest = symbols.nearest(function + 5);
    REQUIRE(nearest.has_value());
    CHECK(nearest->name == "stdcall_function");
    CHECK(nearest->start == function);
    CHECK(nearest->offset == 5);
  }

  TEST_CASE("a static label does not begin a function") {
    const auto image = guest_image("load_program.exe");
    const load::Symbols symbols(image, image.preferred_base);
    // handlers.S: "movl $1, %eax" of five bytes, then inner_label.
    CHECK(symbols.describe(*symbols.address_of("handler_one") + 5) == "handler_one+0x5");
  }

  TEST_CASE("names follow the image to another base, and end with its sections") {
    const auto image = guest_image("load_program.exe");
    const load::Symbols symbols(image, GuestAddr{0x10000000});
    CHECK(symbols.describe(GuestAddr{0x10001000}) == "cdecl_function");  // first of .text
    CHECK(symbols.address_of("cdecl_function") == GuestAddr{0x10001000});
    for (const std::uint32_t outside :
         {0U, 0x401000U, 0x10000000U, 0x10000fffU, 0x10001fffU, 0x10010000U, 0xffffffffU}) {
      CHECK(symbols.describe(GuestAddr{outside}).empty());
      CHECK_FALSE(symbols.nearest(GuestAddr{outside}).has_value());
    }
    // Data has names of its own, not those of the function before it.
    CHECK(symbols.describe(*symbols.address_of("zeroed") + 8) == "zeroed+0x8");
    CHECK_FALSE(symbols.address_of("nothing").has_value());
    CHECK_FALSE(symbols.address_of("").has_value());
  }

  TEST_CASE("without a symbol table the exports name the code") {
    PeEditor editor(guest_bytes("load_exports.dll"));
    editor.put32(editor.coff(8), 0);  // PointerToSymbolTable
    const auto image = load::parse("stripped.dll", editor.bytes);
    REQUIRE(image.has_value());
    const load::Symbols symbols(*image, image->preferred_base);
    const GuestAddr plain = image->preferred_base + image->find_export("Plain")->rva;
    CHECK(symbols.address_of("Plain") == plain);
    // Alias is at the same address; of two equal names the first in the alphabet is shown.
    CHECK(symbols.describe(plain + 2) == "Alias+0x2");
    CHECK_FALSE(symbols.address_of("Forwarded").has_value());
  }

  TEST_CASE("an export names nothing that is a page away or more") {
    PeEditor editor(guest_bytes("ntdll.dll"));
    editor.put32(editor.coff(8), 0);  // PointerToSymbolTable
    const auto text = editor.get<std::uint32_t>(editor.section(0, 12));
    const auto functions = editor.get<std::uint32_t>(editor.in_directory(0, 20));
    const auto table = editor.follow_rva(editor.in_directory(0, 28));
    for (std::uint32_t i = 0; i < functions; ++i) editor.put32(table + 4 * i, text);
    const auto image = load::parse("stripped.dll", editor.bytes);
    REQUIRE(image.has_value());
    REQUIRE(image->sections[0].size > 0x1000);
    const load::Symbols symbols(*image, image->preferred_base);
    const GuestAddr start = image->preferred_base + text;
    CHECK(symbols.describe(start + 0xfff).ends_with("+0xfff"));
    CHECK(symbols.describe(start + 0x1000).empty());
  }

  TEST_CASE("an export's name is found beside the symbol table") {
    const auto image = guest_image("load_exports.dll");
    const load::Symbols symbols(image, image.preferred_base);
    CHECK(symbols.address_of("Alias") == symbols.address_of("Plain"));
    CHECK(symbols.describe(*symbols.address_of("Alias")) == "Plain");
  }
}
