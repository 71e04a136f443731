#include "host/gdb/register_block.hpp"

#include <algorithm>
#include <cstring>

namespace sehlab::gdb {
namespace {

constexpr const char* kCore = "org.gnu.gdb.i386.core";
constexpr const char* kSse = "org.gnu.gdb.i386.sse";
constexpr const char* kOwn = "org.sehlab.windows";

constexpr RegisterInfo word(const char* name, const char* type = "int32") {
  return {name, 32, type, kCore};
}
constexpr RegisterInfo x87(const char* name) {
  return {name, 80, "i387_ext", kCore};
}
constexpr RegisterInfo x87_control(const char* name) {
  return {name, 32, "int", kCore};
}
constexpr RegisterInfo xmm(const char* name) {
  return {name, 128, "vec128", kSse};
}

constexpr std::array kRegisters{
    word("eax"),
    word("ecx"),
    word("edx"),
    word("ebx"),
    word("esp", "data_ptr"),
    word("ebp", "data_ptr"),
    word("esi"),
    word("edi"),
    word("eip", "code_ptr"),
    word("eflags", "i386_eflags"),
    word("cs"),
    word("ss"),
    word("ds"),
    word("es"),
    word("fs"),
    word("gs"),
    x87("st0"),
    x87("st1"),
    x87("st2"),
    x87("st3"),
    x87("st4"),
    x87("st5"),
    x87("st6"),
    x87("st7"),
    x87_control("fctrl"),
    x87_control("fstat"),
    x87_control("ftag"),
    x87_control("fiseg"),
    x87_control("fioff"),
    x87_control("foseg"),
    x87_control("fooff"),
    x87_control("fop"),
    xmm("xmm0"),
    xmm("xmm1"),
    xmm("xmm2"),
    xmm("xmm3"),
    xmm("xmm4"),
    xmm("xmm5"),
    xmm("xmm6"),
    xmm("xmm7"),
    RegisterInfo{"mxcsr", 32, "i386_mxcsr", kSse},
    RegisterInfo{"fs_base", 32, "data_ptr", kOwn},
};
constexpr std::size_t kSt0 = 16, kControl = 24, kXmm0 = 32, kMxcsr = 40, kFsBase = 41;
constexpr std::size_t kX87Bytes = 10, kXmmBytes = 16;
using Fx = emu::FxState;

constexpr auto kOffsets = [] {
  std::array<std::size_t, kRegisters.size() + 1> offsets{};
  for (std::size_t i = 0; i < kRegisters.size(); ++i) {
    offsets[i + 1] = offsets[i] + kRegisters[i].bits / 8;
  }
  return offsets;
}();

/// Integer registers in the block's order.
constexpr std::array kWords{&emu::GeneralRegisters::eax, &emu::GeneralRegisters::ecx,
                            &emu::GeneralRegisters::edx, &emu::GeneralRegisters::ebx,
                            &emu::GeneralRegisters::esp, &emu::GeneralRegisters::ebp,
                            &emu::GeneralRegisters::esi, &emu::GeneralRegisters::edi,
                            &emu::GeneralRegisters::eip, &emu::GeneralRegisters::eflags};
constexpr std::array kSelectors{&emu::GeneralRegisters::cs, &emu::GeneralRegisters::ss,
                                &emu::GeneralRegisters::ds, &emu::GeneralRegisters::es,
                                &emu::GeneralRegisters::fs, &emu::GeneralRegisters::gs};

/// The x87's top of stack: bits 11 to 13 of the status word.
unsigned top(const Fx& fx) {
  return fx.get<std::uint16_t>(Fx::kFsw) >> 11 & 7;
}

}  // namespace

std::span<const RegisterInfo> register_list() {
  return kRegisters;
}

std::uint16_t full_tag_word(const Fx& fx) {
  constexpr unsigned kValid = 0, kZero = 1, kSpecial = 2, kEmpty = 3;
  constexpr std::uint16_t kExponent = 0x7fff;
  const auto used = fx.get<std::uint8_t>(Fx::kFtw);
  unsigned word_of_tags = 0;
  for (unsigned physical = 0; physical < 8; ++physical) {
    unsigned tag = kEmpty;
    if ((used >> physical & 1) != 0) {
      const std::size_t at = Fx::kSt + Fx::kRegisterBytes * ((physical - top(fx)) & 7);
      const auto mantissa = fx.get<std::uint64_t>(at);
      const unsigned exponent = fx.get<std::uint16_t>(at + 8) & kExponent;
      if (exponent == 0) {
        tag = mantissa == 0 ? kZero : kSpecial;
      } else {
        tag = exponent != kExponent && mantissa >> 63 != 0 ? kValid : kSpecial;
      }
    }
    word_of_tags |= tag << 2 * physical;
  }
  return static_cast<std::uint16_t>(word_of_tags);
}

std::uint8_t abridged_tag_word(std::uint16_t full) {
  unsigned used = 0;
  for (unsigned physical = 0; physical < 8; ++physical) {
    if ((full >> 2 * physical & 3) != 3) used |= 1U << physical;
  }
  return static_cast<std::uint8_t>(used);
}

RegisterBlock::RegisterBlock() : bytes_(kOffsets.back()) {}

RegisterBlock::RegisterBlock(const emu::GeneralRegisters& general, const Fx& fx, GuestAddr fs_base)
    : RegisterBlock() {
  std::size_t number = 0;
  for (const auto member : kWords) put(number++, general.*member);
  for (const auto member : kSelectors) put(number++, std::uint32_t{general.*member});
  for (std::size_t i = 0; i < 8; ++i) {
    std::memcpy(at(kSt0 + i).data(), fx.image.data() + Fx::kSt + i * Fx::kRegisterBytes, kX87Bytes);
    std::memcpy(at(kXmm0 + i).data(), fx.image.data() + Fx::kXmm + i * Fx::kRegisterBytes,
                kXmmBytes);
  }
  const std::array<std::uint32_t, 8> control{fx.get<std::uint16_t>(Fx::kFcw),
                                             fx.get<std::uint16_t>(Fx::kFsw),
                                             full_tag_word(fx),
                                             fx.get<std::uint16_t>(Fx::kFcs),
                                             fx.get<std::uint32_t>(Fx::kFip),
                                             fx.get<std::uint16_t>(Fx::kFds),
                                             fx.get<std::uint32_t>(Fx::kFdp),
                                             fx.get<std::uint16_t>(Fx::kFop)};
  for (std::size_t i = 0; i < control.size(); ++i) put(kControl + i, control[i]);
  put(kMxcsr, fx.get<std::uint32_t>(Fx::kMxcsr));
  put(kFsBase, fs_base.value);
}

void RegisterBlock::put_into(emu::GeneralRegisters& general, Fx& fx) const {
  std::size_t number = 0;
  for (const auto member : kWords) general.*member = get<std::uint32_t>(number++);
  for (const auto member : kSelectors) {
    general.*member = static_cast<std::uint16_t>(get<std::uint32_t>(number++));
  }
  for (std::size_t i = 0; i < 8; ++i) {
    std::memcpy(fx.image.data() + Fx::kSt + i * Fx::kRegisterBytes, at(kSt0 + i).data(), kX87Bytes);
    std::memcpy(fx.image.data() + Fx::kXmm + i * Fx::kRegisterBytes, at(kXmm0 + i).data(),
                kXmmBytes);
  }
  const auto half = [this](std::size_t i) {
    return static_cast<std::uint16_t>(get<std::uint32_t>(kControl + i));
  };
  fx.put(Fx::kFcw, half(0));
  fx.put(Fx::kFsw, half(1));
  fx.put(Fx::kFtw, abridged_tag_word(half(2)));
  fx.put(Fx::kFcs, half(3));
  fx.put(Fx::kFip, get<std::uint32_t>(kControl + 4));
  fx.put(Fx::kFds, half(5));
  fx.put(Fx::kFdp, get<std::uint32_t>(kControl + 6));
  fx.put(Fx::kFop, half(7));
  fx.put(Fx::kMxcsr, get<std::uint32_t>(kMxcsr));
}

std::span<std::byte> RegisterBlock::at(std::size_t number) {
  if (number >= kRegisters.size()) return {};
  return std::span(bytes_).subspan(kOffsets[number], kOffsets[number + 1] - kOffsets[number]);
}

std::span<const std::byte> RegisterBlock::at(std::size_t number) const {
  if (number >= kRegisters.size()) return {};
  return std::span(bytes_).subspan(kOffsets[number], kOffsets[number + 1] - kOffsets[number]);
}

template <typename T>
void RegisterBlock::put(std::size_t number, T value) {
  const auto to = at(number);
  std::memcpy(to.data(), &value, std::min(to.size(), sizeof(T)));
}

template <typename T>
T RegisterBlock::get(std::size_t number) const {
  T value{};
  const auto from = at(number);
  std::memcpy(&value, from.data(), std::min(from.size(), sizeof(T)));
  return value;
}

}  // namespace sehlab::gdb
