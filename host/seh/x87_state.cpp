#include "host/seh/x87_state.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace sehlab::seh {
namespace {

using Fx = emu::FxState;
constexpr std::size_t kFxStride = Fx::kRegisterBytes, kFnStride = 10;
constexpr std::size_t kRegisters = 8;
// FNSAVE leaves ones in the reserved upper halves of its words (SDM vol. 1, figure 8-9).
constexpr std::uint32_t kReservedHalf = 0xffff0000;
constexpr std::uint32_t kTagValid = 0, kTagZero = 1, kTagSpecial = 2, kTagEmpty = 3;

/// The full tag of a register that is not empty (SDM vol. 1, table 10-1).
std::uint32_t tag_of(const emu::FxState& fx, std::size_t st) {
  const auto significand = fx.get<std::uint64_t>(Fx::kSt + st * kFxStride);
  const std::uint16_t exponent = fx.get<std::uint16_t>(Fx::kSt + st * kFxStride + 8) & 0x7fff;
  const bool integer_bit = (significand >> 63) != 0;
  if (exponent == 0) return significand == 0 ? kTagZero : kTagSpecial;
  if (exponent == 0x7fff || !integer_bit) return kTagSpecial;
  return kTagValid;
}

}  // namespace

win32::FloatingSaveArea float_save(const emu::FxState& fx) {
  const auto status = fx.get<std::uint16_t>(Fx::kFsw);
  const auto present = fx.get<std::uint8_t>(Fx::kFtw);
  const std::size_t top = (status >> 11) & 7;
  // Tags are by physical register, the saved registers by their place in the stack.
  std::uint32_t tags = 0;
  for (std::size_t physical = 0; physical < kRegisters; ++physical) {
    const bool empty = ((present >> physical) & 1) == 0;
    const std::uint32_t tag = empty ? kTagEmpty : tag_of(fx, (physical + kRegisters - top) % 8);
    tags |= tag << (2 * physical);
  }
  win32::FloatingSaveArea area{};
  area.ControlWord = kReservedHalf | fx.get<std::uint16_t>(Fx::kFcw);
  area.StatusWord = kReservedHalf | status;
  area.TagWord = kReservedHalf | tags;
  area.ErrorOffset = fx.get<std::uint32_t>(Fx::kFip);
  area.ErrorSelector =
      fx.get<std::uint16_t>(Fx::kFcs) | std::uint32_t{fx.get<std::uint16_t>(Fx::kFop)} << 16;
  area.DataOffset = fx.get<std::uint32_t>(Fx::kFdp);
  area.DataSelector = kReservedHalf | fx.get<std::uint16_t>(Fx::kFds);
  for (std::size_t st = 0; st < kRegisters; ++st) {
    std::memcpy(area.RegisterArea.data() + st * kFnStride,
                fx.image.data() + Fx::kSt + st * kFxStride, kFnStride);
  }
  return area;
}

void put_float_save(const win32::FloatingSaveArea& area, emu::FxState& fx) {
  unsigned present = 0;
  for (unsigned physical = 0; physical < kRegisters; ++physical) {
    if (((area.TagWord >> (2 * physical)) & 3) != kTagEmpty) present |= 1u << physical;
  }
  fx.put(Fx::kFcw, static_cast<std::uint16_t>(area.ControlWord));
  fx.put(Fx::kFsw, static_cast<std::uint16_t>(area.StatusWord));
  fx.put(Fx::kFtw, static_cast<std::uint8_t>(present));
  fx.put(Fx::kFop, static_cast<std::uint16_t>(area.ErrorSelector >> 16));
  fx.put(Fx::kFip, area.ErrorOffset);
  fx.put(Fx::kFcs, static_cast<std::uint16_t>(area.ErrorSelector));
  fx.put(Fx::kFdp, area.DataOffset);
  fx.put(Fx::kFds, static_cast<std::uint16_t>(area.DataSelector));
  for (std::size_t st = 0; st < kRegisters; ++st) {
    std::memcpy(fx.image.data() + Fx::kSt + st * kFxStride,
                area.RegisterArea.data() + st * kFnStride, kFnStride);
  }
}

}  // namespace sehlab::seh
