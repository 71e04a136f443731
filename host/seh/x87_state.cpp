#include "host/seh/x87_state.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace sehlab::seh {
namespace {

// FXSAVE's image, Intel SDM vol. 1 table 10-2.
constexpr std::size_t kFcw = 0, kFsw = 2, kFtw = 4, kFop = 6, kFip = 8, kFcs = 12, kFdp = 16,
                      kFds = 20, kSt0 = 32, kFxStride = 16, kFnStride = 10;
constexpr std::size_t kRegisters = 8;
// FNSAVE leaves ones in the reserved upper halves of its words (SDM vol. 1, figure 8-9).
constexpr std::uint32_t kReservedHalf = 0xffff0000;
constexpr std::uint32_t kTagValid = 0, kTagZero = 1, kTagSpecial = 2, kTagEmpty = 3;

template <typename T>
T load(const emu::FxState& fx, std::size_t at) {
  T value;
  std::memcpy(&value, fx.image.data() + at, sizeof(T));
  return value;
}

template <typename T>
void store(emu::FxState& fx, std::size_t at, T value) {
  std::memcpy(fx.image.data() + at, &value, sizeof(T));
}

/// The full tag of a register that is not empty (SDM vol. 1, table 10-1).
std::uint32_t tag_of(const emu::FxState& fx, std::size_t st) {
  const auto significand = load<std::uint64_t>(fx, kSt0 + st * kFxStride);
  const std::uint16_t exponent = load<std::uint16_t>(fx, kSt0 + st * kFxStride + 8) & 0x7fff;
  const bool integer_bit = (significand >> 63) != 0;
  if (exponent == 0) return significand == 0 ? kTagZero : kTagSpecial;
  if (exponent == 0x7fff || !integer_bit) return kTagSpecial;
  return kTagValid;
}

}  // namespace

win32::FloatingSaveArea float_save(const emu::FxState& fx) {
  const auto status = load<std::uint16_t>(fx, kFsw);
  const auto present = load<std::uint8_t>(fx, kFtw);
  const std::size_t top = (status >> 11) & 7;
  // Tags are by physical register, the saved registers by their place in the stack.
  std::uint32_t tags = 0;
  for (std::size_t physical = 0; physical < kRegisters; ++physical) {
    const bool empty = ((present >> physical) & 1) == 0;
    const std::uint32_t tag = empty ? kTagEmpty : tag_of(fx, (physical + kRegisters - top) % 8);
    tags |= tag << (2 * physical);
  }
  win32::FloatingSaveArea area{};
  area.ControlWord = kReservedHalf | load<std::uint16_t>(fx, kFcw);
  area.StatusWord = kReservedHalf | status;
  area.TagWord = kReservedHalf | tags;
  area.ErrorOffset = load<std::uint32_t>(fx, kFip);
  area.ErrorSelector = load<std::uint16_t>(fx, kFcs) | std::uint32_t{load<std::uint16_t>(fx, kFop)}
                                                           << 16;
  area.DataOffset = load<std::uint32_t>(fx, kFdp);
  area.DataSelector = kReservedHalf | load<std::uint16_t>(fx, kFds);
  for (std::size_t st = 0; st < kRegisters; ++st) {
    std::memcpy(area.RegisterArea.data() + st * kFnStride, fx.image.data() + kSt0 + st * kFxStride,
                kFnStride);
  }
  return area;
}

void put_float_save(const win32::FloatingSaveArea& area, emu::FxState& fx) {
  unsigned present = 0;
  for (unsigned physical = 0; physical < kRegisters; ++physical) {
    if (((area.TagWord >> (2 * physical)) & 3) != kTagEmpty) present |= 1u << physical;
  }
  store(fx, kFcw, static_cast<std::uint16_t>(area.ControlWord));
  store(fx, kFsw, static_cast<std::uint16_t>(area.StatusWord));
  store(fx, kFtw, static_cast<std::uint8_t>(present));
  store(fx, kFop, static_cast<std::uint16_t>(area.ErrorSelector >> 16));
  store(fx, kFip, area.ErrorOffset);
  store(fx, kFcs, static_cast<std::uint16_t>(area.ErrorSelector));
  store(fx, kFdp, area.DataOffset);
  store(fx, kFds, static_cast<std::uint16_t>(area.DataSelector));
  for (std::size_t st = 0; st < kRegisters; ++st) {
    std::memcpy(fx.image.data() + kSt0 + st * kFxStride, area.RegisterArea.data() + st * kFnStride,
                kFnStride);
  }
}

}  // namespace sehlab::seh
