// What an Image says of the images in tests/load/guest. Expectations are from their sources, the
// .def file and the link options in tests/load/CMakeLists.txt.
#include "host/load/image.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "guest_files.hpp"
#include "host/win32/pe.hpp"
#include "pe_editor.hpp"

using namespace sehlab;
using namespace sehlab::load_tests;

namespace {

std::uint32_t word_at_rva(const load::Image& image, std::uint32_t rva) {
  const load::Section* section = image.section_at(rva);
  REQUIRE(section != nullptr);
  std::uint32_t value = 0;
  std::memcpy(&value, image.data(*section).data() + (rva - section->rva), sizeof value);
  return value;
}

}  // namespace

TEST_SUITE("load") {
  TEST_CASE("a program is no DLL and a DLL is one") {
    CHECK_FALSE(guest_image("load_program.exe").is_dll());
    CHECK(guest_image("load_exports.dll").is_dll());
    CHECK(guest_image("load_program.exe").name == "load_program.exe");
  }

  TEST_CASE("a section of the program's own can be read by name") {
    const auto image = guest_image("load_program.exe");
    const load::Section* section = image.find_section(".gates");
    REQUIRE(section != nullptr);
    std::array<std::uint32_t, 3> words{};
    const auto data = image.data(*section);
    REQUIRE(data.size() == sizeof words);  // program.c: unsigned gates_here[3]
    std::memcpy(words.data(), data.data(), sizeof words);
    CHECK(words == std::array<std::uint32_t, 3>{1, 0x1000, 0x0badcafe});
    CHECK(image.find_section(".nothing") == nullptr);
  }

  TEST_CASE("section_at finds what lies inside a section and nothing else") {
    const auto image = guest_image("load_program.exe");
    CHECK(image.section_at(0) == nullptr);  // the headers
    CHECK(image.section_at(0x1000)->name == ".text");
    const load::Section& text = *image.find_section(".text");
    CHECK(image.section_at(text.rva + text.size - 1) == &text);
    CHECK(image.section_at(text.rva + text.size) == nullptr);  // padding of the last page
    CHECK(image.section_at(0xffffffff) == nullptr);
    CHECK(text.executable());
    CHECK_FALSE(text.writable());
  }

  TEST_CASE("imports have their DLL and a name or an ordinal") {
    const auto image = guest_image("load_program.exe");
    std::vector<std::string> found;
    for (const auto& import : image.imports) {
      CHECK(import.dll == "load_exports.dll");
      found.push_back(import.name.empty() ? "#" + std::to_string(import.ordinal)
                                          : std::string(import.name));
    }
    std::sort(found.begin(), found.end());
    // program.c, and exports.def: Nameless is @12 NONAME.
    CHECK(found == std::vector<std::string>{"#12", "Datum", "Forwarded", "Plain"});
  }

  TEST_CASE("exports are found by name and by ordinal, empty slots are not exports") {
    const auto image = guest_image("load_exports.dll");
    CHECK(image.export_name == "load_exports.dll");
    const load::Export* plain = image.find_export("Plain");
    REQUIRE(plain != nullptr);
    CHECK(plain->ordinal == 7);  // exports.def
    CHECK(image.find_export_by_ordinal(7)->rva == plain->rva);
    CHECK(image.find_export("Alias")->rva == plain->rva);
    CHECK(image.find_export_by_ordinal(12)->name.empty());
    for (const char* name :
         {"Alias", "Datum", "Forwarded", "ForwardedByOrdinal", "Plain", "Zulu"}) {
      REQUIRE(image.find_export(name) != nullptr);
      CHECK(image.find_export(name)->name == name);
    }
    for (const char* name : {"", "plain", "Plai", "Plainx", "Nameless", "\xff"}) {
      CHECK(image.find_export(name) == nullptr);
    }
    // OrdinalBase 0 and slots without a function below 7 (facts: guest-tools.md 5).
    for (const std::uint32_t empty : {0U, 1U, 6U, 8U, 11U, 100U, 0xffffffffU}) {
      CHECK(image.find_export_by_ordinal(empty) == nullptr);
    }
  }

  TEST_CASE("forwarders name another DLL's export, and no address") {
    const auto image = guest_image("load_exports.dll");  // linked with /export:Forwarded=…
    CHECK(image.find_export("Forwarded")->forwarder == "KERNEL32.GetLastError");
    CHECK(image.find_export("ForwardedByOrdinal")->forwarder == "KERNEL32.#5");
    CHECK(image.find_export("Plain")->forwarder.empty());
  }

  TEST_CASE("the TLS directory gives template, index and callbacks as RVAs") {
    const auto image = guest_image("load_program.exe");
    REQUIRE(image.tls.has_value());
    const load::Tls& tls = *image.tls;
    CHECK(tls.raw_size == 4);  // tls_start alone lies before tls_end
    CHECK(word_at_rva(image, tls.raw_rva) == 0x11);
    CHECK(tls.zero_fill == 0x40);
    CHECK(tls.callbacks.size() == 2);
    CHECK(image.section_at(tls.index_rva)->name == ".data");
    for (const std::uint32_t callback : tls.callbacks) {
      CHECK(image.section_at(callback)->executable());
    }
    CHECK_FALSE(guest_image("load_exports.dll").tls.has_value());
  }

  TEST_CASE("the load configuration gives the cookie and the sorted SafeSEH table") {
    const auto image = guest_image("load_program.exe");
    REQUIRE(image.load_config.has_value());
    REQUIRE(image.load_config->security_cookie_rva.has_value());
    CHECK(word_at_rva(image, *image.load_config->security_cookie_rva) == 0xbb40e64e);
    REQUIRE(image.load_config->safeseh.has_value());
    const auto& handlers = *image.load_config->safeseh;
    CHECK(handlers.size() == 2);  // handlers.S: two .safeseh
    CHECK(std::is_sorted(handlers.begin(), handlers.end()));
    CHECK_FALSE(image.no_seh());
  }

  TEST_CASE("an image linked with /safeseh but without a table says NO_SEH") {
    // facts: guest-tools.md 2; and /safeseh:no leaves the flag off.
    CHECK(guest_image("load_no_seh.exe").no_seh());
    CHECK_FALSE(guest_image("load_no_seh.exe").load_config.has_value());
    CHECK_FALSE(guest_image("load_fixed.exe").no_seh());
  }

  TEST_CASE("an image linked with /fixed has no relocations and says so") {
    const auto fixed = guest_image("load_fixed.exe");
    CHECK(fixed.relocations.empty());
    CHECK((fixed.characteristics & win32::IMAGE_FILE_RELOCS_STRIPPED) != 0);
    CHECK_FALSE(guest_image("load_no_seh.exe").relocations.empty());
  }

  TEST_CASE("copies of an Image keep its names alive") {
    std::vector<load::Import> imports;
    load::Image copy;
    {
      const auto image = guest_image("load_program.exe");
      copy = image;
    }
    CHECK(copy.imports.front().dll == "load_exports.dll");
  }
}
