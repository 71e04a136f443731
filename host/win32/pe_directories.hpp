// What the data directories of a PE32 image point to: imports, exports, base relocations, TLS and
// load configuration (PE/COFF specification, "Special sections").
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "host/win32/pointer32.hpp"

namespace sehlab::win32 {

/// IMAGE_IMPORT_DESCRIPTOR; one of zeros ends the table.
struct ImageImportDescriptor {
  std::uint32_t OriginalFirstThunk;  ///< RVA of the lookup table; 0: use FirstThunk
  std::uint32_t TimeDateStamp;
  std::uint32_t ForwarderChain;
  std::uint32_t Name;        ///< RVA
  std::uint32_t FirstThunk;  ///< RVA of the import address table
};
static_assert(sizeof(ImageImportDescriptor) == 0x14);
static_assert(offsetof(ImageImportDescriptor, OriginalFirstThunk) == 0x0);
static_assert(offsetof(ImageImportDescriptor, TimeDateStamp) == 0x4);
static_assert(offsetof(ImageImportDescriptor, ForwarderChain) == 0x8);
static_assert(offsetof(ImageImportDescriptor, Name) == 0xc);
static_assert(offsetof(ImageImportDescriptor, FirstThunk) == 0x10);

/// Bit of a lookup entry that says: by ordinal, in the low 16 bits.
inline constexpr std::uint32_t IMAGE_ORDINAL_FLAG32 = 0x80000000;

/// IMAGE_EXPORT_DIRECTORY.
struct ImageExportDirectory {
  std::uint32_t Characteristics;
  std::uint32_t TimeDateStamp;
  std::uint16_t MajorVersion;
  std::uint16_t MinorVersion;
  std::uint32_t Name;
  std::uint32_t Base;  ///< ordinal of the first function
  std::uint32_t NumberOfFunctions;
  std::uint32_t NumberOfNames;
  std::uint32_t AddressOfFunctions;
  std::uint32_t AddressOfNames;
  std::uint32_t AddressOfNameOrdinals;  ///< indexes into the functions, Base not included
};
static_assert(sizeof(ImageExportDirectory) == 0x28);
static_assert(offsetof(ImageExportDirectory, Characteristics) == 0x0);
static_assert(offsetof(ImageExportDirectory, TimeDateStamp) == 0x4);
static_assert(offsetof(ImageExportDirectory, MajorVersion) == 0x8);
static_assert(offsetof(ImageExportDirectory, MinorVersion) == 0xa);
static_assert(offsetof(ImageExportDirectory, Name) == 0xc);
static_assert(offsetof(ImageExportDirectory, Base) == 0x10);
static_assert(offsetof(ImageExportDirectory, NumberOfFunctions) == 0x14);
static_assert(offsetof(ImageExportDirectory, NumberOfNames) == 0x18);
static_assert(offsetof(ImageExportDirectory, AddressOfFunctions) == 0x1c);
static_assert(offsetof(ImageExportDirectory, AddressOfNames) == 0x20);
static_assert(offsetof(ImageExportDirectory, AddressOfNameOrdinals) == 0x24);

/// IMAGE_BASE_RELOCATION: a block; 16-bit entries follow, type in the top four bits.
struct ImageBaseRelocation {
  std::uint32_t VirtualAddress;
  std::uint32_t SizeOfBlock;  ///< this header included
};
static_assert(sizeof(ImageBaseRelocation) == 0x8);
static_assert(offsetof(ImageBaseRelocation, VirtualAddress) == 0x0);
static_assert(offsetof(ImageBaseRelocation, SizeOfBlock) == 0x4);

inline constexpr std::uint16_t IMAGE_REL_BASED_ABSOLUTE = 0;  ///< padding
inline constexpr std::uint16_t IMAGE_REL_BASED_HIGHLOW = 3;

/// IMAGE_TLS_DIRECTORY32: addresses, not RVAs.
struct ImageTlsDirectory32 {
  Pointer32 StartAddressOfRawData;
  Pointer32 EndAddressOfRawData;
  Pointer32 AddressOfIndex;
  Pointer32 AddressOfCallBacks;  ///< zero-terminated array
  std::uint32_t SizeOfZeroFill;
  std::uint32_t Characteristics;
};
static_assert(sizeof(ImageTlsDirectory32) == 0x18);
static_assert(offsetof(ImageTlsDirectory32, StartAddressOfRawData) == 0x0);
static_assert(offsetof(ImageTlsDirectory32, EndAddressOfRawData) == 0x4);
static_assert(offsetof(ImageTlsDirectory32, AddressOfIndex) == 0x8);
static_assert(offsetof(ImageTlsDirectory32, AddressOfCallBacks) == 0xc);
static_assert(offsetof(ImageTlsDirectory32, SizeOfZeroFill) == 0x10);
static_assert(offsetof(ImageTlsDirectory32, Characteristics) == 0x14);

/// IMAGE_LOAD_CONFIG_DIRECTORY32 up to the SafeSEH table, which is as long as the first
/// versions were (facts 1.8); newer ones go on.
struct ImageLoadConfigDirectory32 {
  std::uint32_t Size;
  std::uint32_t TimeDateStamp;
  std::uint16_t MajorVersion;
  std::uint16_t MinorVersion;
  std::uint32_t GlobalFlagsClear;
  std::uint32_t GlobalFlagsSet;
  std::uint32_t CriticalSectionDefaultTimeout;
  std::uint32_t DeCommitFreeBlockThreshold;
  std::uint32_t DeCommitTotalFreeThreshold;
  std::uint32_t LockPrefixTable;
  std::uint32_t MaximumAllocationSize;
  std::uint32_t VirtualMemoryThreshold;
  std::uint32_t ProcessHeapFlags;
  std::uint32_t ProcessAffinityMask;
  std::uint16_t CSDVersion;
  std::uint16_t Reserved1;
  Pointer32 EditList;
  Pointer32 SecurityCookie;  ///< address of the cookie
  Pointer32 SEHandlerTable;  ///< address of the sorted RVAs
  std::uint32_t SEHandlerCount;
};
static_assert(sizeof(ImageLoadConfigDirectory32) == 0x48);
static_assert(offsetof(ImageLoadConfigDirectory32, Size) == 0x0);
static_assert(offsetof(ImageLoadConfigDirectory32, TimeDateStamp) == 0x4);
static_assert(offsetof(ImageLoadConfigDirectory32, MajorVersion) == 0x8);
static_assert(offsetof(ImageLoadConfigDirectory32, MinorVersion) == 0xa);
static_assert(offsetof(ImageLoadConfigDirectory32, GlobalFlagsClear) == 0xc);
static_assert(offsetof(ImageLoadConfigDirectory32, GlobalFlagsSet) == 0x10);
static_assert(offsetof(ImageLoadConfigDirectory32, CriticalSectionDefaultTimeout) == 0x14);
static_assert(offsetof(ImageLoadConfigDirectory32, DeCommitFreeBlockThreshold) == 0x18);
static_assert(offsetof(ImageLoadConfigDirectory32, DeCommitTotalFreeThreshold) == 0x1c);
static_assert(offsetof(ImageLoadConfigDirectory32, LockPrefixTable) == 0x20);
static_assert(offsetof(ImageLoadConfigDirectory32, MaximumAllocationSize) == 0x24);
static_assert(offsetof(ImageLoadConfigDirectory32, VirtualMemoryThreshold) == 0x28);
static_assert(offsetof(ImageLoadConfigDirectory32, ProcessHeapFlags) == 0x2c);
static_assert(offsetof(ImageLoadConfigDirectory32, ProcessAffinityMask) == 0x30);
static_assert(offsetof(ImageLoadConfigDirectory32, CSDVersion) == 0x34);
static_assert(offsetof(ImageLoadConfigDirectory32, Reserved1) == 0x36);
static_assert(offsetof(ImageLoadConfigDirectory32, EditList) == 0x38);
static_assert(offsetof(ImageLoadConfigDirectory32, SecurityCookie) == 0x3c);
static_assert(offsetof(ImageLoadConfigDirectory32, SEHandlerTable) == 0x40);
static_assert(offsetof(ImageLoadConfigDirectory32, SEHandlerCount) == 0x44);

}  // namespace sehlab::win32
