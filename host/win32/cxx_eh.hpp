// The tables of MSVC's C++ exceptions, as __CxxFrameHandler3 and _CxxThrowException read them
// (facts 1.6).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "host/win32/pointer32.hpp"

namespace sehlab::win32 {

inline constexpr std::uint32_t kCxxExceptionCode = 0xE06D7363;
/// FuncInfo::magicNumber, low 29 bits.
inline constexpr std::uint32_t kCxxMagicVc6 = 0x19930520;
inline constexpr std::uint32_t kCxxMagicVc7 = 0x19930521;  ///< has pESTypeList
inline constexpr std::uint32_t kCxxMagicVc8 = 0x19930522;  ///< has EHFlags
inline constexpr std::uint32_t kCxxMagicMask = 0x1FFFFFFF;

/// A frame with C++ objects. Its registration record is at offset 4; a funclet runs with
/// EBP = registration + 0xC.
struct CxxFrame {
  std::uint32_t SavedEsp;
  Pointer32 Next;
  Pointer32 Handler;
  std::uint32_t State;
};
static_assert(sizeof(CxxFrame) == 0x10);
static_assert(offsetof(CxxFrame, SavedEsp) == 0x0);
static_assert(offsetof(CxxFrame, Next) == 0x4);
static_assert(offsetof(CxxFrame, Handler) == 0x8);
static_assert(offsetof(CxxFrame, State) == 0xc);

/// FuncInfo.
struct CxxFuncInfo {
  std::uint32_t magicNumber;
  std::uint32_t maxState;
  Pointer32 pUnwindMap;
  std::uint32_t nTryBlocks;
  Pointer32 pTryBlockMap;
  std::uint32_t nIPMapEntries;
  Pointer32 pIPtoStateMap;
  Pointer32 pESTypeList;
  std::uint32_t EHFlags;  ///< bit 0: only C++ exceptions; bit 2: noexcept
};
static_assert(sizeof(CxxFuncInfo) == 0x24);
static_assert(offsetof(CxxFuncInfo, magicNumber) == 0x0);
static_assert(offsetof(CxxFuncInfo, maxState) == 0x4);
static_assert(offsetof(CxxFuncInfo, pUnwindMap) == 0x8);
static_assert(offsetof(CxxFuncInfo, nTryBlocks) == 0xc);
static_assert(offsetof(CxxFuncInfo, pTryBlockMap) == 0x10);
static_assert(offsetof(CxxFuncInfo, nIPMapEntries) == 0x14);
static_assert(offsetof(CxxFuncInfo, pIPtoStateMap) == 0x18);
static_assert(offsetof(CxxFuncInfo, pESTypeList) == 0x1c);
static_assert(offsetof(CxxFuncInfo, EHFlags) == 0x20);

/// UnwindMapEntry.
struct CxxUnwindMapEntry {
  std::int32_t toState;
  Pointer32 action;
};
static_assert(sizeof(CxxUnwindMapEntry) == 0x8);
static_assert(offsetof(CxxUnwindMapEntry, toState) == 0x0);
static_assert(offsetof(CxxUnwindMapEntry, action) == 0x4);

/// TryBlockMapEntry.
struct CxxTryBlockMapEntry {
  std::int32_t tryLow;
  std::int32_t tryHigh;
  std::int32_t catchHigh;
  std::uint32_t nCatches;
  Pointer32 pHandlerArray;
};
static_assert(sizeof(CxxTryBlockMapEntry) == 0x14);
static_assert(offsetof(CxxTryBlockMapEntry, tryLow) == 0x0);
static_assert(offsetof(CxxTryBlockMapEntry, tryHigh) == 0x4);
static_assert(offsetof(CxxTryBlockMapEntry, catchHigh) == 0x8);
static_assert(offsetof(CxxTryBlockMapEntry, nCatches) == 0xc);
static_assert(offsetof(CxxTryBlockMapEntry, pHandlerArray) == 0x10);

/// HandlerType: one catch clause.
struct CxxHandlerType {
  std::uint32_t adjectives;  ///< 1 const, 2 volatile, 8 reference, 0x40 catch(...)
  Pointer32 pType;
  std::int32_t dispCatchObj;  ///< from EBP
  Pointer32 addressOfHandler;
};
static_assert(sizeof(CxxHandlerType) == 0x10);
static_assert(offsetof(CxxHandlerType, adjectives) == 0x0);
static_assert(offsetof(CxxHandlerType, pType) == 0x4);
static_assert(offsetof(CxxHandlerType, dispCatchObj) == 0x8);
static_assert(offsetof(CxxHandlerType, addressOfHandler) == 0xc);

/// ThrowInfo.
struct CxxThrowInfo {
  std::uint32_t attributes;
  Pointer32 pmfnUnwind;
  Pointer32 pForwardCompat;
  Pointer32 pCatchableTypeArray;
};
static_assert(sizeof(CxxThrowInfo) == 0x10);
static_assert(offsetof(CxxThrowInfo, attributes) == 0x0);
static_assert(offsetof(CxxThrowInfo, pmfnUnwind) == 0x4);
static_assert(offsetof(CxxThrowInfo, pForwardCompat) == 0x8);
static_assert(offsetof(CxxThrowInfo, pCatchableTypeArray) == 0xc);

/// PMD: where in a complete object a base lies.
struct CxxPmd {
  std::int32_t mdisp;
  std::int32_t pdisp;  ///< -1: no virtual base
  std::int32_t vdisp;
};
static_assert(sizeof(CxxPmd) == 0xc);
static_assert(offsetof(CxxPmd, mdisp) == 0x0);
static_assert(offsetof(CxxPmd, pdisp) == 0x4);
static_assert(offsetof(CxxPmd, vdisp) == 0x8);

/// CatchableType.
struct CxxCatchableType {
  std::uint32_t properties;  ///< 1 simple type, 4 virtual base
  Pointer32 pType;
  CxxPmd thisDisplacement;
  std::uint32_t sizeOrOffset;
  Pointer32 copyFunction;
};
static_assert(sizeof(CxxCatchableType) == 0x1c);
static_assert(offsetof(CxxCatchableType, properties) == 0x0);
static_assert(offsetof(CxxCatchableType, pType) == 0x4);
static_assert(offsetof(CxxCatchableType, thisDisplacement) == 0x8);
static_assert(offsetof(CxxCatchableType, sizeOrOffset) == 0x14);
static_assert(offsetof(CxxCatchableType, copyFunction) == 0x18);

}  // namespace sehlab::win32
