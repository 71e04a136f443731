// Images in an address space. Expectations: the image's own section table, the bytes of its file
// and the base relocations' rule (PE/COFF specification, "The .reloc Section": the difference
// between the bases is added to the 32-bit word).
#include "host/load/map_image.hpp"

#include <algorithm>
#include <cstring>
#include <memory>

#include "emu/machine.hpp"
#include "guest_files.hpp"
#include "host/win32/pe.hpp"
#include "pe_editor.hpp"

using namespace sehlab;
using namespace sehlab::load_tests;

namespace {

std::unique_ptr<emu::Machine> machine() {
  auto made = emu::Machine::create({});
  REQUIRE_MESSAGE(made.has_value(), made.error().text());
  return std::move(*made);
}

std::vector<std::byte> memory_at(emu::AddressSpace& space, GuestAddr at, std::size_t size) {
  std::vector<std::byte> bytes(size);
  REQUIRE(space.raw().read(at, bytes));
  return bytes;
}

void check_mapped(const load::Image& image, GuestAddr base, emu::AddressSpace& space) {
  const auto mapped = load::map_image(image, base, space);
  REQUIRE_MESSAGE(mapped.has_value(), mapped.error().text());
}

std::string refusal(const load::Image& image, GuestAddr base, emu::AddressSpace& space) {
  const auto mapped = load::map_image(image, base, space);
  REQUIRE_FALSE(mapped.has_value());
  return mapped.error().text();
}

}  // namespace

