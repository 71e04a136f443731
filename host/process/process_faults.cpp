// What a process does when the processor cannot go on: grow a stack, or hand the fault to
// exception dispatch; and what becomes of an exception that nobody handles.
#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <utility>

#include "emu/check.hpp"
#include "emu/decoder.hpp"
#include "host/fault/translate.hpp"
#include "host/process/process.hpp"
#include "host/process/stacks.hpp"
#include "host/seh/delivery.hpp"
#include "host/seh/thread_context.hpp"
#include "host/services/system_time.hpp"
#include "host/win32/context.hpp"
#include "host/win32/exception_record.hpp"

namespace sehlab::process {
namespace {

constexpr std::uint32_t kLongestInstruction = 15;  // bytes
constexpr int kInstructionsBehind = 2, kInstructionsAhead = 2;

/// Instructions around `eip`: those before it are found by decoding from some bytes earlier and
/// keeping a run that arrives exactly at `eip`.
std::vector<emu::Instruction> around(const emu::RawAccess& raw, GuestAddr eip) {
  const auto decode_at = [&](GuestAddr at) -> std::optional<emu::Instruction> {
    std::array<std::byte, kLongestInstruction> bytes{};
    for (std::size_t size = bytes.size(); size > 0; --size) {
      if (raw.read(at, std::span(bytes).first(size))) {
        return emu::decode(std::span(bytes).first(size), at);
      }
    }
    return std::nullopt;
  };
  std::vector<emu::Instruction> result;
  for (std::uint32_t back = 24; back > 0 && result.empty(); --back) {
    std::vector<emu::Instruction> run;
    for (GuestAddr at = eip - back; at.value < eip.value;) {
      auto one = decode_at(at);
      if (!one) break;
      at += static_cast<std::uint32_t>(one->bytes.size());
      run.push_back(std::move(*one));
      if (at == eip) {
        result = std::move(run);
        break;
      }
    }
  }
  if (result.size() > kInstructionsBehind) {
    result.erase(result.begin(), result.end() - kInstructionsBehind);
  }
  GuestAddr at = eip;
  for (int i = 0; i <= kInstructionsAhead; ++i) {
    auto one = decode_at(at);
    if (!one) break;
    at += static_cast<std::uint32_t>(one->bytes.size());
    result.push_back(std::move(*one));
  }
  return result;
}

emu::GeneralRegisters registers_of(const win32::Context& context) {
  emu::GeneralRegisters r;
  r.eax = context.Eax;
  r.ecx = context.Ecx;
  r.edx = context.Edx;
  r.ebx = context.Ebx;
  r.esp = context.Esp;
  r.ebp = context.Ebp;
  r.esi = context.Esi;
  r.edi = context.Edi;
  r.eip = context.Eip;
  r.eflags = context.EFlags;
  return r;
}

}  // namespace

void Process::on_fault(const emu::Fault& fault) {
  emu::Fault met = fault;
  if (met.kind == emu::FaultKind::GuardPage) {
    switch (grow_stack(machine_->memory(), scheduler_->current().teb, met.address)) {
      case Growth::Grown:
        return;  // the instruction is tried again
      case Growth::Overflow:
        met.kind = emu::FaultKind::StackOverflow;
        break;
      case Growth::NotStack:
        disarm_guard(met.address);
        break;
    }
  }
  if (met.kind == emu::FaultKind::Page && met.access == emu::Access::Execute &&
      executes_data(met.address)) {
    return;  // the instruction is executed
  }
  const fault::Translation translation =
      fault::translate(met, *memory_, machine_->registers(), fault_rules());
  if (const auto* unmodelled = std::get_if<fault::Unmodelled>(&translation)) {
    end(trace::EndKind::Unmodelled, 0, unmodelled->what + where());
  } else if (const auto* resume = std::get_if<fault::Resume>(&translation)) {
    emu::GeneralRegisters registers = machine_->registers().general();
    registers.eip = resume->eip.value;
    if (resume->clear_alignment_check) registers.eflags &= ~emu::kEflagsAc;
    if (resume->tick_count)
      registers.eax = static_cast<std::uint32_t>(kernel_->now() / services::kTicksPerMillisecond);
    machine_->registers().set_general(registers);
  } else {
    raise(std::get<fault::Exception>(translation));
  }
}

/// Facts 2.1, row 0E: with DEP off a page that can be read can be executed.
bool Process::executes_data(GuestAddr address) {
  const auto rights = machine_->memory().page(address);
  if (system_->dep_enabled() || !rights || !rights->read) return false;
  if (const auto done = machine_->memory().execute_anyway(address.page()); !done) {
    end(trace::EndKind::Unmodelled, 0, "data that is executed: " + done.error().what + where());
  }
  return true;
}

/// A guard page serves once: the access that met it takes the guard away.
void Process::disarm_guard(GuestAddr address) {
  emu::AddressSpace& space = machine_->memory();
  if (auto rights = space.page(address); rights && rights->guard) {
    rights->guard = false;
    SEHLAB_CHECK(space.protect(address.page(), kPageSize, *rights));
  }
}

void Process::inject(const fault::Exception& exception) {
  SEHLAB_CHECK(!end_);
  Thread& thread = scheduler_->current();
  if (const auto changed = std::exchange(thread.after_call, nullptr)) {
    machine_->restore_cpu(*changed);
  }
  thread.retrying = false;
  thread.wait.reset();
  moved_ = true;
  raise(exception);
  count_move();
}

void Process::raise(const fault::Exception& exception) {
  if (observers_) {
    const auto& r = exception.record;
    const std::uint32_t parameters =
        std::min(r.NumberParameters, win32::EXCEPTION_MAXIMUM_PARAMETERS);
    sink()->emit(trace::FaultRaised{
        r.ExceptionCode,
        r.ExceptionFlags,
        {GuestAddr{r.ExceptionAddress}, {}},
        {r.ExceptionInformation.begin(), r.ExceptionInformation.begin() + parameters},
        false});
  }
  if (exception.second_chance_only) {
    seh::SecondChance chance;
    chance.record = exception.record;
    seh::capture_context(machine_->registers(), machine_->registers().general(),
                         win32::CONTEXT_FULL, chance.context);
    second_chance(chance);
    return;
  }
  apply(seh::deliver_and_dispatch(
      seh_cpu(), {exception.record, exception.eip, seh::Origin::Processor, exception.resume_flag}));
}

void Process::apply(const seh::Outcome& outcome) {
  if (const auto* chance = std::get_if<seh::SecondChance>(&outcome)) {
    second_chance(*chance);
  } else if (const auto* memory = std::get_if<seh::MemoryFault>(&outcome)) {
    on_fault(memory->fault);
  } else if (const auto* unmodelled = std::get_if<seh::Unmodelled>(&outcome)) {
    end(trace::EndKind::Unmodelled, 0, unmodelled->text + where());
  }
}

void Process::second_chance(const seh::SecondChance& chance) {
  crash_ = crash_of(chance.record, registers_of(chance.context));
  end(trace::EndKind::UnhandledException, chance.record.ExceptionCode);
}

void Process::note_unhandled(GuestAddr pointers) {
  const auto& raw = machine_->memory().raw();
  const auto both = raw.get<win32::ExceptionPointers>(pointers);
  if (!both) return;
  const auto record = raw.get<win32::ExceptionRecord>(GuestAddr{both->ExceptionRecord});
  const auto context = raw.get<win32::Context>(GuestAddr{both->ContextRecord});
  if (record && context) crash_ = crash_of(*record, registers_of(*context));
}

Crash Process::scene() const {
  return crash_of({}, machine_->registers().general());
}

Crash Process::crash_of(const win32::ExceptionRecord& record,
                        const emu::GeneralRegisters& registers) const {
  Crash crash{record, registers, {}, {}};
  if (options_.explain_crashes) explain(crash);
  return crash;
}

void Process::explain(Crash& crash) const {
  const GuestAddr eip{crash.registers.eip};
  crash.instructions = around(machine_->memory().raw(), eip);
  crash.source = modules_->source_line(eip);
}

}  // namespace sehlab::process
