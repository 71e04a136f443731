// Peb: the process environment block, and what it points to of the loader and of the command
// line. Windows 7 layout; all offsets below 0x1D8 are the same from Windows 2000 on.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "host/win32/pointer32.hpp"
#include "host/win32/unicode_string.hpp"

namespace sehlab::win32 {

/// PEB.
struct Peb {
  std::uint8_t InheritedAddressSpace;
  std::uint8_t ReadImageFileExecOptions;
  std::uint8_t BeingDebugged;
  std::uint8_t BitField;
  std::uint32_t Mutant;
  Pointer32 ImageBaseAddress;
  Pointer32 Ldr;                ///< PebLdrData
  Pointer32 ProcessParameters;  ///< RtlUserProcessParameters
  Pointer32 SubSystemData;
  Pointer32 ProcessHeap;
  Pointer32 FastPebLock;
  Pointer32 AtlThunkSListPtr;
  Pointer32 IFEOKey;
  std::uint32_t CrossProcessFlags;
  Pointer32 KernelCallbackTable;
  std::uint32_t SystemReserved;
  std::uint32_t AtlThunkSListPtr32;
  Pointer32 ApiSetMap;
  std::uint32_t TlsExpansionCounter;
  Pointer32 TlsBitmap;
  std::array<std::uint32_t, 2> TlsBitmapBits;
  Pointer32 ReadOnlySharedMemoryBase;
  Pointer32 HotpatchInformation;
  Pointer32 ReadOnlyStaticServerData;
  Pointer32 AnsiCodePageData;
  Pointer32 OemCodePageData;
  Pointer32 UnicodeCaseTableData;
  std::uint32_t NumberOfProcessors;
  std::uint32_t NtGlobalFlag;
  std::array<std::uint8_t, 0x4> Unlisted06C;
  std::array<std::uint32_t, 2> CriticalSectionTimeout;  ///< LARGE_INTEGER
  std::uint32_t HeapSegmentReserve;
  std::uint32_t HeapSegmentCommit;
  std::uint32_t HeapDeCommitTotalFreeThreshold;
  std::uint32_t HeapDeCommitFreeBlockThreshold;
  std::uint32_t NumberOfHeaps;
  std::uint32_t MaximumNumberOfHeaps;
  Pointer32 ProcessHeaps;
  Pointer32 GdiSharedHandleTable;
  Pointer32 ProcessStarterHelper;
  std::uint32_t GdiDCAttributeList;
  Pointer32 LoaderLock;
  std::uint32_t OSMajorVersion;
  std::uint32_t OSMinorVersion;
  std::uint16_t OSBuildNumber;
  std::uint16_t OSCSDVersion;
  std::uint32_t OSPlatformId;
  std::uint32_t ImageSubsystem;
  std::uint32_t ImageSubsystemMajorVersion;
  std::uint32_t ImageSubsystemMinorVersion;
  std::uint32_t ActiveProcessAffinityMask;
  std::array<std::uint32_t, 34> GdiHandleBuffer;
  Pointer32 PostProcessInitRoutine;
  Pointer32 TlsExpansionBitmap;
  std::array<std::uint32_t, 32> TlsExpansionBitmapBits;
  std::uint32_t SessionId;
  std::array<std::uint8_t, 0x70> Unlisted1D8;
};
static_assert(sizeof(Peb) == 0x248);
static_assert(offsetof(Peb, InheritedAddressSpace) == 0x0);
static_assert(offsetof(Peb, ReadImageFileExecOptions) == 0x1);
static_assert(offsetof(Peb, BeingDebugged) == 0x2);
static_assert(offsetof(Peb, BitField) == 0x3);
static_assert(offsetof(Peb, Mutant) == 0x4);
static_assert(offsetof(Peb, ImageBaseAddress) == 0x8);
static_assert(offsetof(Peb, Ldr) == 0xc);
static_assert(offsetof(Peb, ProcessParameters) == 0x10);
static_assert(offsetof(Peb, SubSystemData) == 0x14);
static_assert(offsetof(Peb, ProcessHeap) == 0x18);
static_assert(offsetof(Peb, FastPebLock) == 0x1c);
static_assert(offsetof(Peb, AtlThunkSListPtr) == 0x20);
static_assert(offsetof(Peb, IFEOKey) == 0x24);
static_assert(offsetof(Peb, CrossProcessFlags) == 0x28);
static_assert(offsetof(Peb, KernelCallbackTable) == 0x2c);
static_assert(offsetof(Peb, SystemReserved) == 0x30);
static_assert(offsetof(Peb, AtlThunkSListPtr32) == 0x34);
static_assert(offsetof(Peb, ApiSetMap) == 0x38);
static_assert(offsetof(Peb, TlsExpansionCounter) == 0x3c);
static_assert(offsetof(Peb, TlsBitmap) == 0x40);
static_assert(offsetof(Peb, TlsBitmapBits) == 0x44);
static_assert(offsetof(Peb, ReadOnlySharedMemoryBase) == 0x4c);
static_assert(offsetof(Peb, HotpatchInformation) == 0x50);
static_assert(offsetof(Peb, ReadOnlyStaticServerData) == 0x54);
static_assert(offsetof(Peb, AnsiCodePageData) == 0x58);
static_assert(offsetof(Peb, OemCodePageData) == 0x5c);
static_assert(offsetof(Peb, UnicodeCaseTableData) == 0x60);
static_assert(offsetof(Peb, NumberOfProcessors) == 0x64);
static_assert(offsetof(Peb, NtGlobalFlag) == 0x68);
static_assert(offsetof(Peb, Unlisted06C) == 0x6c);
static_assert(offsetof(Peb, CriticalSectionTimeout) == 0x70);
static_assert(offsetof(Peb, HeapSegmentReserve) == 0x78);
static_assert(offsetof(Peb, HeapSegmentCommit) == 0x7c);
static_assert(offsetof(Peb, HeapDeCommitTotalFreeThreshold) == 0x80);
static_assert(offsetof(Peb, HeapDeCommitFreeBlockThreshold) == 0x84);
static_assert(offsetof(Peb, NumberOfHeaps) == 0x88);
static_assert(offsetof(Peb, MaximumNumberOfHeaps) == 0x8c);
static_assert(offsetof(Peb, ProcessHeaps) == 0x90);
static_assert(offsetof(Peb, GdiSharedHandleTable) == 0x94);
static_assert(offsetof(Peb, ProcessStarterHelper) == 0x98);
static_assert(offsetof(Peb, GdiDCAttributeList) == 0x9c);
static_assert(offsetof(Peb, LoaderLock) == 0xa0);
static_assert(offsetof(Peb, OSMajorVersion) == 0xa4);
static_assert(offsetof(Peb, OSMinorVersion) == 0xa8);
static_assert(offsetof(Peb, OSBuildNumber) == 0xac);
static_assert(offsetof(Peb, OSCSDVersion) == 0xae);
static_assert(offsetof(Peb, OSPlatformId) == 0xb0);
static_assert(offsetof(Peb, ImageSubsystem) == 0xb4);
static_assert(offsetof(Peb, ImageSubsystemMajorVersion) == 0xb8);
static_assert(offsetof(Peb, ImageSubsystemMinorVersion) == 0xbc);
static_assert(offsetof(Peb, ActiveProcessAffinityMask) == 0xc0);
static_assert(offsetof(Peb, GdiHandleBuffer) == 0xc4);
static_assert(offsetof(Peb, PostProcessInitRoutine) == 0x14c);
static_assert(offsetof(Peb, TlsExpansionBitmap) == 0x150);
static_assert(offsetof(Peb, TlsExpansionBitmapBits) == 0x154);
static_assert(offsetof(Peb, SessionId) == 0x1d4);
static_assert(offsetof(Peb, Unlisted1D8) == 0x1d8);

/// PEB_LDR_DATA: the heads of the three lists of modules.
struct PebLdrData {
  std::uint32_t Length;
  std::uint32_t Initialized;
  Pointer32 SsHandle;
  ListEntry InLoadOrderModuleList;
  ListEntry InMemoryOrderModuleList;
  ListEntry InInitializationOrderModuleList;
};
static_assert(sizeof(PebLdrData) == 0x24);
static_assert(offsetof(PebLdrData, Length) == 0x0);
static_assert(offsetof(PebLdrData, Initialized) == 0x4);
static_assert(offsetof(PebLdrData, SsHandle) == 0x8);
static_assert(offsetof(PebLdrData, InLoadOrderModuleList) == 0xc);
static_assert(offsetof(PebLdrData, InMemoryOrderModuleList) == 0x14);
static_assert(offsetof(PebLdrData, InInitializationOrderModuleList) == 0x1c);

/// LDR_DATA_TABLE_ENTRY: one module, as far as every version of Windows agrees.
struct LdrDataTableEntry {
  ListEntry InLoadOrderLinks;
  ListEntry InMemoryOrderLinks;
  ListEntry InInitializationOrderLinks;
  Pointer32 DllBase;
  Pointer32 EntryPoint;
  std::uint32_t SizeOfImage;
  UnicodeString FullDllName;
  UnicodeString BaseDllName;
  std::uint32_t Flags;
  std::uint16_t LoadCount;
  std::uint16_t TlsIndex;
  ListEntry HashLinks;
  std::uint32_t TimeDateStamp;
};
static_assert(sizeof(LdrDataTableEntry) == 0x48);
static_assert(offsetof(LdrDataTableEntry, InLoadOrderLinks) == 0x0);
static_assert(offsetof(LdrDataTableEntry, InMemoryOrderLinks) == 0x8);
static_assert(offsetof(LdrDataTableEntry, InInitializationOrderLinks) == 0x10);
static_assert(offsetof(LdrDataTableEntry, DllBase) == 0x18);
static_assert(offsetof(LdrDataTableEntry, EntryPoint) == 0x1c);
static_assert(offsetof(LdrDataTableEntry, SizeOfImage) == 0x20);
static_assert(offsetof(LdrDataTableEntry, FullDllName) == 0x24);
static_assert(offsetof(LdrDataTableEntry, BaseDllName) == 0x2c);
static_assert(offsetof(LdrDataTableEntry, Flags) == 0x34);
static_assert(offsetof(LdrDataTableEntry, LoadCount) == 0x38);
static_assert(offsetof(LdrDataTableEntry, TlsIndex) == 0x3a);
static_assert(offsetof(LdrDataTableEntry, HashLinks) == 0x3c);
static_assert(offsetof(LdrDataTableEntry, TimeDateStamp) == 0x44);

/// RTL_USER_PROCESS_PARAMETERS, up to the environment.
struct RtlUserProcessParameters {
  std::uint32_t MaximumLength;
  std::uint32_t Length;
  std::uint32_t Flags;
  std::uint32_t DebugFlags;
  std::uint32_t ConsoleHandle;
  std::uint32_t ConsoleFlags;
  std::uint32_t StandardInput;
  std::uint32_t StandardOutput;
  std::uint32_t StandardError;
  UnicodeString CurrentDirectoryPath;
  std::uint32_t CurrentDirectoryHandle;
  UnicodeString DllPath;
  UnicodeString ImagePathName;
  UnicodeString CommandLine;
  Pointer32 Environment;
};
static_assert(sizeof(RtlUserProcessParameters) == 0x4c);
static_assert(offsetof(RtlUserProcessParameters, MaximumLength) == 0x0);
static_assert(offsetof(RtlUserProcessParameters, Length) == 0x4);
static_assert(offsetof(RtlUserProcessParameters, Flags) == 0x8);
static_assert(offsetof(RtlUserProcessParameters, DebugFlags) == 0xc);
static_assert(offsetof(RtlUserProcessParameters, ConsoleHandle) == 0x10);
static_assert(offsetof(RtlUserProcessParameters, ConsoleFlags) == 0x14);
static_assert(offsetof(RtlUserProcessParameters, StandardInput) == 0x18);
static_assert(offsetof(RtlUserProcessParameters, StandardOutput) == 0x1c);
static_assert(offsetof(RtlUserProcessParameters, StandardError) == 0x20);
static_assert(offsetof(RtlUserProcessParameters, CurrentDirectoryPath) == 0x24);
static_assert(offsetof(RtlUserProcessParameters, CurrentDirectoryHandle) == 0x2c);
static_assert(offsetof(RtlUserProcessParameters, DllPath) == 0x30);
static_assert(offsetof(RtlUserProcessParameters, ImagePathName) == 0x38);
static_assert(offsetof(RtlUserProcessParameters, CommandLine) == 0x40);
static_assert(offsetof(RtlUserProcessParameters, Environment) == 0x48);

}  // namespace sehlab::win32
