// The headers of a PE32 image: DOS, COFF and optional header, section table. Names and values as
// in the PE/COFF specification (MS-DOS stub, COFF file header, optional header, section table).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace sehlab::win32 {

inline constexpr std::uint16_t IMAGE_DOS_SIGNATURE = 0x5A4D;     ///< "MZ"
inline constexpr std::uint32_t IMAGE_NT_SIGNATURE = 0x00004550;  ///< "PE\0\0"
inline constexpr std::uint16_t IMAGE_NT_OPTIONAL_HDR32_MAGIC = 0x10B;
inline constexpr std::uint16_t IMAGE_NT_OPTIONAL_HDR64_MAGIC = 0x20B;
inline constexpr std::uint16_t IMAGE_FILE_MACHINE_I386 = 0x014C;
inline constexpr std::uint16_t IMAGE_FILE_MACHINE_AMD64 = 0x8664;

/// IMAGE_DOS_HEADER.
struct ImageDosHeader {
  std::uint16_t e_magic;
  std::uint16_t e_cblp;
  std::uint16_t e_cp;
  std::uint16_t e_crlc;
  std::uint16_t e_cparhdr;
  std::uint16_t e_minalloc;
  std::uint16_t e_maxalloc;
  std::uint16_t e_ss;
  std::uint16_t e_sp;
  std::uint16_t e_csum;
  std::uint16_t e_ip;
  std::uint16_t e_cs;
  std::uint16_t e_lfarlc;
  std::uint16_t e_ovno;
  std::array<std::uint16_t, 4> e_res;
  std::uint16_t e_oemid;
  std::uint16_t e_oeminfo;
  std::array<std::uint16_t, 10> e_res2;
  std::uint32_t e_lfanew;  ///< file offset of the PE signature
};
static_assert(sizeof(ImageDosHeader) == 0x40);
static_assert(offsetof(ImageDosHeader, e_magic) == 0x0);
static_assert(offsetof(ImageDosHeader, e_cblp) == 0x2);
static_assert(offsetof(ImageDosHeader, e_cp) == 0x4);
static_assert(offsetof(ImageDosHeader, e_crlc) == 0x6);
static_assert(offsetof(ImageDosHeader, e_cparhdr) == 0x8);
static_assert(offsetof(ImageDosHeader, e_minalloc) == 0xa);
static_assert(offsetof(ImageDosHeader, e_maxalloc) == 0xc);
static_assert(offsetof(ImageDosHeader, e_ss) == 0xe);
static_assert(offsetof(ImageDosHeader, e_sp) == 0x10);
static_assert(offsetof(ImageDosHeader, e_csum) == 0x12);
static_assert(offsetof(ImageDosHeader, e_ip) == 0x14);
static_assert(offsetof(ImageDosHeader, e_cs) == 0x16);
static_assert(offsetof(ImageDosHeader, e_lfarlc) == 0x18);
static_assert(offsetof(ImageDosHeader, e_ovno) == 0x1a);
static_assert(offsetof(ImageDosHeader, e_res) == 0x1c);
static_assert(offsetof(ImageDosHeader, e_oemid) == 0x24);
static_assert(offsetof(ImageDosHeader, e_oeminfo) == 0x26);
static_assert(offsetof(ImageDosHeader, e_res2) == 0x28);
static_assert(offsetof(ImageDosHeader, e_lfanew) == 0x3c);

/// IMAGE_FILE_HEADER.
struct ImageFileHeader {
  std::uint16_t Machine;
  std::uint16_t NumberOfSections;
  std::uint32_t TimeDateStamp;
  std::uint32_t PointerToSymbolTable;
  std::uint32_t NumberOfSymbols;
  std::uint16_t SizeOfOptionalHeader;
  std::uint16_t Characteristics;
};
static_assert(sizeof(ImageFileHeader) == 0x14);
static_assert(offsetof(ImageFileHeader, Machine) == 0x0);
static_assert(offsetof(ImageFileHeader, NumberOfSections) == 0x2);
static_assert(offsetof(ImageFileHeader, TimeDateStamp) == 0x4);
static_assert(offsetof(ImageFileHeader, PointerToSymbolTable) == 0x8);
static_assert(offsetof(ImageFileHeader, NumberOfSymbols) == 0xc);
static_assert(offsetof(ImageFileHeader, SizeOfOptionalHeader) == 0x10);
static_assert(offsetof(ImageFileHeader, Characteristics) == 0x12);

/// IMAGE_DATA_DIRECTORY.
struct ImageDataDirectory {
  std::uint32_t VirtualAddress;  ///< an RVA
  std::uint32_t Size;
};
static_assert(sizeof(ImageDataDirectory) == 0x8);
static_assert(offsetof(ImageDataDirectory, VirtualAddress) == 0x0);
static_assert(offsetof(ImageDataDirectory, Size) == 0x4);

