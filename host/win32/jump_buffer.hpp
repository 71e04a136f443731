// JumpBuffer: what _setjmp3 saves and longjmp restores (facts 1.7).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "host/win32/pointer32.hpp"

namespace sehlab::win32 {

/// _JUMP_BUFFER.
struct JumpBuffer {
  std::uint32_t Ebp;
  std::uint32_t Ebx;
  std::uint32_t Edi;
  std::uint32_t Esi;
  std::uint32_t Esp;
  std::uint32_t Eip;
  Pointer32 Registration;
  std::uint32_t TryLevel;
  std::uint32_t Cookie;
  Pointer32 UnwindFunc;
  std::array<std::uint32_t, 6> UnwindData;
};
static_assert(sizeof(JumpBuffer) == 0x40);
static_assert(offsetof(JumpBuffer, Ebp) == 0x0);
static_assert(offsetof(JumpBuffer, Ebx) == 0x4);
static_assert(offsetof(JumpBuffer, Edi) == 0x8);
static_assert(offsetof(JumpBuffer, Esi) == 0xc);
static_assert(offsetof(JumpBuffer, Esp) == 0x10);
static_assert(offsetof(JumpBuffer, Eip) == 0x14);
static_assert(offsetof(JumpBuffer, Registration) == 0x18);
static_assert(offsetof(JumpBuffer, TryLevel) == 0x1c);
static_assert(offsetof(JumpBuffer, Cookie) == 0x20);
static_assert(offsetof(JumpBuffer, UnwindFunc) == 0x24);
static_assert(offsetof(JumpBuffer, UnwindData) == 0x28);

inline constexpr std::uint32_t kJumpBufferCookie = 0x56433230;  ///< 'VC20'

}  // namespace sehlab::win32