TEST_SUITE("load") {
  TEST_CASE("at its preferred base an image is its file, section by section, and zeros") {
    const auto made = machine();
    auto& space = made->memory();
    const auto image = guest_image("load_program.exe");
    check_mapped(image, image.preferred_base, space);
    const auto file = image.file.span();
    CHECK(memory_at(space, image.preferred_base, image.headers_size) ==
          std::vector(file.begin(), file.begin() + image.headers_size));
    for (const load::Section& section : image.sections) {
      INFO(section.name);
      const auto bytes = memory_at(space, image.preferred_base + section.rva, section.size);
      const auto data = image.data(section);
      CHECK(std::vector(bytes.begin(), bytes.begin() + std::ssize(data)) ==
            std::vector(data.begin(), data.end()));
      CHECK(std::all_of(bytes.begin() + std::ssize(data), bytes.end(),
                        [](std::byte b) { return b == std::byte{0}; }));
    }
  }

  TEST_CASE("sections have the rights of their headers, the headers can be read only") {
    const auto made = machine();
    auto& space = made->memory();
    const auto image = guest_image("load_program.exe");
    check_mapped(image, image.preferred_base, space);
    const auto rights = [&](const char* section) {
      return space.page(image.preferred_base + image.find_section(section)->rva);
    };
    CHECK(space.page(image.preferred_base) == emu::kReadOnly);
    CHECK(rights(".text") == emu::kReadExecute);
    CHECK(rights(".rdata") == emu::kReadOnly);
    CHECK(rights(".data") == emu::kReadWrite);
    // The whole of .bss, 20,000 bytes of .data's VirtualSize (program.c: zeroed[5000]).
    CHECK(space.page(image.preferred_base + image.find_section(".data")->rva + 0x4000) ==
          emu::kReadWrite);
    CHECK(space.query(image.preferred_base).allocation_base == image.preferred_base);
    CHECK(space.query(image.preferred_base + image.size).state == emu::PageState::Free);
  }

  TEST_CASE("a section that can be run or written can be read, as on the processor") {
    load::Section section;
    section.characteristics = win32::IMAGE_SCN_MEM_EXECUTE;
    CHECK(load::section_protection(section) == emu::kReadExecute);
    section.characteristics = win32::IMAGE_SCN_MEM_WRITE;
    CHECK(load::section_protection(section) == emu::kReadWrite);
    section.characteristics = win32::IMAGE_SCN_MEM_WRITE | win32::IMAGE_SCN_MEM_EXECUTE;
    CHECK(load::section_protection(section) == emu::kReadWriteExecute);
    section.characteristics = 0;
    CHECK(load::section_protection(section) == emu::kNoAccess);
  }

  TEST_CASE("at another base every relocated word has moved and nothing else has") {
    const auto made = machine();
    auto& space = made->memory();
    const auto image = guest_image("load_program.exe");
    for (const GuestAddr base : {GuestAddr{0x10000000}, GuestAddr{0x20000}}) {  // up and down
      check_mapped(image, base, space);
      const std::uint32_t delta = base - image.preferred_base;
      for (const load::Section& section : image.sections) {
        const auto data = image.data(section);
        std::vector<std::byte> expected(data.begin(), data.end());
        for (const std::uint32_t rva : image.relocations) {
          if (!section.contains(rva)) continue;
          std::uint32_t word = 0;
          std::memcpy(&word, expected.data() + (rva - section.rva), 4);
          word += delta;
          std::memcpy(expected.data() + (rva - section.rva), &word, 4);
        }
        CHECK(memory_at(space, base + section.rva, expected.size()) == expected);
      }
    }
    // program.c: pointer_to_zeroed = &zeroed[17], the first word of .data and past it.
    const GuestAddr data = GuestAddr{0x10000000} + image.find_section(".data")->rva;
    const auto pointer = space.raw().get<std::uint32_t>(data);
    REQUIRE(pointer.has_value());
    CHECK(*pointer - data.value < image.find_section(".data")->size);
  }

  TEST_CASE("a relocated word that lies in zeros, or half in them, is relocated too") {
    PeEditor editor(guest_bytes("load_program.exe"));
    const auto block = editor.in_directory(5, 0);
    editor.put32(block, 0x3000);      // .data: 0x200 bytes in the file, then .bss
    editor.put16(block + 8, 0x3ffe);  // across two pages of zeros
    editor.put16(block + 10, 0x31fe);
    const auto image = load::parse("zeros.exe", editor.bytes);
    REQUIRE(image.has_value());
    const auto made = machine();
    check_mapped(*image, GuestAddr{0x500000}, made->memory());
    CHECK(made->memory().raw().get<std::uint32_t>(GuestAddr{0x503ffe}) == 0x100000);
    CHECK(made->memory().raw().get<std::uint32_t>(GuestAddr{0x5031fe}) == 0x100000);
  }

  TEST_CASE("an image without relocations runs at its own base only") {
    const auto made = machine();
    const auto image = guest_image("load_fixed.exe");
    const std::string text = refusal(image, GuestAddr{0x1000000}, made->memory());
    CHECK(text.find("it runs at 0x400000 only, its relocations were stripped") !=
          std::string::npos);
    CHECK(made->memory().query(GuestAddr{0x1000000}).state == emu::PageState::Free);
    check_mapped(image, image.preferred_base, made->memory());
  }

  TEST_CASE("a range that is taken, unaligned or past the end is refused and stays as it was") {
    const auto made = machine();
    auto& space = made->memory();
    const auto image = guest_image("load_program.exe");
    REQUIRE(space.reserve(image.preferred_base + 0x8000, 0x1000).has_value());
    const auto before = space.committed_pages();
    const std::string taken = refusal(image, image.preferred_base, space);
    CHECK(taken.find("load_program.exe: cannot be mapped at 0x400000 to 0x410000: ") == 0);
    CHECK(refusal(image, GuestAddr{0x500800}, space).find("not a multiple of 64 KiB") !=
          std::string::npos);
    CHECK(refusal(image, GuestAddr{0xffff0000}, space).find("cannot be mapped at 0xffff0000") !=
          std::string::npos);
    CHECK(space.committed_pages() == before);
    CHECK(space.query(image.preferred_base).state == emu::PageState::Free);
  }

  TEST_CASE("two images lie side by side") {
    const auto made = machine();
    auto& space = made->memory();
    const auto program = guest_image("load_program.exe");
    const auto library = guest_image("load_exports.dll");
    check_mapped(program, program.preferred_base, space);
    check_mapped(library, program.preferred_base + 0x100000, space);
    const load::Section& data = *library.find_section(".data");
    // exports.c: int Datum = 0x600d.
    CHECK(space.raw().get<std::uint32_t>(program.preferred_base + 0x100000 +
                                         library.find_export("Datum")->rva) == 0x600d);
    CHECK(data.contains(library.find_export("Datum")->rva));
  }
}
