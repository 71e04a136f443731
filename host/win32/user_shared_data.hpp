// KUSER_SHARED_DATA: the page that the kernel shows every process, from which programs read the
// time without a call. As far as the system time of Windows 7, in which versions agree.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace sehlab::win32 {

/// KSYSTEM_TIME: a 64-bit time. The writer sets High2 first and High1 last; a reader whose two
/// high words differ reads again.
struct KSystemTime {
  std::uint32_t LowPart;
  std::int32_t High1Time;
  std::int32_t High2Time;
};
static_assert(sizeof(KSystemTime) == 0xc);

struct KUserSharedData {
  std::uint32_t TickCountLowDeprecated;
  std::uint32_t TickCountMultiplier;
  KSystemTime InterruptTime;  ///< since the start, 100 ns
  KSystemTime SystemTime;     ///< since 1601, 100 ns
  KSystemTime TimeZoneBias;
  std::uint16_t ImageNumberLow;
  std::uint16_t ImageNumberHigh;
  std::array<char16_t, 260> NtSystemRoot;
  std::uint32_t MaxStackTraceDepth;
  std::uint32_t CryptoExponent;
  std::uint32_t TimeZoneId;
  std::uint32_t LargePageMinimum;
  std::array<std::uint32_t, 7> Reserved2;
  std::uint32_t NtProductType;
  std::uint8_t ProductTypeIsValid;
  std::uint32_t NtMajorVersion;
  std::uint32_t NtMinorVersion;
  std::array<std::uint8_t, 64> ProcessorFeatures;
  std::uint32_t Reserved1;
  std::uint32_t Reserved3;
  std::uint32_t TimeSlip;
  std::uint32_t AlternativeArchitecture;
  std::uint32_t AltArchitecturePad;
  std::int64_t SystemExpirationDate;
  std::uint32_t SuiteMask;
  std::uint8_t KdDebuggerEnabled;
  std::uint8_t NXSupportPolicy;
  std::uint32_t ActiveConsoleId;
  std::uint32_t DismountCount;
  std::uint32_t ComPlusPackage;
  std::uint32_t LastSystemRITEventTickCount;
  std::uint32_t NumberOfPhysicalPages;
  std::uint8_t SafeBootMode;
  std::array<std::uint8_t, 3> TscQpcData;
  std::uint32_t SharedDataFlags;
  std::uint32_t DataFlagsPad;
  std::uint64_t TestRetInstruction;
  std::uint32_t SystemCall;
  std::uint32_t SystemCallReturn;
  std::array<std::uint64_t, 3> SystemCallPad;
  KSystemTime TickCount;  ///< ticks of the clock; times the multiplier over 2^24: milliseconds
};
static_assert(offsetof(KUserSharedData, TickCountMultiplier) == 0x4);
static_assert(offsetof(KUserSharedData, InterruptTime) == 0x8);
static_assert(offsetof(KUserSharedData, SystemTime) == 0x14);
static_assert(offsetof(KUserSharedData, TimeZoneBias) == 0x20);
static_assert(offsetof(KUserSharedData, ImageNumberLow) == 0x2c);
static_assert(offsetof(KUserSharedData, NtSystemRoot) == 0x30);
static_assert(offsetof(KUserSharedData, NtProductType) == 0x264);
static_assert(offsetof(KUserSharedData, ProductTypeIsValid) == 0x268);
static_assert(offsetof(KUserSharedData, NtMajorVersion) == 0x26c);
static_assert(offsetof(KUserSharedData, NtMinorVersion) == 0x270);
static_assert(offsetof(KUserSharedData, ProcessorFeatures) == 0x274);
static_assert(offsetof(KUserSharedData, AlternativeArchitecture) == 0x2c0);
static_assert(offsetof(KUserSharedData, SystemExpirationDate) == 0x2c8);
static_assert(offsetof(KUserSharedData, SuiteMask) == 0x2d0);
static_assert(offsetof(KUserSharedData, KdDebuggerEnabled) == 0x2d4);
static_assert(offsetof(KUserSharedData, NXSupportPolicy) == 0x2d5);
static_assert(offsetof(KUserSharedData, ActiveConsoleId) == 0x2d8);
static_assert(offsetof(KUserSharedData, NumberOfPhysicalPages) == 0x2e8);
static_assert(offsetof(KUserSharedData, TestRetInstruction) == 0x2f8);
static_assert(offsetof(KUserSharedData, SystemCall) == 0x300);
static_assert(offsetof(KUserSharedData, TickCount) == 0x320);

// indices of ProcessorFeatures
inline constexpr std::uint32_t PF_COMPARE_EXCHANGE_DOUBLE = 2, PF_MMX_INSTRUCTIONS_AVAILABLE = 3,
                               PF_XMMI_INSTRUCTIONS_AVAILABLE = 6,
                               PF_RDTSC_INSTRUCTION_AVAILABLE = 8,
                               PF_XMMI64_INSTRUCTIONS_AVAILABLE = 10, PF_NX_ENABLED = 12;

}  // namespace sehlab::win32
