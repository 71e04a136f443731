#include "emu/cpuid.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace sehlab::emu {
namespace {

constexpr std::uint32_t kHighest = 1, kHighestExtended = 0x80000004;
/// Family 15, model 2, stepping 9: a processor of the generation that SSE2 came with.
constexpr std::uint32_t kSignature = 0x00000f29;

// Feature bits of leaf 1, EDX (Intel SDM vol. 2, CPUID, table 3-11).
constexpr std::uint32_t kFpu = 1u << 0, kTsc = 1u << 4, kCx8 = 1u << 8, kSep = 1u << 11,
                        kCmov = 1u << 15, kClflush = 1u << 19, kMmx = 1u << 23, kFxsr = 1u << 24,
                        kSse = 1u << 25, kSse2 = 1u << 26;
constexpr std::uint32_t kFeatures =
    kFpu | kTsc | kCx8 | kSep | kCmov | kClflush | kMmx | kFxsr | kSse | kSse2;
/// EBX of leaf 1: a line of CLFLUSH in units of 8 bytes, from bit 8 on.
constexpr std::uint32_t kClflushLine = 64 / 8 << 8;

constexpr std::string_view kVendor = "sehlab x86  ";  // 12 letters: EBX, EDX, ECX
constexpr std::string_view kBrand = "sehlab emulated processor";
static_assert(kVendor.size() == 12 && kBrand.size() <= 48);

std::uint32_t letters(std::string_view text, std::size_t at) {
  std::uint32_t word = 0;
  if (at < text.size())
    std::memcpy(&word, text.data() + at, std::min<std::size_t>(4, text.size() - at));
  return word;
}

CpuidAnswer brand(std::size_t at) {
  return {letters(kBrand, at), letters(kBrand, at + 4), letters(kBrand, at + 8),
          letters(kBrand, at + 12)};
}

}  // namespace

CpuidAnswer cpuid(std::uint32_t leaf) {
  switch (leaf) {
    case 0:
      return {kHighest, letters(kVendor, 0), letters(kVendor, 8), letters(kVendor, 4)};
    case 1:
      return {kSignature, kClflushLine, 0, kFeatures};
    case 0x80000000:
      return {kHighestExtended, 0, 0, 0};
    case 0x80000002:
    case 0x80000003:
    case 0x80000004:
      return brand((leaf - 0x80000002) * 16);
    default:
      return {};
  }
}

}  // namespace sehlab::emu
