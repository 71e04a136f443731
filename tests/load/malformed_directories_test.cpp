// Damaged imports, exports, relocations, TLS directories and load configurations. Field offsets
// are those of the PE/COFF specification, "Special Sections"; directory numbers those of
// "Optional Header Data Directories".
#include "malformed.hpp"

using namespace sehlab;
using namespace sehlab::load_tests;

namespace {

constexpr std::uint32_t kExport = 0, kImport = 1, kReloc = 5, kTls = 9, kLoadConfig = 10;
constexpr std::uint32_t kNowhere = 0x7f000000;

std::vector<std::byte> words(std::size_t count, std::uint32_t value) {
  std::vector<std::byte> out(count * 4);
  for (std::size_t i = 0; i < count; ++i) std::memcpy(out.data() + i * 4, &value, 4);
  return out;
}

/// Lookup and address table are the same run of ordinals.
void import_70000(PeEditor& e) {
  const auto rva = e.replace_last_section(words(70000, 0x80000001));
  e.put32(e.in_directory(kImport, 0), rva);
  e.put32(e.in_directory(kImport, 16), rva);
}

/// A whole page of a letter: the string does not end with the section.
void name_dll_without_end(PeEditor& e) {
  e.put32(e.in_directory(kImport, 12), e.replace_last_section(words(0x400, 0x41414141)));
}
void name_dll_too_long(PeEditor& e) {
  e.put32(e.in_directory(kImport, 12), e.replace_last_section(words(0x401, 0x41414141)));
}

/// Descriptors up to the end of a page, each of an empty table.
void descriptors_without_end(PeEditor& e) {
  const auto directory = e.get<std::uint32_t>(e.directory(kImport));
  const auto name = e.get<std::uint32_t>(e.at_rva(directory) + 12);
  std::vector<std::byte> contents(0x1000);
  const auto rva = e.replace_last_section(contents);
  for (std::uint32_t at = 0; at + 20 <= 0x1000; at += 20) {
    const auto to = e.at_rva(rva + at);
    e.put32(to + 12, name);
    e.put32(to + 16, 0x4000);  // in .bss: a table of zeros
  }
  e.put32(e.directory(kImport), rva);
}

constexpr Malformation kImports[] = {
    {"a directory outside the image", [](PeEditor& e) { e.put32(e.directory(kImport), kNowhere); },
     "the import directory runs off its section (RVA 0x7f000000, not in the file)"},
    {"a directory across a section's end",
     [](PeEditor& e) { e.put32(e.directory(kImport), 0x2ffc); },
     "the import directory runs off its section (RVA 0x2ffc"},
    {"descriptors without an end", descriptors_without_end,
     "the import directory runs off its section"},
    {"a DLL's name outside the image",
     [](PeEditor& e) { e.put32(e.in_directory(kImport, 12), kNowhere); },
     "the name of an imported DLL (RVA 0x7f000000) is no string of the image"},
    {"a DLL's name without an end", name_dll_without_end, "is no string of the image"},
    {"a DLL's name that is too long", name_dll_too_long, "is no string of the image"},
    {"an empty DLL name",
     [](PeEditor& e) { e.put(e.follow_rva(e.in_directory(kImport, 12)), std::uint8_t{0}); },
     "is empty"},
    {"a lookup table outside the image",
     [](PeEditor& e) { e.put32(e.in_directory(kImport, 0), kNowhere); },
     "the import lookup table of \"load_exports.dll\" runs off its section"},
    {"a lookup table without an end",
     [](PeEditor& e) {
       e.put32(e.in_directory(kImport, 0), e.replace_last_section(words(0x400, 0x80000001)));
     },
     "the import lookup table of \"load_exports.dll\" runs off its section"},
    {"an address table outside the image",
     [](PeEditor& e) { e.put32(e.in_directory(kImport, 16), 0xfffffffc); },
     "the import address table of \"load_exports.dll\" runs off its section"},
    {"an imported name outside the image",
     [](PeEditor& e) { e.put32(e.follow_rva(e.in_directory(kImport, 0)), 0x7ffffffe); },
     "an import from \"load_exports.dll\" has its name at RVA 0x7ffffffe, outside"},
    {"an imported name without an end",
     [](PeEditor& e) {
       const auto rva = e.replace_last_section(words(0x400, 0x41414141));
       e.put32(e.follow_rva(e.in_directory(kImport, 0)), rva);
     },
     "the name of an import from \"load_exports.dll\" does not end"},
    {"an empty imported name",
     [](PeEditor& e) {
       const auto entry = e.follow_rva(e.in_directory(kImport, 0));
       e.put(e.follow_rva(entry) + 2, std::uint8_t{0});
     },
     "an import from \"load_exports.dll\" has an empty name"},
    {"more imports than hints can number", import_70000, "more than 65536 imports"},
};

/// Where the address of the export with this ordinal is: linkers count from 0 or from the least.
std::uint32_t address_of(PeEditor& e, std::uint32_t ordinal) {
  const std::uint32_t base = e.get<std::uint32_t>(e.in_directory(kExport, 16));
  return e.follow_rva(e.in_directory(kExport, 28)) + (ordinal - base) * 4;
}

constexpr Malformation kExports[] = {
    {"a directory outside the image", [](PeEditor& e) { e.put32(e.directory(kExport), kNowhere); },
     "the export directory runs off its section"},
    {"4294967295 functions", [](PeEditor& e) { e.put32(e.in_directory(kExport, 20), 0xffffffff); },
     "the export directory counts 4294967295 functions and 6 names"},
    {"65537 names", [](PeEditor& e) { e.put32(e.in_directory(kExport, 24), 0x10001); },
     "and 65537 names; there are 0x10000 ordinals"},
    {"more functions than the section has",
     [](PeEditor& e) { e.put32(e.in_directory(kExport, 20), 0x8000); },
     "the export directory's functions (RVA 0x"},
    {"functions outside the image",
     [](PeEditor& e) { e.put32(e.in_directory(kExport, 28), kNowhere); },
     "the export directory's functions (RVA 0x7f000000"},
    {"names outside the image", [](PeEditor& e) { e.put32(e.in_directory(kExport, 32), kNowhere); },
     "the export directory's names (RVA 0x7f000000"},
    {"name ordinals outside the image",
     [](PeEditor& e) { e.put32(e.in_directory(kExport, 36), kNowhere); },
     "the export directory's name ordinals (RVA 0x7f000000"},
    {"a name outside the image",
     [](PeEditor& e) { e.put32(e.follow_rva(e.in_directory(kExport, 32)), kNowhere); },
     "the name of export name 0 (RVA 0x7f000000) does not end"},
    {"a function outside the image", [](PeEditor& e) { e.put32(address_of(e, 7), kNowhere); },
     "export 7 is at RVA 0x7f000000, outside the image"},
    {"ordinals past 65535", [](PeEditor& e) { e.put32(e.in_directory(kExport, 16), 0xffff); },
     " exports from ordinal 65535 on pass 65535"},
    {"an empty forwarder",
     [](PeEditor& e) { e.put(e.follow_rva(address_of(e, 15)), std::uint8_t{0}); },
     "the forwarder of export 15 is no string of the image"},
};

void set_block_size(PeEditor& e, std::uint32_t size) {
  e.put32(e.in_directory(kReloc, 4), size);
}

constexpr Malformation kRelocations[] = {
    {"a directory outside the image", [](PeEditor& e) { e.put32(e.directory(kReloc), kNowhere); },
     "the base relocations (0x44 bytes) run off their section"},
    {"a directory longer than its section",
     [](PeEditor& e) { e.put32(e.directory(kReloc) + 4, 0xfffffff0); },
     "the base relocations (0xfffffff0 bytes) run off their section"},
    {"a block of no bytes", [](PeEditor& e) { set_block_size(e, 0); },
     "a base relocation block of 0x0 bytes, with 0x44 left of the directory"},
    {"a block shorter than its header", [](PeEditor& e) { set_block_size(e, 6); },
     "a base relocation block of 0x6 bytes"},
    {"a block past the directory", [](PeEditor& e) { set_block_size(e, 0x46); },
     "a base relocation block of 0x46 bytes, with 0x44 left"},
    {"a block of 4 GiB", [](PeEditor& e) { set_block_size(e, 0xfffffffe); },
     "a base relocation block of 0xfffffffe bytes"},
    {"a block of odd size", [](PeEditor& e) { set_block_size(e, 0xb); },
     "a base relocation block of 0xb bytes"},
    {"half a block header", [](PeEditor& e) { e.put32(e.directory(kReloc) + 4, 4); },
     "a base relocation block is cut off after 4 bytes"},
    {"a relocation of another machine",
     [](PeEditor& e) { e.put16(e.in_directory(kReloc, 8), 0xa037); },
     "a base relocation of type 10; 32-bit x86 has types 0 (ABSOLUTE) and 3 (HIGHLOW)"},
    {"a relocation outside the image",
     [](PeEditor& e) { e.put32(e.in_directory(kReloc, 0), kNowhere); },
     "a base relocation of RVA 0x7f00"},
    {"a relocation past 4 GiB", [](PeEditor& e) { e.put32(e.in_directory(kReloc, 0), 0xfffffff0); },
     "which is outside the image's sections"},
    {"a relocation across the image's end",
     [](PeEditor& e) {
       e.put32(e.in_directory(kReloc, 0), e.get<std::uint32_t>(e.optional(56)) - 0x1000);
       e.put16(e.in_directory(kReloc, 8), 0x3ffe);
     },
     "which is outside the image's sections"},
};

void endless_callbacks(PeEditor& e) {
  const auto base = e.get<std::uint32_t>(e.optional(28));
  const auto rva = e.replace_last_section(words(0x2000, base + 0x1000));
  e.put32(e.in_directory(kTls, 12), base + rva);
}

constexpr Malformation kTlsDirectories[] = {
    {"a directory outside the image", [](PeEditor& e) { e.put32(e.directory(kTls), kNowhere); },
     "the TLS directory runs off its section"},
    {"data that ends before it begins",
     [](PeEditor& e) { e.put32(e.in_directory(kTls, 4), 0x408000); },
     "the TLS data 0x409000-0x408000 is not inside a section"},
    {"data below the image", [](PeEditor& e) { e.put32(e.in_directory(kTls, 0), 0x3fffff); },
     "the TLS data 0x3fffff-0x409004 is not inside a section"},
    {"data across a section's end", [](PeEditor& e) { e.put32(e.in_directory(kTls, 4), 0x40a001); },
     "the TLS data 0x409000-0x40a001 is not inside a section"},
    {"an index outside the image", [](PeEditor& e) { e.put32(e.in_directory(kTls, 8), 0); },
     "the TLS index at 0x0 is not inside a section"},
    {"an array of callbacks outside the image",
     [](PeEditor& e) { e.put32(e.in_directory(kTls, 12), kNowhere); },
     "the array of TLS callbacks at 0x7f000000 is outside the image"},
    {"a callback outside the image",
     [](PeEditor& e) { e.put32(e.follow_address(e.in_directory(kTls, 12)), 0x12345678); },
     "a TLS callback at 0x12345678, outside the image"},
    {"callbacks without an end", endless_callbacks, "the array of TLS callbacks does not end"},
};

constexpr Malformation kLoadConfigs[] = {
    {"a structure outside the image",
     [](PeEditor& e) { e.put32(e.directory(kLoadConfig), kNowhere); },
     "the load configuration runs off its section"},
    {"a structure of 4 GiB", [](PeEditor& e) { e.put32(e.in_directory(kLoadConfig, 0), ~0U); },
     "the load configuration runs off its section"},
    {"a cookie outside the image",
     [](PeEditor& e) { e.put32(e.in_directory(kLoadConfig, 0x3c), 0x1000); },
     "the security cookie at 0x1000 is not inside a section"},
    {"a table outside the image",
     [](PeEditor& e) { e.put32(e.in_directory(kLoadConfig, 0x40), kNowhere); },
     "the SafeSEH table of 2 handlers at 0x7f000000 is not inside a section"},
    {"a billion handlers",
     [](PeEditor& e) { e.put32(e.in_directory(kLoadConfig, 0x44), 0x40000001); },
     "the SafeSEH table of 1073741825 handlers at"},
    {"a handler outside the image",
     [](PeEditor& e) {
       e.put32(e.follow_address(e.in_directory(kLoadConfig, 0x40)) + 4, kNowhere);
     },
     "SafeSEH handler 1 at RVA 0x7f000000 is outside the image"},
    {"handlers out of order",
     [](PeEditor& e) { e.put32(e.follow_address(e.in_directory(kLoadConfig, 0x40)) + 4, 0x1000); },
     "the SafeSEH table is not sorted: handler 1 at RVA 0x1000 comes after 0x10"},
};

}  // namespace

TEST_SUITE("load") {
  TEST_CASE("damaged imports are refused with their place") {
    check_refused("load_program.exe", kImports);
  }
  TEST_CASE("damaged exports are refused with their place") {
    check_refused("load_exports.dll", kExports);
  }
  TEST_CASE("a name for an exported function that is not there is refused with their number") {
    const PeEditor intact(guest_bytes("load_exports.dll"));
    const auto functions = intact.get<std::uint32_t>(intact.in_directory(kExport, 20));
    const std::string message =
        "export \"Alias\" names function 999 of " + std::to_string(functions) + " (RVA 0x";
    const Malformation table[] = {
        {"function 999",
         [](PeEditor& e) { e.put16(e.follow_rva(e.in_directory(kExport, 36)), 999); },
         message.c_str()}};
    check_refused("load_exports.dll", table);
  }
  TEST_CASE("damaged base relocations are refused with their place") {
    check_refused("load_program.exe", kRelocations);
  }
  TEST_CASE("a damaged TLS directory is refused with its place") {
    check_refused("load_program.exe", kTlsDirectories);
  }
  TEST_CASE("a damaged load configuration is refused with its place") {
    check_refused("load_program.exe", kLoadConfigs);
  }
}
