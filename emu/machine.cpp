#include "emu/machine.hpp"

#include <algorithm>

#include "emu/check.hpp"
#include "emu/machine_impl.hpp"
#include "emu/self_test.hpp"

namespace sehlab::emu {
namespace {

struct SavedCpuImpl final : SavedCpu {
  std::unique_ptr<CpuState> state;
  GuestAddr fs_base;
  std::optional<GuestAddr> passed_breakpoint;
  std::optional<GuestAddr> resume_at;
  DebugRegisters debug;
  std::uint64_t previous_instruction = 0;
};

struct SnapshotImpl final : Snapshot {
  std::unique_ptr<SavedCpu> cpu;
  RunControl::State control;
  SpaceSnapshot space;
  std::uint64_t added_bytes() const override { return space.added_bytes; }
};

/// As Windows starts a thread: FPCW 0x27f, all registers empty, MXCSR 0x1f80.
FxState start_fx() {
  FxState fx;
  fx.put<std::uint16_t>(FxState::kFcw, 0x27f);
  fx.put(FxState::kMxcsr, 0x1f80U);
  return fx;
}

}  // namespace

Result<std::unique_ptr<Machine>> Machine::create(const MachineOptions& options) {
  auto machine = std::make_unique<MachineImpl>();
  if (auto started = machine->start_up(options); !started)
    return tl::make_unexpected(started.error());
  return machine;
}

Result<> MachineImpl::start_up(const MachineOptions& options) {
  options_ = options;
  if (options.count_edges) edges_ = std::make_unique<EdgeCounter>();
  auto engine = Engine::open({this, before_instruction, system_read, refused_byte}, true,
                             options.noted_stores, edges_.get());
  if (!engine) return tl::make_unexpected(engine.error());
  engine_ = std::move(*engine);
  space_ = std::make_unique<GuestSpace>(*engine_);
  control_ = std::make_unique<RunControl>(space_->table());
  registers_ = std::make_unique<RegisterFile>(*engine_, descriptors_);
  check_ = std::make_unique<InstructionCheck>(space_->table(), *engine_, *registers_);
  control_->attach(*engine_, *check_, edges_.get());
  if (edges_) edges_->attach(space_->table());
  if (auto installed = descriptors_.install(*engine_, options); !installed) return installed;
  descriptors_.set_teb_base(BootPage::kData);
  {
    BootPage page(*engine_, *control_);
    if (auto mapped = page.map(); !mapped) return mapped;
    fx_use_ = std::make_unique<FxUse>(*engine_);
    const bool fx_use_found = fx_use_->calibrate(page);
    if (auto entered = enter_ring3(*engine_, page, options); !entered) return entered;
    registers_->set_fx(start_fx());
    pending_ = std::make_unique<PendingException>(*engine_, *registers_);
    const auto ring3 = engine_->new_state();
    engine_->save(*ring3);
    auto traits =
        self_test(*engine_, page, *registers_, *pending_, fx_use_found ? fx_use_.get() : nullptr);
    if (!traits) return tl::make_unexpected(traits.error());
    traits_ = std::move(*traits);
    engine_->restore(*ring3);
    registers_->state_replaced();
    if (traits_.tells_fx_use) registers_->watch_fx_use(*fx_use_);
  }
  registers_->set_fs_base(GuestAddr{0});
  GeneralRegisters start = registers_->general();
  start = {.eflags = 0x202,
           .cs = start.cs,
           .ss = start.ss,
           .ds = start.ds,
           .es = start.es,
           .fs = start.fs,
           .gs = start.gs};
  SEHLAB_CHECK(registers_->set_general(start));
  control_->moved(GuestAddr{0}, std::nullopt);
  boot_count_ = control_->retired();
  state_at_fault_ = engine_->new_state();
  booted_ = true;
  return {};
}

void MachineImpl::retire_gate() {
  engine_->set(Reg::Eip, (eip() + kGateLength).value);
  control_->count_one();
}

std::unique_ptr<SavedCpu> MachineImpl::save_cpu() const {
  auto saved = std::make_unique<SavedCpuImpl>();
  saved->state = engine_->new_state();
  save_cpu_into(*saved);
  return saved;
}

void MachineImpl::save_cpu_into(SavedCpu& into) const {
  auto& saved = static_cast<SavedCpuImpl&>(into);
  engine_->save(*saved.state);
  saved.fs_base = descriptors_.teb_base();
  saved.passed_breakpoint = control_->passed_breakpoint();
  saved.resume_at = registers_->resume_at() ? registers_->resume_at() : control_->passed_debug();
  saved.debug = registers_->debug();
  saved.previous_instruction = previous_instruction();
}

void MachineImpl::restore_cpu(const SavedCpu& from) {
  const auto& saved = static_cast<const SavedCpuImpl&>(from);
  engine_->restore(*saved.state);
  registers_->state_replaced();
  registers_->set_debug(saved.debug);
  if (edges_) edges_->set_previous(saved.previous_instruction);
  // The state brings FS's base along; the table must say the same when FS is loaded again.
  descriptors_.set_teb_base(saved.fs_base);
  control_->moved(eip(), saved.passed_breakpoint);
  registers_->set_resume_at(saved.resume_at);
  control_->resume_flag(std::nullopt);
}

std::unique_ptr<SavedCpu> MachineImpl::copy_cpu(const SavedCpu& of) const {
  const auto& from = static_cast<const SavedCpuImpl&>(of);
  auto copy = std::make_unique<SavedCpuImpl>();
  copy->state = engine_->new_state();
  std::ranges::copy(from.state->bytes(), copy->state->bytes().begin());
  copy->fs_base = from.fs_base;
  copy->passed_breakpoint = from.passed_breakpoint;
  copy->resume_at = from.resume_at;
  copy->debug = from.debug;
  copy->previous_instruction = from.previous_instruction;
  return copy;
}

std::unique_ptr<Snapshot> MachineImpl::take_snapshot() {
  auto snapshot = std::make_unique<SnapshotImpl>();
  snapshot->cpu = save_cpu();
  snapshot->control = control_->state();
  snapshot->space = space_->capture();
  return snapshot;
}

void MachineImpl::restore(const Snapshot& snapshot) {
  const auto& from = static_cast<const SnapshotImpl&>(snapshot);
  space_->restore(from.space);
  restore_cpu(*from.cpu);
  control_->restore(from.control);
}

Opcode MachineImpl::opcode_at(GuestAddr address) const {
  return opcode_of(space_->table().code(address).span());
}

bool MachineImpl::before_instruction(void* owner, std::uint32_t address) {
  return static_cast<MachineImpl*>(owner)->control_->before(GuestAddr{address});
}

bool MachineImpl::system_read(void* owner, std::uint32_t) {
  const auto& machine = *static_cast<MachineImpl*>(owner);
  // The boot page is in no page table, and its code is our own.
  return !machine.booted_ || reads_descriptors(machine.opcode_at(machine.begun()));
}

}  // namespace sehlab::emu
