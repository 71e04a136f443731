// MachineImpl: the one Machine: an engine, its descriptor table, memory and registers, and the
// rules by which a stop of the engine becomes a Stop of the machine.
#pragma once

#include <memory>
#include <optional>

#include "emu/address_set.hpp"
#include "emu/boot.hpp"
#include "emu/descriptor_table.hpp"
#include "emu/edge_counter.hpp"
#include "emu/engine.hpp"
#include "emu/guest_space.hpp"
#include "emu/instruction_check.hpp"
#include "emu/machine.hpp"
#include "emu/opcode.hpp"
#include "emu/pending_exception.hpp"
#include "emu/register_file.hpp"
#include "emu/run_control.hpp"

namespace sehlab::emu {

class MachineImpl final : public Machine {
 public:
  MachineImpl() = default;
  [[nodiscard]] Result<> start_up(const MachineOptions& options);

  AddressSpace& memory() override { return *space_; }
  Registers& registers() override { return *registers_; }
  const EngineTraits& traits() const override { return traits_; }
  Stop run(std::uint64_t budget) override;
  std::uint64_t retired() const override { return control_->retired() - boot_count_; }
  void retire_gate() override;
  void count_gate() override { control_->count_one(); }
  GuestAddr last_eip() const override { return control_->last(); }
  void set_fs_base(GuestAddr teb) override { registers_->set_fs_base(teb); }
  std::unique_ptr<SavedCpu> save_cpu() const override;
  void save_cpu_into(SavedCpu& into) const override;
  void restore_cpu(const SavedCpu& from) override;
  std::unique_ptr<SavedCpu> copy_cpu(const SavedCpu& of) const override;
  /// The thread's last instruction, for EdgeCounter.
  [[nodiscard]] std::uint64_t previous_instruction() const {
    const std::uint64_t last = engine_->counter().last;
    return edges_ ? edges_->previous(last) : last;
  }
  std::unique_ptr<Snapshot> take_snapshot() override;
  void restore(const Snapshot& snapshot) override;
  void set_counted_code(std::span<const GuestRange> code) override {
    if (edges_) edges_->set_code(code);
  }
  void set_edge_counters(std::span<std::uint8_t> counters) override {
    if (edges_) edges_->set_counters(counters);
  }
  void set_gates(std::span<const GuestAddr> gates) override { gates_.assign(gates); }
  void set_breakpoints(std::span<const GuestAddr> addresses) override {
    control_->set_breakpoints(addresses);
  }
  void set_watched_words(std::span<const GuestAddr> words) override {
    control_->set_watched_words(words);
  }
  void set_esp_window(GuestAddr above, GuestAddr up_to) override {
    control_->set_esp_window(above, up_to);
  }

 private:
  /// What the engine's stop means; nullopt to run on.
  using Verdict = std::optional<Stop>;
  Verdict verdict(const EngineStop& why);
  [[nodiscard]] bool arm_debug_registers();
  void note_exception(const Fault& fault);
  Verdict on_interrupt(std::uint8_t vector);
  Verdict on_memory(const EngineStop& why);
  Verdict on_fetch(GuestAddr address, bool stepped);
  Verdict on_untranslatable(bool stepped);
  void step_next();
  Verdict on_invalid_opcode();
  Verdict pass_over();
  Verdict answer_rdtsc(const Opcode& opcode);
  Stop exception(std::uint8_t vector, GuestAddr eip);
  void hide_step(const EngineStop& why);

  [[nodiscard]] GuestAddr eip() const { return GuestAddr{engine_->get(Reg::Eip)}; }
  /// The instruction that the engine began last.
  [[nodiscard]] GuestAddr begun() const {
    return GuestAddr{static_cast<std::uint32_t>(engine_->counter().last)};
  }
  [[nodiscard]] Opcode opcode_at(GuestAddr address) const;

  static bool before_instruction(void* owner, std::uint32_t address);
  static bool system_read(void* owner, std::uint32_t address);
  static std::optional<GuestAddr> refused_byte(void* owner, GuestAddr address, std::uint32_t size);
  [[nodiscard]] bool runs_over_brink(GuestAddr address, std::uint32_t size) const;

  MachineOptions options_;
  EngineTraits traits_;
  std::unique_ptr<EdgeCounter> edges_;  ///< null: nobody asked
  std::unique_ptr<Engine> engine_;
  DescriptorTable descriptors_;
  std::unique_ptr<GuestSpace> space_;
  std::unique_ptr<FxUse> fx_use_;
  DebugRegisters debug_known_;  ///< as armed
  std::unique_ptr<RegisterFile> registers_;
  std::unique_ptr<InstructionCheck> check_;
  std::unique_ptr<RunControl> control_;
  std::unique_ptr<PendingException> pending_;
  AddressSet gates_;
  std::uint64_t boot_count_ = 0;
  bool stepping_ = false;  ///< one instruction at a time, by TF that is not the guest's
  bool booted_ = false;
  std::unique_ptr<CpuState> state_at_fault_;
  bool kept_state_ = false;
};

}  // namespace sehlab::emu
