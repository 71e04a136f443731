// ImageSymbol: an entry of the COFF symbol table, which lld keeps in an image when asked for debug
// information (PE/COFF specification, "COFF Symbol Table").
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace sehlab::win32 {

/// IMAGE_SYMBOL: 18 bytes, packed; the entries after it may be auxiliary ones.
#pragma pack(push, 2)
struct ImageSymbol {
  std::array<std::uint8_t, 8> Name;  ///< or four zeros and an offset into the string table
  std::uint32_t Value;
  std::int16_t SectionNumber;  ///< 1-based; 0 undefined, -1 absolute, -2 debug
  std::uint16_t Type;
  std::uint8_t StorageClass;
  std::uint8_t NumberOfAuxSymbols;
};
#pragma pack(pop)
static_assert(sizeof(ImageSymbol) == 0x12);
static_assert(offsetof(ImageSymbol, Name) == 0x0);
static_assert(offsetof(ImageSymbol, Value) == 0x8);
static_assert(offsetof(ImageSymbol, SectionNumber) == 0xc);
static_assert(offsetof(ImageSymbol, Type) == 0xe);
static_assert(offsetof(ImageSymbol, StorageClass) == 0x10);
static_assert(offsetof(ImageSymbol, NumberOfAuxSymbols) == 0x11);

inline constexpr std::uint16_t kSymbolTypeFunction = 0x20;
inline constexpr std::uint8_t IMAGE_SYM_CLASS_EXTERNAL = 2;
inline constexpr std::uint8_t IMAGE_SYM_CLASS_STATIC = 3;
inline constexpr std::uint8_t IMAGE_SYM_CLASS_LABEL = 6;
inline constexpr std::uint8_t IMAGE_SYM_CLASS_FILE = 103;

}  // namespace sehlab::win32
