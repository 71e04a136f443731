// Headers and section tables that are damaged or of another kind. Field offsets are those of the
// PE/COFF specification: COFF file header, optional header (PE32), section table.
#include "malformed.hpp"

using namespace sehlab;
using namespace sehlab::load_tests;

namespace {

void fill_with_text(PeEditor& e) {
  constexpr std::string_view text = "This is a text file.\n";
  for (std::size_t i = 0; i < e.bytes.size(); ++i) e.bytes[i] = std::byte(text[i % text.size()]);
}
void set_signature(PeEditor& e, std::uint32_t value) {
  e.put32(e.coff(0) - 4, value);
}

constexpr Malformation kNotPe[] = {
    {"an empty file", [](PeEditor& e) { e.bytes.clear(); }, "the file is empty"},
    {"one byte", [](PeEditor& e) { e.bytes.resize(1); },
     "not a PE image: it does not begin with \"MZ\""},
    {"a text file", fill_with_text, "not a PE image: it does not begin with \"MZ\""},
    {"an ELF file", [](PeEditor& e) { e.put32(0, 0x464c457f); },
     "not a PE image: it does not begin with \"MZ\""},
    {"MZ and nothing more", [](PeEditor& e) { e.bytes.resize(2); },
     "not a PE image: the DOS header is 0x40 bytes, the file has 0x2"},
    {"e_lfanew past the end", [](PeEditor& e) { e.put32(0x3c, 0x7fffffff); },
     "its PE header is to be at file offset 0x7fffffff (e_lfanew)"},
    {"e_lfanew at the end of 32 bits", [](PeEditor& e) { e.put32(0x3c, 0xfffffffe); },
     "its PE header is to be at file offset 0xfffffffe (e_lfanew)"},
    {"a 16-bit program", [](PeEditor& e) { set_signature(e, 0x454e); },
     "not a PE image: a 16-bit Windows or OS/2 program (NE)"},
    {"a VxD", [](PeEditor& e) { set_signature(e, 0x454c); }, "(LE)"},
    {"an OS/2 program", [](PeEditor& e) { set_signature(e, 0x584c); }, "(LX)"},
    {"a DOS program", [](PeEditor& e) { set_signature(e, 0x21cd); },
     "not a PE image: no PE signature at file offset 0x78"},
    {"a COFF header that is cut off", [](PeEditor& e) { e.bytes.resize(e.coff(19)); },
     "the COFF header is cut off"},
};

constexpr Malformation kOtherMachine[] = {
    {"an x86-64 image",
     [](PeEditor& e) {
       e.put16(e.coff(0), 0x8664);
       e.put16(e.optional(0), 0x20b);
     },
     "a 64-bit image (machine 0x8664, PE32+); sehlab runs 32-bit x86"},
    {"an ARM64 image", [](PeEditor& e) { e.put16(e.coff(0), 0xaa64); },
     "a 64-bit image (machine 0xaa64"},
    {"PE32+ for i386", [](PeEditor& e) { e.put16(e.optional(0), 0x20b); }, "a 64-bit image"},
    {"an ARM image", [](PeEditor& e) { e.put16(e.coff(0), 0x1c4); },
     "an image for machine 0x1c4; sehlab runs 32-bit x86 (machine 0x14c)"},
    {"a ROM image", [](PeEditor& e) { e.put16(e.optional(0), 0x107); },
     "the optional header's magic is 0x107, a PE32 image has 0x10b (file offset 0x90)"},
    {"a .NET image", [](PeEditor& e) { e.put32(e.directory(14), 0x2000); },
     "a .NET image (it has a COM descriptor)"},
    {"an image with link errors", [](PeEditor& e) { e.put16(e.coff(18), 0x100); },
     "not marked as executable"},
};

constexpr Malformation kOptionalHeader[] = {
    {"a short optional header", [](PeEditor& e) { e.put16(e.coff(16), 0x5f); },
     "the optional header has 0x5f bytes, a PE32 image has at least 0x60"},
    {"an optional header past the end", [](PeEditor& e) { e.put16(e.coff(16), 0xffff); },
     "the optional header ends at 0x1008f"},
    {"more directories than bytes for them", [](PeEditor& e) { e.put16(e.coff(16), 0x60); },
     "16 data directories do not fit into an optional header of 0x60 bytes"},
    {"sections aligned to less than a page", [](PeEditor& e) { e.put32(e.optional(32), 0x200); },
     "sections aligned to 0x200, less than a page, are not modelled"},
    {"a section alignment of no power of two", [](PeEditor& e) { e.put32(e.optional(32), 0x3000); },
     "are not powers of two"},
    {"no section alignment", [](PeEditor& e) { e.put32(e.optional(32), 0); },
     "are not powers of two"},
    {"no file alignment", [](PeEditor& e) { e.put32(e.optional(36), 0); }, "are not powers of two"},
    {"a file alignment below a sector", [](PeEditor& e) { e.put32(e.optional(36), 0x10); },
     "the file alignment 0x10 is not between 0x200 and the section alignment 0x1000"},
    {"a file alignment above that of sections",
     [](PeEditor& e) { e.put32(e.optional(36), 0x2000); }, "the file alignment 0x2000"},
    {"no size", [](PeEditor& e) { e.put32(e.optional(56), 0); }, "SizeOfImage is 0x0"},
    {"more than the address space", [](PeEditor& e) { e.put32(e.optional(56), 0xfffff000); },
     "SizeOfImage is 0xfffff000; a program's address space holds"},
    {"headers longer than the file", [](PeEditor& e) { e.put32(e.optional(60), 0x10000000); },
     "the headers end at file offset 0x10000000, the file has 0x"},
    {"headers without their section table", [](PeEditor& e) { e.put32(e.optional(60), 0x200); },
     "SizeOfHeaders is 0x200: it must hold the section table"},
    {"headers longer than the image", [](PeEditor& e) { e.put32(e.optional(56), 0x300); },
     "be inside the image of 0x300 bytes"},
    {"an image base inside a 64 KiB block", [](PeEditor& e) { e.put32(e.optional(28), 0x401000); },
     "the image base 0x401000 is not a multiple of 64 KiB"},
    {"an entry point outside", [](PeEditor& e) { e.put32(e.optional(16), 0x7f000000); },
     "the entry point 0x7f000000 is outside the image"},
    {"no entry point", [](PeEditor& e) { e.put32(e.optional(16), 0); },
     "a program without an entry point"},
};

constexpr Malformation kSections[] = {
    {"no sections", [](PeEditor& e) { e.put16(e.coff(2), 0); }, "an image without sections"},
    {"65535 sections", [](PeEditor& e) { e.put16(e.coff(2), 0xffff); },
     "it must hold the section table, which ends at 0x280148"},
    {"a section that is not aligned", [](PeEditor& e) { e.put32(e.section(1, 12), 0x2010); },
     "section \".rdata\" at RVA 0x2010 is not aligned to 0x1000"},
    {"a section over the headers", [](PeEditor& e) { e.put32(e.section(0, 12), 0); },
     "section \".text\" at RVA 0x0 lies over the headers, which end at 0x400"},
    {"two sections in one place", [](PeEditor& e) { e.put32(e.section(1, 12), 0x1000); },
     "section \".rdata\" at RVA 0x1000 overlaps section \".text\""},
    {"a section that reaches into the next", [](PeEditor& e) { e.put32(e.section(0, 8), 0x1001); },
     "section \".rdata\" at RVA 0x2000 overlaps section \".text\", which ends at 0x2001"},
    {"sections out of order",
     [](PeEditor& e) {
       e.put32(e.section(0, 12), 0x2000);
       e.put32(e.section(1, 12), 0x1000);
     },
     "section \".rdata\" at RVA 0x1000 overlaps section \".text\""},
    {"a gap between sections",
     [](PeEditor& e) {
       e.put32(e.section(e.last_section(), 12), e.get<std::uint32_t>(e.optional(56)));
       e.put32(e.optional(56), e.get<std::uint32_t>(e.optional(56)) + 0x10000);
     },
     "is not adjacent to section"},
    {"a section that ends outside the image",
     [](PeEditor& e) { e.put32(e.optional(56), e.get<std::uint32_t>(e.optional(56)) - 0x1000); },
     "outside the image of 0x"},
    {"a section of 4 GiB", [](PeEditor& e) { e.put32(e.section(2, 8), 0xffffffff); },
     "section \".data\" ends at RVA 0x100002fff, outside the image"},
    {"data past the end of the file", [](PeEditor& e) { e.put32(e.section(0, 16), 0x1000000); },
     "section \".text\" ends at file offset 0x1000400, the file has 0x"},
    {"data whose end wraps", [](PeEditor& e) { e.put32(e.section(0, 20), 0xfffffe00); },
     "section \".text\" ends at file offset 0x100000000, the file has 0x"},
    {"data inside a sector", [](PeEditor& e) { e.put32(e.section(0, 20), 0x410); },
     "section \".text\" has its data at file offset 0x410, which is no multiple of 0x200"},
    {"an unprintable section name",
     [](PeEditor& e) {
       e.put32(e.section(0, 0), 0x0a1b5b22);
       e.put32(e.section(0, 16), 0x1000000);
     },
     "section \"\\x22[\\x1b\\x0at\" ends at"},
};

}  // namespace

TEST_SUITE("load") {
  TEST_CASE("what is no PE image is told apart and refused") {
    check_refused("load_program.exe", kNotPe);
  }
  TEST_CASE("an image for another machine is refused by name") {
    check_refused("load_program.exe", kOtherMachine);
  }
  TEST_CASE("a damaged optional header is refused with its place") {
    check_refused("load_program.exe", kOptionalHeader);
  }
  TEST_CASE("a damaged section table is refused with the section's name") {
    check_refused("load_program.exe", kSections);
  }
}
