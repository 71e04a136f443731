// The frames and scope tables of MSVC's C runtime: _except_handler3 and _except_handler4
// (facts 1.6). A filter or a __finally runs with EBP = registration + 0x10.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "host/win32/pointer32.hpp"

namespace sehlab::win32 {

/// A frame of either handler. Its registration record is at offset 8.
struct SehFrame {
  std::uint32_t SavedEsp;
  Pointer32 ExceptionPointers;  ///< stored by the handler before filters run
  Pointer32 Next;
  Pointer32 Handler;
  Pointer32 ScopeTable;  ///< _except_handler4: XOR the security cookie
  std::uint32_t TryLevel;
};
static_assert(sizeof(SehFrame) == 0x18);
static_assert(offsetof(SehFrame, SavedEsp) == 0x0);
static_assert(offsetof(SehFrame, ExceptionPointers) == 0x4);
static_assert(offsetof(SehFrame, Next) == 0x8);
static_assert(offsetof(SehFrame, Handler) == 0xc);
static_assert(offsetof(SehFrame, ScopeTable) == 0x10);
static_assert(offsetof(SehFrame, TryLevel) == 0x14);

/// One entry, for both handlers.
struct ScopeTableEntry {
  std::uint32_t EnclosingLevel;
  Pointer32 FilterFunc;  ///< 0: HandlerFunc is a __finally
  Pointer32 HandlerFunc;
};
static_assert(sizeof(ScopeTableEntry) == 0xc);
static_assert(offsetof(ScopeTableEntry, EnclosingLevel) == 0x0);
static_assert(offsetof(ScopeTableEntry, FilterFunc) == 0x4);
static_assert(offsetof(ScopeTableEntry, HandlerFunc) == 0x8);

/// The header before the entries of _except_handler4. Offsets are from EBP.
struct Eh4ScopeTable {
  std::int32_t GSCookieOffset;  ///< -2: none
  std::int32_t GSCookieXOROffset;
  std::int32_t EHCookieOffset;
  std::int32_t EHCookieXOROffset;
};
static_assert(sizeof(Eh4ScopeTable) == 0x10);
static_assert(offsetof(Eh4ScopeTable, GSCookieOffset) == 0x0);
static_assert(offsetof(Eh4ScopeTable, GSCookieXOROffset) == 0x4);
static_assert(offsetof(Eh4ScopeTable, EHCookieOffset) == 0x8);
static_assert(offsetof(Eh4ScopeTable, EHCookieXOROffset) == 0xc);

/// Try level outside every __try block.
inline constexpr std::uint32_t kEh3NoLevel = 0xFFFFFFFF;  ///< _except_handler3
inline constexpr std::uint32_t kEh4NoLevel = 0xFFFFFFFE;  ///< _except_handler4
inline constexpr std::int32_t kEh4NoGsCookie = -2;
/// EBP of a filter, a __finally or an __except block, from the registration record.
inline constexpr std::uint32_t kEhEbpFromRegistration = 0x10;

}  // namespace sehlab::win32