inline constexpr std::uint32_t IMAGE_NUMBEROF_DIRECTORY_ENTRIES = 16;
inline constexpr std::uint32_t IMAGE_DIRECTORY_ENTRY_EXPORT = 0;
inline constexpr std::uint32_t IMAGE_DIRECTORY_ENTRY_IMPORT = 1;
inline constexpr std::uint32_t IMAGE_DIRECTORY_ENTRY_BASERELOC = 5;
inline constexpr std::uint32_t IMAGE_DIRECTORY_ENTRY_TLS = 9;
inline constexpr std::uint32_t IMAGE_DIRECTORY_ENTRY_LOAD_CONFIG = 10;
inline constexpr std::uint32_t IMAGE_DIRECTORY_ENTRY_COM_DESCRIPTOR = 14;

/// IMAGE_OPTIONAL_HEADER32.
struct ImageOptionalHeader32 {
  std::uint16_t Magic;
  std::uint8_t MajorLinkerVersion;
  std::uint8_t MinorLinkerVersion;
  std::uint32_t SizeOfCode;
  std::uint32_t SizeOfInitializedData;
  std::uint32_t SizeOfUninitializedData;
  std::uint32_t AddressOfEntryPoint;
  std::uint32_t BaseOfCode;
  std::uint32_t BaseOfData;
  std::uint32_t ImageBase;
  std::uint32_t SectionAlignment;
  std::uint32_t FileAlignment;
  std::uint16_t MajorOperatingSystemVersion;
  std::uint16_t MinorOperatingSystemVersion;
  std::uint16_t MajorImageVersion;
  std::uint16_t MinorImageVersion;
  std::uint16_t MajorSubsystemVersion;
  std::uint16_t MinorSubsystemVersion;
  std::uint32_t Win32VersionValue;
  std::uint32_t SizeOfImage;
  std::uint32_t SizeOfHeaders;
  std::uint32_t CheckSum;
  std::uint16_t Subsystem;
  std::uint16_t DllCharacteristics;
  std::uint32_t SizeOfStackReserve;
  std::uint32_t SizeOfStackCommit;
  std::uint32_t SizeOfHeapReserve;
  std::uint32_t SizeOfHeapCommit;
  std::uint32_t LoaderFlags;
  std::uint32_t NumberOfRvaAndSizes;
  std::array<ImageDataDirectory, 16> DataDirectory;
};
static_assert(sizeof(ImageOptionalHeader32) == 0xe0);
static_assert(offsetof(ImageOptionalHeader32, Magic) == 0x0);
static_assert(offsetof(ImageOptionalHeader32, MajorLinkerVersion) == 0x2);
static_assert(offsetof(ImageOptionalHeader32, MinorLinkerVersion) == 0x3);
static_assert(offsetof(ImageOptionalHeader32, SizeOfCode) == 0x4);
static_assert(offsetof(ImageOptionalHeader32, SizeOfInitializedData) == 0x8);
static_assert(offsetof(ImageOptionalHeader32, SizeOfUninitializedData) == 0xc);
static_assert(offsetof(ImageOptionalHeader32, AddressOfEntryPoint) == 0x10);
static_assert(offsetof(ImageOptionalHeader32, BaseOfCode) == 0x14);
static_assert(offsetof(ImageOptionalHeader32, BaseOfData) == 0x18);
static_assert(offsetof(ImageOptionalHeader32, ImageBase) == 0x1c);
static_assert(offsetof(ImageOptionalHeader32, SectionAlignment) == 0x20);
static_assert(offsetof(ImageOptionalHeader32, FileAlignment) == 0x24);
static_assert(offsetof(ImageOptionalHeader32, MajorOperatingSystemVersion) == 0x28);
static_assert(offsetof(ImageOptionalHeader32, MinorOperatingSystemVersion) == 0x2a);
static_assert(offsetof(ImageOptionalHeader32, MajorImageVersion) == 0x2c);
static_assert(offsetof(ImageOptionalHeader32, MinorImageVersion) == 0x2e);
static_assert(offsetof(ImageOptionalHeader32, MajorSubsystemVersion) == 0x30);
static_assert(offsetof(ImageOptionalHeader32, MinorSubsystemVersion) == 0x32);
static_assert(offsetof(ImageOptionalHeader32, Win32VersionValue) == 0x34);
static_assert(offsetof(ImageOptionalHeader32, SizeOfImage) == 0x38);
static_assert(offsetof(ImageOptionalHeader32, SizeOfHeaders) == 0x3c);
static_assert(offsetof(ImageOptionalHeader32, CheckSum) == 0x40);
static_assert(offsetof(ImageOptionalHeader32, Subsystem) == 0x44);
static_assert(offsetof(ImageOptionalHeader32, DllCharacteristics) == 0x46);
static_assert(offsetof(ImageOptionalHeader32, SizeOfStackReserve) == 0x48);
static_assert(offsetof(ImageOptionalHeader32, SizeOfStackCommit) == 0x4c);
static_assert(offsetof(ImageOptionalHeader32, SizeOfHeapReserve) == 0x50);
static_assert(offsetof(ImageOptionalHeader32, SizeOfHeapCommit) == 0x54);
static_assert(offsetof(ImageOptionalHeader32, LoaderFlags) == 0x58);
static_assert(offsetof(ImageOptionalHeader32, NumberOfRvaAndSizes) == 0x5c);
static_assert(offsetof(ImageOptionalHeader32, DataDirectory) == 0x60);

