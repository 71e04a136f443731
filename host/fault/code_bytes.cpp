#include "host/fault/code_bytes.hpp"

namespace sehlab::fault {

std::optional<std::uint32_t> CodeBytes::number(std::uint32_t bytes) {
  std::uint32_t value = 0;
  for (std::uint32_t i = 0; i < bytes; ++i) {
    const auto byte = next();
    if (!byte) return std::nullopt;
    value |= std::uint32_t{*byte} << (8 * i);
  }
  if (bytes != 0 && bytes < 4 && (value >> (8 * bytes - 1)) != 0) value |= ~0u << (8 * bytes);
  return value;
}

Prefixes CodeBytes::prefixes() {
  Prefixes found;
  for (;;) {
    const GuestAddr before = at_;
    const auto byte = next();
    if (!byte) {
      found.nothing_else = taken() == kLongestInstruction;
      return found;
    }
    switch (*byte) {
      case 0x26:
      case 0x2e:
      case 0x36:
      case 0x3e:
      case 0x64:
      case 0x65:
        found.segment = *byte;
        break;
      case 0x66:
        found.operand_size = true;
        break;
      case 0x67:
        found.address_size = true;
        break;
      case 0xf0:
        found.lock = true;
        break;
      case 0xf2:
      case 0xf3:
        break;
      default:
        at_ = before;
        return found;
    }
  }
}

}  // namespace sehlab::fault
