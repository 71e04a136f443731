// NtTib and Teb: the thread environment block that FS:0 names on 32-bit Windows
// (facts 1.1). Fields that the lab does not use are left as bytes named Unlisted.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "host/win32/pointer32.hpp"
#include "host/win32/unicode_string.hpp"

namespace sehlab::win32 {

/// Value of ExceptionList (and of a record's Next) at the end of the chain.
inline constexpr Pointer32 kChainEnd = 0xFFFFFFFF;

/// NT_TIB, the part of the TEB that is documented.
struct NtTib {
  Pointer32 ExceptionList;  ///< head of the chain of registration records, or kChainEnd
  Pointer32 StackBase;      ///< high end of the stack, exclusive
  Pointer32 StackLimit;     ///< lowest committed address that is not guard page
  Pointer32 SubSystemTib;
  Pointer32 FiberData;             ///< also 'Version'
  Pointer32 ArbitraryUserPointer;  ///< Go's thread-local slot
  Pointer32 Self;                  ///< linear address of the TEB
};
static_assert(sizeof(NtTib) == 0x1c);
static_assert(offsetof(NtTib, ExceptionList) == 0x0);
static_assert(offsetof(NtTib, StackBase) == 0x4);
static_assert(offsetof(NtTib, StackLimit) == 0x8);
static_assert(offsetof(NtTib, SubSystemTib) == 0xc);
static_assert(offsetof(NtTib, FiberData) == 0x10);
static_assert(offsetof(NtTib, ArbitraryUserPointer) == 0x14);
static_assert(offsetof(NtTib, Self) == 0x18);

/// CLIENT_ID.
struct ClientId {
  std::uint32_t UniqueProcess;
  std::uint32_t UniqueThread;
};
static_assert(sizeof(ClientId) == 0x8);
static_assert(offsetof(ClientId, UniqueProcess) == 0x0);
static_assert(offsetof(ClientId, UniqueThread) == 0x4);

/// TEB. Its size differs between versions of Windows; one page holds all of them.
struct Teb {
  NtTib Tib;
  Pointer32 EnvironmentPointer;
  win32::ClientId ClientId;
  std::uint32_t ActiveRpcHandle;
  Pointer32 ThreadLocalStoragePointer;
  Pointer32 ProcessEnvironmentBlock;
  std::uint32_t LastErrorValue;
  std::uint32_t CountOfOwnedCriticalSections;
  Pointer32 CsrClientThread;
  Pointer32 Win32ThreadInfo;
  std::array<std::uint8_t, 0x7c> Unlisted044;
  Pointer32 WOW32Reserved;  ///< WOW64 transition
  std::uint32_t CurrentLocale;
  std::array<std::uint8_t, 0xdc> Unlisted0C8;
  std::uint32_t ExceptionCode;  ///< status that KiRaiseUserExceptionDispatcher raises
  Pointer32 ActivationContextStackPointer;
  std::array<std::uint8_t, 0xa48> Unlisted1AC;
  std::uint32_t LastStatusValue;
  UnicodeString StaticUnicodeString;
  std::array<std::uint16_t, 261> StaticUnicodeBuffer;
  std::array<std::uint8_t, 0x2> UnlistedE0A;
  Pointer32 DeallocationStack;  ///< bottom of the stack's reservation
  std::array<std::uint32_t, 64> TlsSlots;
  ListEntry TlsLinks;
  std::array<std::uint8_t, 0x10> UnlistedF18;
  std::uint32_t HardErrorMode;
  std::array<std::uint8_t, 0x4c> UnlistedF2C;
  std::uint32_t GuaranteedStackBytes;  ///< SetThreadStackGuarantee
  std::array<std::uint8_t, 0x18> UnlistedF7C;
  Pointer32 TlsExpansionSlots;
  std::array<std::uint8_t, 0x1c> UnlistedF98;
  Pointer32 FlsData;
  std::array<std::uint8_t, 0x12> UnlistedFB8;
  std::uint16_t SameTebFlags;  ///< bit 9: RtlExceptionAttached
  std::array<std::uint8_t, 0x34> UnlistedFCC;
};
static_assert(sizeof(Teb) == 0x1000);
static_assert(offsetof(Teb, Tib) == 0x0);
static_assert(offsetof(Teb, EnvironmentPointer) == 0x1c);
static_assert(offsetof(Teb, ClientId) == 0x20);
static_assert(offsetof(Teb, ActiveRpcHandle) == 0x28);
static_assert(offsetof(Teb, ThreadLocalStoragePointer) == 0x2c);
static_assert(offsetof(Teb, ProcessEnvironmentBlock) == 0x30);
static_assert(offsetof(Teb, LastErrorValue) == 0x34);
static_assert(offsetof(Teb, CountOfOwnedCriticalSections) == 0x38);
static_assert(offsetof(Teb, CsrClientThread) == 0x3c);
static_assert(offsetof(Teb, Win32ThreadInfo) == 0x40);
static_assert(offsetof(Teb, Unlisted044) == 0x44);
static_assert(offsetof(Teb, WOW32Reserved) == 0xc0);
static_assert(offsetof(Teb, CurrentLocale) == 0xc4);
static_assert(offsetof(Teb, Unlisted0C8) == 0xc8);
static_assert(offsetof(Teb, ExceptionCode) == 0x1a4);
static_assert(offsetof(Teb, ActivationContextStackPointer) == 0x1a8);
static_assert(offsetof(Teb, Unlisted1AC) == 0x1ac);
static_assert(offsetof(Teb, LastStatusValue) == 0xbf4);
static_assert(offsetof(Teb, StaticUnicodeString) == 0xbf8);
static_assert(offsetof(Teb, StaticUnicodeBuffer) == 0xc00);
static_assert(offsetof(Teb, UnlistedE0A) == 0xe0a);
static_assert(offsetof(Teb, DeallocationStack) == 0xe0c);
static_assert(offsetof(Teb, TlsSlots) == 0xe10);
static_assert(offsetof(Teb, TlsLinks) == 0xf10);
static_assert(offsetof(Teb, UnlistedF18) == 0xf18);
static_assert(offsetof(Teb, HardErrorMode) == 0xf28);
static_assert(offsetof(Teb, UnlistedF2C) == 0xf2c);
static_assert(offsetof(Teb, GuaranteedStackBytes) == 0xf78);
static_assert(offsetof(Teb, UnlistedF7C) == 0xf7c);
static_assert(offsetof(Teb, TlsExpansionSlots) == 0xf94);
static_assert(offsetof(Teb, UnlistedF98) == 0xf98);
static_assert(offsetof(Teb, FlsData) == 0xfb4);
static_assert(offsetof(Teb, UnlistedFB8) == 0xfb8);
static_assert(offsetof(Teb, SameTebFlags) == 0xfca);
static_assert(offsetof(Teb, UnlistedFCC) == 0xfcc);

/// SameTebFlags: SEHOP's check of the final handler applies to this thread (facts 1.1).
inline constexpr std::uint16_t kSameTebRtlExceptionAttached = 0x200;

}  // namespace sehlab::win32
