// DOS, COFF and optional header (PE/COFF specification: "MS-DOS Stub", "COFF File Header",
// "Optional Header").
#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "host/load/parse_steps.hpp"

namespace sehlab::load {
namespace {

using namespace win32;

/// Size of ImageOptionalHeader32 up to the data directories.
constexpr std::uint32_t kFixedOptionalHeader = offsetof(ImageOptionalHeader32, DataDirectory);
/// Windows reads raw data from whole sectors.
constexpr std::uint32_t kSector = 0x200;
/// A program's half of the address space, less the 64 KiB at either end that Windows keeps.
constexpr std::uint32_t kLargestImage = 0x7FFE0000;

Error not_a_pe(const Image& draft, const std::string& why) {
  return Error{draft.name, "not a PE image: " + why};
}

/// What stands at e_lfanew instead of a PE signature.
std::string other_program(std::uint32_t signature, std::uint32_t offset) {
  switch (signature & 0xFFFF) {
    case 0x454E:
      return "a 16-bit Windows or OS/2 program (NE)";
    case 0x454C:
      return "a VxD or 32-bit DOS program (LE)";
    case 0x584C:
      return "an OS/2 program (LX)";
    default:
      return fmt::format("no PE signature at file offset 0x{:x} (a DOS program?)", offset);
  }
}

/// Finds the COFF header: its file offset.
Result<std::uint32_t> find_coff_header(const ImageReader& reader, const Image& draft) {
  const auto magic = reader.at_offset<std::uint16_t>(0);
  if (!magic || *magic != IMAGE_DOS_SIGNATURE) {
    return tl::make_unexpected(not_a_pe(draft, "it does not begin with \"MZ\""));
  }
  const auto dos = reader.at_offset<ImageDosHeader>(0);
  if (!dos) {
    return tl::make_unexpected(not_a_pe(
        draft,
        fmt::format("the DOS header is 0x40 bytes, the file has 0x{:x}", reader.file_size())));
  }
  const auto signature = reader.at_offset<std::uint32_t>(dos->e_lfanew);
  if (!signature) {
    return tl::make_unexpected(not_a_pe(
        draft, fmt::format("its PE header is to be at file offset 0x{:x} (e_lfanew), the file has "
                           "0x{:x} bytes",
                           dos->e_lfanew, reader.file_size())));
  }
  if (*signature != IMAGE_NT_SIGNATURE) {
    return tl::make_unexpected(not_a_pe(draft, other_program(*signature, dos->e_lfanew)));
  }
  return dos->e_lfanew + static_cast<std::uint32_t>(sizeof(std::uint32_t));
}

/// Is it code that this lab runs?
Result<> check_machine(const ImageReader& reader, const ImageFileHeader& coff,
                       std::uint64_t offset) {
  const auto magic = reader.at_offset<std::uint16_t>(offset + sizeof(ImageFileHeader));
  constexpr std::uint16_t kArm64 = 0xAA64, kItanium = 0x0200;
  const bool wide = coff.Machine == IMAGE_FILE_MACHINE_AMD64 || coff.Machine == kArm64 ||
                    coff.Machine == kItanium;
  if (wide || (magic && *magic == IMAGE_NT_OPTIONAL_HDR64_MAGIC)) {
    return reader.refuse_at(
        offset, fmt::format("a 64-bit image (machine 0x{:x}, PE32+); sehlab runs 32-bit x86 "
                            "(machine 0x14c, PE32)",
                            coff.Machine));
  }
  if (coff.Machine != IMAGE_FILE_MACHINE_I386) {
    return reader.refuse_at(offset, fmt::format("an image for machine 0x{:x}; sehlab runs 32-bit "
                                                "x86 (machine 0x14c)",
                                                coff.Machine));
  }
  if (magic && *magic != IMAGE_NT_OPTIONAL_HDR32_MAGIC) {
    return reader.refuse_at(offset + sizeof(ImageFileHeader),
                            fmt::format("the optional header's magic is 0x{:x}, a PE32 image has "
                                        "0x10b",
                                        *magic));
  }
  return {};
}

Result<> check_alignments(const ImageReader& reader, const ImageOptionalHeader32& header,
                          std::uint64_t at) {
  const auto section = header.SectionAlignment, file = header.FileAlignment;
  const auto where = at + offsetof(ImageOptionalHeader32, SectionAlignment);
  if (!std::has_single_bit(section) || !std::has_single_bit(file)) {
    return reader.refuse_at(where, fmt::format("alignments of sections 0x{:x} and of the file "
                                               "0x{:x} are not powers of two",
                                               section, file));
  }
  // Windows maps such an image flat, as the file is; drivers and tiny demos are made so.
  if (section < kPageSize) {
    return reader.refuse_at(where, fmt::format("sections aligned to 0x{:x}, less than a page, are "
                                               "not modelled",
                                               section));
  }
  if (file < kSector || file > section) {
    return reader.refuse_at(where, fmt::format("the file alignment 0x{:x} is not between 0x200 "
                                               "and the section alignment 0x{:x}",
                                               file, section));
  }
  return {};
}

Result<> check_sizes(const ImageReader& reader, const ImageOptionalHeader32& header,
                     std::uint64_t at, std::uint64_t section_table_end) {
  const auto place = [at](std::size_t field) { return at + field; };
  if (header.SizeOfImage == 0 || header.SizeOfImage > kLargestImage) {
    return reader.refuse_at(place(offsetof(ImageOptionalHeader32, SizeOfImage)),
                            fmt::format("SizeOfImage is 0x{:x}; a program's address space holds "
                                        "0x{:x} bytes",
                                        header.SizeOfImage, kLargestImage));
  }
  const auto where = place(offsetof(ImageOptionalHeader32, SizeOfHeaders));
  if (header.SizeOfHeaders > reader.file_size()) {
    return reader.refuse_at(where, fmt::format("the headers end at file offset 0x{:x}, the file "
                                               "has 0x{:x} bytes",
                                               header.SizeOfHeaders, reader.file_size()));
  }
  if (header.SizeOfHeaders < section_table_end || header.SizeOfHeaders > header.SizeOfImage) {
    return reader.refuse_at(
        where, fmt::format("SizeOfHeaders is 0x{:x}: it must hold the section "
                           "table, which ends at 0x{:x}, and be inside the "
                           "image of 0x{:x} bytes",
                           header.SizeOfHeaders, section_table_end, header.SizeOfImage));
  }
  if (header.ImageBase % 0x10000 != 0) {
    return reader.refuse_at(
        place(offsetof(ImageOptionalHeader32, ImageBase)),
        fmt::format("the image base 0x{:x} is not a multiple of 64 KiB", header.ImageBase));
  }
  return {};
}

Result<> check_entry(const ImageReader& reader, const ImageOptionalHeader32& header,
                     std::uint64_t at, bool dll) {
  const auto where = at + offsetof(ImageOptionalHeader32, AddressOfEntryPoint);
  if (header.AddressOfEntryPoint >= header.SizeOfImage) {
    return reader.refuse_at(where, fmt::format("the entry point 0x{:x} is outside the image of "
                                               "0x{:x} bytes",
                                               header.AddressOfEntryPoint, header.SizeOfImage));
  }
  // Optional for a DLL (specification: AddressOfEntryPoint). Windows would run an EXE from its
  // DOS header, as "dec ebp; pop edx": nobody means that.
  if (header.AddressOfEntryPoint == 0 && !dll) {
    return reader.refuse_at(where, "a program without an entry point");
  }
  return {};
}

/// Copies the optional header, the directories that NumberOfRvaAndSizes leaves out as zeros.
Result<ImageOptionalHeader32> read_optional_header(const ImageReader& reader,
                                                   const ImageFileHeader& coff, std::uint64_t at) {
  const auto size = coff.SizeOfOptionalHeader;
  if (size < kFixedOptionalHeader) {
    return reader.refuse_at(at, fmt::format("the optional header has 0x{:x} bytes, a PE32 image "
                                            "has at least 0x{:x}",
                                            size, kFixedOptionalHeader));
  }
  if (at + size > reader.file_size()) {
    return reader.refuse_at(at, fmt::format("the optional header ends at 0x{:x}, the file has "
                                            "0x{:x} bytes",
                                            at + size, reader.file_size()));
  }
  ImageOptionalHeader32 header = {};
  const auto fixed = reader.at_offset<std::array<std::byte, kFixedOptionalHeader>>(at);
  std::memcpy(&header, fixed->data(), fixed->size());
  // Windows too looks at sixteen at most, however many the field promises.
  const auto count = std::min(header.NumberOfRvaAndSizes, IMAGE_NUMBEROF_DIRECTORY_ENTRIES);
  if (kFixedOptionalHeader + count * sizeof(ImageDataDirectory) > size) {
    return reader.refuse_at(at + offsetof(ImageOptionalHeader32, NumberOfRvaAndSizes),
                            fmt::format("{} data directories do not fit into an optional header "
                                        "of 0x{:x} bytes",
                                        count, size));
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    header.DataDirectory[i] = *reader.at_offset<ImageDataDirectory>(at + kFixedOptionalHeader +
                                                                    i * sizeof(ImageDataDirectory));
  }
  return header;
}

void take_over(const ImageFileHeader& coff, const ImageOptionalHeader32& header, Image& draft) {
  draft.preferred_base = GuestAddr{header.ImageBase};
  // The specification asks for a multiple of the section alignment; Windows counts whole pages.
  draft.size = static_cast<std::uint32_t>(round_up(header.SizeOfImage, kPageSize));
  draft.headers_size = header.SizeOfHeaders;
  draft.entry_rva = header.AddressOfEntryPoint;
  draft.characteristics = coff.Characteristics;
  draft.dll_characteristics = header.DllCharacteristics;
  draft.subsystem = header.Subsystem;
  draft.stack_reserve = header.SizeOfStackReserve;
  draft.stack_commit = header.SizeOfStackCommit;
}

/// Windows never looks at the symbol table of an image, so a damaged one is only remarked on.
void take_over_symbol_table(const ImageReader& reader, const ImageFileHeader& coff, Image& draft) {
  if (coff.PointerToSymbolTable == 0 || coff.NumberOfSymbols == 0) return;
  constexpr std::uint64_t kSymbolSize = 18;
  const auto end = coff.PointerToSymbolTable + coff.NumberOfSymbols * kSymbolSize;
  if (end > reader.file_size()) {
    draft.remarks.push_back(fmt::format(
        "the symbol table of {} entries at file offset 0x{:x} runs off the file: no symbols",
        coff.NumberOfSymbols, coff.PointerToSymbolTable));
    return;
  }
  draft.symbol_table_offset = coff.PointerToSymbolTable;
  draft.symbol_count = coff.NumberOfSymbols;
}

}  // namespace

Result<HeaderFacts> parse_headers(const ImageReader& reader, Image& draft) {
  if (reader.file_size() == 0) return fail(draft.name, "the file is empty");
  const auto coff_at = find_coff_header(reader, draft);
  if (!coff_at) return tl::make_unexpected(coff_at.error());
  const auto coff = reader.at_offset<ImageFileHeader>(*coff_at);
  if (!coff) return reader.refuse_at(*coff_at, "the COFF header is cut off");
  if (auto ok = check_machine(reader, *coff, *coff_at); !ok) return tl::make_unexpected(ok.error());

  const std::uint64_t optional_at = *coff_at + sizeof(ImageFileHeader);
  const auto header = read_optional_header(reader, *coff, optional_at);
  if (!header) return tl::make_unexpected(header.error());
  if ((coff->Characteristics & IMAGE_FILE_EXECUTABLE_IMAGE) == 0) {
    return reader.refuse_at(*coff_at + offsetof(ImageFileHeader, Characteristics),
                            "not marked as executable: the linker reported errors");
  }
  if (header->DataDirectory[IMAGE_DIRECTORY_ENTRY_COM_DESCRIPTOR].VirtualAddress != 0) {
    return fail(draft.name, "a .NET image (it has a COM descriptor); sehlab runs native code");
  }
  HeaderFacts facts;
  facts.section_table = optional_at + coff->SizeOfOptionalHeader;
  facts.section_count = coff->NumberOfSections;
  facts.section_alignment = header->SectionAlignment;
  facts.directories = header->DataDirectory;
  const auto table_end = facts.section_table + facts.section_count * sizeof(ImageSectionHeader);

  if (auto ok = check_alignments(reader, *header, optional_at); !ok) {
    return tl::make_unexpected(ok.error());
  }
  if (auto ok = check_sizes(reader, *header, optional_at, table_end); !ok) {
    return tl::make_unexpected(ok.error());
  }
  const bool dll = (coff->Characteristics & IMAGE_FILE_DLL) != 0;
  if (auto ok = check_entry(reader, *header, optional_at, dll); !ok) {
    return tl::make_unexpected(ok.error());
  }
  take_over(*coff, *header, draft);
  take_over_symbol_table(reader, *coff, draft);
  return facts;
}

}  // namespace sehlab::load