/// IMAGE_SECTION_HEADER.
struct ImageSectionHeader {
  std::array<std::uint8_t, 8> Name;  ///< zero-padded; "/123": offset in the COFF string table
  std::uint32_t VirtualSize;         ///< Windows' Misc.VirtualSize
  std::uint32_t VirtualAddress;
  std::uint32_t SizeOfRawData;
  std::uint32_t PointerToRawData;
  std::uint32_t PointerToRelocations;
  std::uint32_t PointerToLinenumbers;
  std::uint16_t NumberOfRelocations;
  std::uint16_t NumberOfLinenumbers;
  std::uint32_t Characteristics;
};
static_assert(sizeof(ImageSectionHeader) == 0x28);
static_assert(offsetof(ImageSectionHeader, Name) == 0x0);
static_assert(offsetof(ImageSectionHeader, VirtualSize) == 0x8);
static_assert(offsetof(ImageSectionHeader, VirtualAddress) == 0xc);
static_assert(offsetof(ImageSectionHeader, SizeOfRawData) == 0x10);
static_assert(offsetof(ImageSectionHeader, PointerToRawData) == 0x14);
static_assert(offsetof(ImageSectionHeader, PointerToRelocations) == 0x18);
static_assert(offsetof(ImageSectionHeader, PointerToLinenumbers) == 0x1c);
static_assert(offsetof(ImageSectionHeader, NumberOfRelocations) == 0x20);
static_assert(offsetof(ImageSectionHeader, NumberOfLinenumbers) == 0x22);
static_assert(offsetof(ImageSectionHeader, Characteristics) == 0x24);

// ImageFileHeader::Characteristics
inline constexpr std::uint16_t IMAGE_FILE_RELOCS_STRIPPED = 0x0001;
inline constexpr std::uint16_t IMAGE_FILE_EXECUTABLE_IMAGE = 0x0002;
inline constexpr std::uint16_t IMAGE_FILE_DLL = 0x2000;

// ImageOptionalHeader32::Subsystem
inline constexpr std::uint16_t IMAGE_SUBSYSTEM_NATIVE = 1;
inline constexpr std::uint16_t IMAGE_SUBSYSTEM_WINDOWS_GUI = 2;
inline constexpr std::uint16_t IMAGE_SUBSYSTEM_WINDOWS_CUI = 3;

// ImageOptionalHeader32::DllCharacteristics
inline constexpr std::uint16_t IMAGE_DLLCHARACTERISTICS_DYNAMIC_BASE = 0x0040;
inline constexpr std::uint16_t IMAGE_DLLCHARACTERISTICS_NX_COMPAT = 0x0100;
inline constexpr std::uint16_t IMAGE_DLLCHARACTERISTICS_NO_SEH = 0x0400;

// ImageSectionHeader::Characteristics
inline constexpr std::uint32_t IMAGE_SCN_CNT_CODE = 0x00000020;
inline constexpr std::uint32_t IMAGE_SCN_CNT_INITIALIZED_DATA = 0x00000040;
inline constexpr std::uint32_t IMAGE_SCN_CNT_UNINITIALIZED_DATA = 0x00000080;
inline constexpr std::uint32_t IMAGE_SCN_MEM_DISCARDABLE = 0x02000000;
inline constexpr std::uint32_t IMAGE_SCN_MEM_SHARED = 0x10000000;
inline constexpr std::uint32_t IMAGE_SCN_MEM_EXECUTE = 0x20000000;
inline constexpr std::uint32_t IMAGE_SCN_MEM_READ = 0x40000000;
inline constexpr std::uint32_t IMAGE_SCN_MEM_WRITE = 0x80000000;

}  // namespace sehlab::win32
