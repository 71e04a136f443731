// UnicodeString and ListEntry: the two small structures that others of Windows are made of.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "host/win32/pointer32.hpp"

namespace sehlab::win32 {

/// UNICODE_STRING: lengths in bytes, terminating zero not counted in Length.
struct UnicodeString {
  std::uint16_t Length;
  std::uint16_t MaximumLength;
  Pointer32 Buffer;  ///< UTF-16 in the guest
};
static_assert(sizeof(UnicodeString) == 0x8);
static_assert(offsetof(UnicodeString, Length) == 0x0);
static_assert(offsetof(UnicodeString, MaximumLength) == 0x2);
static_assert(offsetof(UnicodeString, Buffer) == 0x4);

/// LIST_ENTRY: a doubly linked ring through the entries themselves.
struct ListEntry {
  Pointer32 Flink;
  Pointer32 Blink;
};
static_assert(sizeof(ListEntry) == 0x8);
static_assert(offsetof(ListEntry, Flink) == 0x0);
static_assert(offsetof(ListEntry, Blink) == 0x4);

}  // namespace sehlab::win32
