#include "host/lab/debug/process_target.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/trace/plain.hpp"

namespace sehlab::lab {
namespace {

/// Has the machine hold another thread's registers for as long as this lives.
class BorrowedCpu {
 public:
  BorrowedCpu(process::Process& process, process::Thread& thread) : machine_(process.machine()) {
    if (&thread == &process.scheduler().current()) return;
    kept_ = machine_.save_cpu();
    machine_.restore_cpu(*thread.cpu);
  }
  BorrowedCpu(const BorrowedCpu&) = delete;
  BorrowedCpu& operator=(const BorrowedCpu&) = delete;
  ~BorrowedCpu() {
    if (kept_) machine_.restore_cpu(*kept_);
  }

 private:
  emu::Machine& machine_;
  std::unique_ptr<emu::SavedCpu> kept_;
};

}  // namespace

process::Thread* ProcessTarget::thread(std::uint32_t number) {
  if (number == 0) return &current();
  for (const auto& one : process().scheduler().threads()) {
    const bool there = one->state != process::ThreadState::Ended || one.get() == &current();
    if (one->number == number && there) return one.get();
  }
  return nullptr;
}

GuestAddr ProcessTarget::eip() {
  return GuestAddr{process().machine().registers().general().eip};
}

std::uint32_t ProcessTarget::eip_of(std::uint32_t number) {
  const auto block = registers(number);
  emu::GeneralRegisters general;
  emu::FxState fx;
  if (block) block->put_into(general, fx);
  return general.eip;
}

gdb::StopReport ProcessTarget::standing() {
  if (thread(standing_.thread) == nullptr) standing_.thread = current().number;
  return standing_;
}

std::vector<std::uint32_t> ProcessTarget::threads() {
  std::vector<std::uint32_t> numbers{current().number};
  for (const auto& one : process().scheduler().threads()) {
    if (one->state != process::ThreadState::Ended && one.get() != &current()) {
      numbers.push_back(one->number);
    }
  }
  return numbers;
}

std::string ProcessTarget::thread_note(std::uint32_t number) {
  const process::Thread* one = thread(number);
  if (one == nullptr) return {};
  if (one == &current()) return "runs";
  std::string note = one->suspend_count != 0 ? "suspended" : "ready";
  if (one->state == process::ThreadState::Waiting) {
    note = "waits in " + trace::harmless(process().modules().symbolize(GuestAddr{eip_of(number)}));
  }
  return note;
}

std::optional<gdb::RegisterBlock> ProcessTarget::registers(std::uint32_t number) {
  process::Thread* one = thread(number);
  if (one == nullptr) return std::nullopt;
  const BorrowedCpu cpu(process(), *one);
  const emu::Registers& registers = process().machine().registers();
  return gdb::RegisterBlock(registers.general(), registers.fx(), registers.fs_base());
}

bool ProcessTarget::set_registers(std::uint32_t number, const gdb::RegisterBlock& block) {
  process::Thread* one = thread(number);
  if (one != &current() || timeline_.end() != nullptr) return false;
  emu::Registers& registers = process().machine().registers();
  const emu::GeneralRegisters old_general = registers.general();
  const emu::FxState old_fx = registers.fx();
  emu::GeneralRegisters general = old_general;
  emu::FxState fx = old_fx;
  block.put_into(general, fx);
  if (!registers.set_general(general)) return false;
  if (!(fx == old_fx)) registers.set_fx(fx);
  if (general == old_general && fx == old_fx) return true;
  note_change("a register was changed");
  return true;
}

std::size_t ProcessTarget::read_memory(GuestAddr from, std::span<std::byte> to) {
  const emu::RawAccess& memory = process().machine().memory().raw();
  if (memory.read(from, to)) return to.size();
  std::size_t there = 0;
  while (there < to.size()) {
    const GuestAddr at = from + static_cast<std::uint32_t>(there);
    const std::size_t in_page = kPageSize - at.value % kPageSize;
    const auto part = to.subspan(there, std::min(in_page, to.size() - there));
    if (!memory.read(at, part)) break;
    there += part.size();
  }
  return there;
}

bool ProcessTarget::write_memory(GuestAddr to, std::span<const std::byte> from) {
  if (timeline_.end() != nullptr) return false;
  if (!process().machine().memory().raw().write(to, from)) return false;
  note_change("memory was changed");
  return true;
}

void ProcessTarget::note_change(const char* what) {
  timeline_.changed();
  // The exception that was to come may not, or another; but what an instruction that is over has
  // raised still comes.
  if (!process().trap_waits()) chance_.reset();
  notes_ = fmt::format(
      "sehlab: {} @ {}: the run is another one from here on; what came after is\n"
      "        discarded, and going back to before it takes the change back\n",
      what, trace::grouped(timeline_.moment().instructions));
}

std::vector<gdb::LoadedImage> ProcessTarget::images() {
  images_asked_ = true;
  images_told_ = process().modules().version();
  std::vector<gdb::LoadedImage> images;
  for (const process::Module& module : process().modules().all()) {
    // The program is the debugger's own file.
    if (&module == &process().modules().all().front() || !module.image) continue;
    const auto file = process().modules().file_of(module.name);
    if (!file || module.image->sections.empty()) continue;
    std::error_code error;
    const auto path = std::filesystem::absolute(*file, error);
    images.push_back({path.string(), module.base + module.image->sections.front().rva});
  }
  return images;
}

std::optional<GuestAddr> ProcessTarget::teb(std::uint32_t number) {
  const process::Thread* one = thread(number);
  return one == nullptr ? std::nullopt : std::optional(one->teb);
}

void ProcessTarget::detach() {
  while (timeline_.end() == nullptr) timeline_.run_on(UINT64_MAX, {});
}

}  // namespace sehlab::lab
