// RegisterFile: Registers over the engine, in as few calls into it as can be.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "emu/descriptor_table.hpp"
#include "emu/engine.hpp"
#include "emu/fx_use.hpp"
#include "emu/registers.hpp"

namespace sehlab::emu {

class RegisterFile final : public Registers {
 public:
  RegisterFile(Engine& engine, DescriptorTable& descriptors);
  RegisterFile(const RegisterFile&) = delete;
  RegisterFile& operator=(const RegisterFile&) = delete;

  GeneralRegisters general() const override;
  bool set_general(const GeneralRegisters& values) override;
  FxState fx() const override;
  void set_fx(const FxState& state) override;
  DebugRegisters debug() const override { return debug_; }
  void set_debug(const DebugRegisters& values) override { debug_ = values; }
  GuestAddr fs_base() const override { return descriptors_.teb_base(); }

  /// Where the thread was sent with EFLAGS.RF set, and has not run since.
  [[nodiscard]] std::optional<GuestAddr> resume_at() const { return resume_at_; }
  void set_resume_at(std::optional<GuestAddr> eip) { resume_at_ = eip; }

  /// Points the TEB segment at `base` and loads FS anew when it selects it.
  void set_fs_base(GuestAddr base);
  /// The engine ran: what is known of the registers may be no longer so.
  void engine_ran() { segments_known_ = false; }
  /// The engine's state was replaced by another.
  void state_replaced() { segments_known_ = fx_known_ = false; }

  /// From now on the engine is asked to say when x87 or SSE state is used, so that what was read is
  /// not read or written again while nobody has used it.
  void watch_fx_use(FxUse& use) { fx_use_ = &use; }
  /// #NM came. True when it is because of that: the instruction can be executed now.
  [[nodiscard]] bool fx_use_begins();

 private:
  static constexpr std::size_t kSegmentCount = 6, kFxCount = 25;
  /// What goes between the engine's x87 and SSE registers and their image: the values whose field
  /// there has another width, and the image itself.
  struct FxTransfer {
    FxState state;
    std::uint16_t tags = 0;
    std::uint64_t fip = 0, fdp = 0;
    std::array<void*, kFxCount> values{};  ///< where each register's value is, or goes
  };
  bool set_segments(const GeneralRegisters& values);

  Engine& engine_;
  DescriptorTable& descriptors_;
  DebugRegisters debug_;
  std::vector<int> integer_numbers_, segment_numbers_, all_numbers_, fx_numbers_;
  // The selectors as last read or set, while nobody else can have changed them: exceptions read
  // all registers and set them again between two runs.
  mutable std::array<std::uint16_t, kSegmentCount> segments_{};
  mutable bool segments_known_ = false;
  std::optional<GuestAddr> resume_at_;
  mutable FxTransfer fx_;
  FxUse* fx_use_ = nullptr;        ///< null: nobody tells
  mutable bool fx_known_ = false;  ///< fx_.state is the engine's, and its use is watched
};

}  // namespace sehlab::emu
