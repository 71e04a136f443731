// Context: the processor state that a handler sees and edits (facts 1.3), and the
// flags that say which groups of it are valid.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace sehlab::win32 {

inline constexpr std::uint32_t CONTEXT_i386 = 0x00010000;
inline constexpr std::uint32_t CONTEXT_CONTROL = 0x00010001;   ///< Ebp Eip SegCs EFlags Esp SegSs
inline constexpr std::uint32_t CONTEXT_INTEGER = 0x00010002;   ///< Eax Ebx Ecx Edx Esi Edi
inline constexpr std::uint32_t CONTEXT_SEGMENTS = 0x00010004;  ///< SegDs SegEs SegFs SegGs
inline constexpr std::uint32_t CONTEXT_FLOATING_POINT = 0x00010008;      ///< FloatSave
inline constexpr std::uint32_t CONTEXT_DEBUG_REGISTERS = 0x00010010;     ///< Dr0-Dr3 Dr6 Dr7
inline constexpr std::uint32_t CONTEXT_EXTENDED_REGISTERS = 0x00010020;  ///< ExtendedRegisters
inline constexpr std::uint32_t CONTEXT_FULL = 0x00010007;
inline constexpr std::uint32_t CONTEXT_ALL = 0x0001003F;
inline constexpr std::uint32_t CONTEXT_XSTATE = 0x00010040;
inline constexpr std::uint32_t CONTEXT_EXCEPTION_ACTIVE = 0x08000000;
inline constexpr std::uint32_t CONTEXT_SERVICE_ACTIVE = 0x10000000;
inline constexpr std::uint32_t CONTEXT_EXCEPTION_REQUEST = 0x40000000;
inline constexpr std::uint32_t CONTEXT_EXCEPTION_REPORTING = 0x80000000;

/// FLOATING_SAVE_AREA: x87 state in FSAVE form.
struct FloatingSaveArea {
  std::uint32_t ControlWord;
  std::uint32_t StatusWord;
  std::uint32_t TagWord;
  std::uint32_t ErrorOffset;
  std::uint32_t ErrorSelector;  ///< low 16 bits selector, high 16 bits opcode
  std::uint32_t DataOffset;
  std::uint32_t DataSelector;
  std::array<std::uint8_t, 80> RegisterArea;  ///< eight of ten bytes each
  std::uint32_t Cr0NpxState;
};
static_assert(sizeof(FloatingSaveArea) == 0x70);
static_assert(offsetof(FloatingSaveArea, ControlWord) == 0x0);
static_assert(offsetof(FloatingSaveArea, StatusWord) == 0x4);
static_assert(offsetof(FloatingSaveArea, TagWord) == 0x8);
static_assert(offsetof(FloatingSaveArea, ErrorOffset) == 0xc);
static_assert(offsetof(FloatingSaveArea, ErrorSelector) == 0x10);
static_assert(offsetof(FloatingSaveArea, DataOffset) == 0x14);
static_assert(offsetof(FloatingSaveArea, DataSelector) == 0x18);
static_assert(offsetof(FloatingSaveArea, RegisterArea) == 0x1c);
static_assert(offsetof(FloatingSaveArea, Cr0NpxState) == 0x6c);

/// CONTEXT.
struct Context {
  std::uint32_t ContextFlags;
  std::uint32_t Dr0;
  std::uint32_t Dr1;
  std::uint32_t Dr2;
  std::uint32_t Dr3;
  std::uint32_t Dr6;
  std::uint32_t Dr7;
  FloatingSaveArea FloatSave;
  std::uint32_t SegGs;
  std::uint32_t SegFs;
  std::uint32_t SegEs;
  std::uint32_t SegDs;
  std::uint32_t Edi;
  std::uint32_t Esi;
  std::uint32_t Ebx;
  std::uint32_t Edx;
  std::uint32_t Ecx;
  std::uint32_t Eax;
  std::uint32_t Ebp;
  std::uint32_t Eip;
  std::uint32_t SegCs;
  std::uint32_t EFlags;
  std::uint32_t Esp;
  std::uint32_t SegSs;
  std::array<std::uint8_t, 512> ExtendedRegisters;  ///< FXSAVE image: MXCSR at +0x18, XMM0 at +0xA0
};
static_assert(sizeof(Context) == 0x2cc);
static_assert(offsetof(Context, ContextFlags) == 0x0);
static_assert(offsetof(Context, Dr0) == 0x4);
static_assert(offsetof(Context, Dr1) == 0x8);
static_assert(offsetof(Context, Dr2) == 0xc);
static_assert(offsetof(Context, Dr3) == 0x10);
static_assert(offsetof(Context, Dr6) == 0x14);
static_assert(offsetof(Context, Dr7) == 0x18);
static_assert(offsetof(Context, FloatSave) == 0x1c);
static_assert(offsetof(Context, SegGs) == 0x8c);
static_assert(offsetof(Context, SegFs) == 0x90);
static_assert(offsetof(Context, SegEs) == 0x94);
static_assert(offsetof(Context, SegDs) == 0x98);
static_assert(offsetof(Context, Edi) == 0x9c);
static_assert(offsetof(Context, Esi) == 0xa0);
static_assert(offsetof(Context, Ebx) == 0xa4);
static_assert(offsetof(Context, Edx) == 0xa8);
static_assert(offsetof(Context, Ecx) == 0xac);
static_assert(offsetof(Context, Eax) == 0xb0);
static_assert(offsetof(Context, Ebp) == 0xb4);
static_assert(offsetof(Context, Eip) == 0xb8);
static_assert(offsetof(Context, SegCs) == 0xbc);
static_assert(offsetof(Context, EFlags) == 0xc0);
static_assert(offsetof(Context, Esp) == 0xc4);
static_assert(offsetof(Context, SegSs) == 0xc8);
static_assert(offsetof(Context, ExtendedRegisters) == 0xcc);

/// CONTEXT_CHUNK.
struct ContextChunk {
  std::int32_t Offset;  ///< from the CONTEXT_EX itself
  std::uint32_t Length;
};
static_assert(sizeof(ContextChunk) == 0x8);
static_assert(offsetof(ContextChunk, Offset) == 0x0);
static_assert(offsetof(ContextChunk, Length) == 0x4);

/// CONTEXT_EX, behind the Context from Windows 7 on.
struct ContextEx {
  ContextChunk All;
  ContextChunk Legacy;
  ContextChunk XState;
};
static_assert(sizeof(ContextEx) == 0x18);
static_assert(offsetof(ContextEx, All) == 0x0);
static_assert(offsetof(ContextEx, Legacy) == 0x8);
static_assert(offsetof(ContextEx, XState) == 0x10);

}  // namespace sehlab::win32
