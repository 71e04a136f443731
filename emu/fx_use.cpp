#include "emu/fx_use.hpp"

#include <bit>
#include <span>

namespace sehlab::emu {
namespace {

constexpr std::uint32_t kTaskSwitched = 0x8;  // CR0.TS, Intel SDM vol. 3, 2.5
constexpr GuestAddr kCode = BootPage::kBase;

/// Loads CR0 as the guest's own code does, and leaves a state that depends on nothing but that.
bool load_cr0(Engine& engine, BootPage& page, std::uint32_t value) {
  const std::array<std::uint8_t, 4> code{0x0f, 0x22, 0xc0, 0xcc};  // mov cr0, eax; int3
  page.put(kCode, code);
  engine.set(Reg::Eax, value);
  const EngineStop& stop = page.run(kCode);
  engine.set(Reg::Eax, 0);
  return stop.cause == EngineStop::Cause::Interrupt && stop.vector == 3;
}

}  // namespace

bool FxUse::calibrate(BootPage& page) {
  const auto start = engine_.new_state(), clear = engine_.new_state();
  scratch_ = engine_.new_state();
  engine_.save(*start);
  const std::uint32_t cr0 = engine_.get(Reg::Cr0);
  bool ran = load_cr0(engine_, page, cr0);
  engine_.save(*clear);
  ran = load_cr0(engine_, page, cr0 | kTaskSwitched) && ran;
  engine_.save(*scratch_);
  engine_.restore(*start);

  bit_count_ = 0;
  const auto without = clear->bytes(), with = scratch_->bytes();
  for (std::size_t at = 0; at < with.size(); ++at) {
    const std::byte difference = with[at] ^ without[at];
    if (difference == std::byte{}) continue;
    const bool one_bit = std::has_single_bit(std::to_integer<unsigned>(difference));
    if (!one_bit || (with[at] & difference) == std::byte{} || bit_count_ == bits_.size()) {
      bit_count_ = 0;
      return false;
    }
    bits_[bit_count_++] = {at, difference};
  }
  return ran && bit_count_ != 0;
}

void FxUse::set(bool on) {
  engine_.save(*scratch_);
  for (const Bit& bit : std::span(bits_).first(bit_count_)) {
    std::byte& byte = scratch_->bytes()[bit.at];
    byte = on ? byte | bit.mask : byte & ~bit.mask;
  }
  engine_.restore(*scratch_);
}

}  // namespace sehlab::emu
