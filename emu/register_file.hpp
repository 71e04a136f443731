// RegisterFile: Registers over the engine, in as few calls into it as can be.
#pragma once

#include <vector>

#include "emu/descriptor_table.hpp"
#include "emu/engine.hpp"
#include "emu/registers.hpp"

namespace sehlab::emu {

class RegisterFile final : public Registers {
 public:
  RegisterFile(Engine& engine, DescriptorTable& descriptors);

  GeneralRegisters general() const override;
  bool set_general(const GeneralRegisters& values) override;
  FxState fx() const override;
  void set_fx(const FxState& state) override;
  DebugRegisters debug() const override { return debug_; }
  void set_debug(const DebugRegisters& values) override { debug_ = values; }
  GuestAddr fs_base() const override { return descriptors_.teb_base(); }

  /// Points the TEB segment at `base` and loads FS anew when it selects it.
  void set_fs_base(GuestAddr base);

 private:
  bool set_segments(const GeneralRegisters& values);

  Engine& engine_;
  DescriptorTable& descriptors_;
  DebugRegisters debug_;
  std::vector<int> integer_numbers_, segment_numbers_, all_numbers_, fx_numbers_;
};

/// The bits of EFLAGS that a program may change: ReactOS' test of NtContinue finds 0x3c0cd5
/// (facts: seh-x86.md 3.8); TF belongs to them since NtContinue sets it.
inline constexpr std::uint32_t kEflagsOfUser = 0x3c0cd5 | kEflagsTf;
/// Bit 1 reads as one always (Intel SDM vol. 1, 3.4.3); ring 3 runs with interrupts enabled.
inline constexpr std::uint32_t kEflagsFixed = 0x002 | kEflagsIf;

}  // namespace sehlab::emu
