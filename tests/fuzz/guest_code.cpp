// Any bytes as guest code. The machine stops with a reason, within its budget, at ring 3, where it
// says it stands; and from its snapshot it does the same again.
//
// An input is a byte that says how registers and control words are set, twelve bytes of them, and
// the code. After a software interrupt or a fault that can be passed, the code runs on.
#include <array>
#include <cstring>
#include <memory>
#include <vector>

#include "emu/machine.hpp"
#include "tests/fuzz/counters.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/property.hpp"

namespace sehlab::fuzzing {
namespace {

constexpr GuestAddr kCode{0x400000}, kData{0x500000}, kStackLow{0x600000}, kStackTop{0x604000};
constexpr std::uint32_t kCodeSize = 2 * kPageSize, kDataSize = 2 * kPageSize;
constexpr std::uint64_t kBudget = 300;
constexpr int kMostStops = 8;

struct Bench {
  std::unique_ptr<emu::Machine> machine;
  std::unique_ptr<emu::Snapshot> start;

  Bench() {
    emu::MachineOptions options;
    options.gate_vector = 0x2b;
    auto made = emu::Machine::create(options);
    holds(made.has_value(), "a machine can be made", made ? "" : made.error().text());
    machine = std::move(*made);
    map(kCode, kCodeSize, emu::kReadWriteExecute);
    map(kData, kDataSize, emu::kReadWrite);
    map(kStackLow, kStackTop - kStackLow, emu::kReadWrite);
    constexpr std::uint32_t kReadOnlyPage = 0x501000;  // the data's second
    holds(
        machine->memory().protect(GuestAddr{kReadOnlyPage}, kPageSize, emu::kReadOnly).has_value(),
        "a page can be protected");
    // HLT, which no program may execute: a run ends where the code does.
    const std::vector<std::byte> halts(kCodeSize, std::byte{0xf4});
    holds(machine->memory().raw().write(kCode, halts), "code can be written");
    start = machine->take_snapshot();
  }
  void map(GuestAddr base, std::uint32_t size, emu::Protection rights) {
    holds(machine->memory().reserve(base, size).has_value() &&
              machine->memory().commit(base, size, rights).has_value(),
          "memory can be mapped");
  }
};

struct Outcome {
  std::vector<std::size_t> stops;
  emu::GeneralRegisters general;
  emu::FxState fx;
  std::vector<std::byte> memory;
  std::uint64_t retired = 0;
  bool operator==(const Outcome&) const = default;
};

/// Registers point where something is, or nowhere; SSE and x87 exceptions may be unmasked.
void set_registers(emu::Machine& machine, Input& input, GuestAddr entry) {
  const auto how = input.take<std::uint8_t>();
  emu::GeneralRegisters r = machine.registers().general();
  const std::array<std::uint32_t, 4> places{kData.value, kStackTop.value - 0x800, kCode.value, 0};
  for (std::uint32_t* reg : {&r.eax, &r.ecx, &r.edx, &r.ebx, &r.esp, &r.ebp, &r.esi, &r.edi}) {
    const auto byte = input.take<std::uint8_t>();
    *reg = places[byte & 3] + (byte >> 2) * 0x3fU;
  }
  if ((how & 1) == 0) r.esp = kStackTop.value - 0x100;
  if ((how & 2) != 0) r.eflags |= emu::kEflagsAc;
  if ((how & 4) != 0) r.eflags |= emu::kEflagsTf;
  r.eip = entry.value;
  holds(machine.registers().set_general(r), "registers can be set");
  auto fx = machine.registers().fx();
  if ((how & 8) != 0) fx.put(emu::FxState::kMxcsr, 0x1f80U & ~(input.take<std::uint8_t>() << 7U));
  if ((how & 16) != 0) {
    fx.put(emu::FxState::kFcw,
           static_cast<std::uint16_t>(0x37f & ~(input.take<std::uint8_t>() & 0x3f)));
  }
  if ((how & (8 | 16)) != 0) machine.registers().set_fx(fx);
}

void the_machine_is_sound(emu::Machine& machine, std::uint64_t before, const emu::Stop& stop) {
  holds(machine.retired() >= before && machine.retired() - before <= kBudget,
        "a run keeps to its budget",
        std::to_string(before) + " to " + std::to_string(machine.retired()));
  const emu::GeneralRegisters r = machine.registers().general();
  holds((r.cs & 3) == 3 && (r.eflags & 0x202) == 0x202 && (r.eflags & 0x3000) == 0,
        "the guest stays at ring 3", std::to_string(r.eflags));
  if (const auto* strange = std::get_if<emu::Unmodelled>(&stop)) {
    holds(!strange->what.empty(), "what is not modelled has a name");
  }
  const auto* fault = std::get_if<emu::Fault>(&stop);
  if (fault == nullptr) return;
  const bool behind = fault->trap;
  holds(r.eip == (behind ? fault->next_eip : fault->eip).value,
        "the processor stands where the fault says", std::to_string(r.eip));
}

/// The engine is told which ways the machine stopped: by kind, vector, and first byte of the
/// instruction.
void count_stop(emu::Machine& machine, const emu::Stop& stop) {
  const auto* fault = std::get_if<emu::Fault>(&stop);
  const std::size_t vector = fault == nullptr ? 0 : fault->vector;
  const auto opcode =
      machine.memory().raw().get<std::uint8_t>(GuestAddr{machine.registers().general().eip});
  count((stop.index() * 37 + vector) * 256 + opcode.value_or(0));
}

Outcome run(Bench& bench, Input input) {
  emu::Machine& machine = *bench.machine;
  machine.restore(*bench.start);
  const std::uint64_t began = machine.retired();
  const GuestAddr entry = kCode + 0x10;
  set_registers(machine, input, entry);
  holds(machine.memory().raw().write(entry, input.rest(kCodeSize - 0x10)), "code can be written");
  Outcome outcome;
  for (int i = 0; i < kMostStops; ++i) {
    const std::uint64_t before = machine.retired();
    const emu::Stop stop = machine.run(kBudget);
    the_machine_is_sound(machine, before, stop);
    count_stop(machine, stop);
    outcome.stops.push_back(stop.index());
    const auto* fault = std::get_if<emu::Fault>(&stop);
    if (fault == nullptr || !fault->trap) break;
  }
  outcome.general = machine.registers().general();
  outcome.fx = machine.registers().fx();
  outcome.retired = machine.retired() - began;
  outcome.memory.resize(kCodeSize + kDataSize);
  const std::span memory(outcome.memory);
  holds(machine.memory().raw().read(kCode, memory.first(kCodeSize)) &&
            machine.memory().raw().read(kData, memory.subspan(kCodeSize)),
        "memory can be read");
  return outcome;
}

void the_same_code_does_the_same(const Outcome& first, const Outcome& second) {
  holds(first.stops == second.stops, "a run stops the same way again");
  holds(first.retired == second.retired, "a run takes as long again");
  holds(first.general == second.general, "a run leaves the same registers again");
  holds(first.fx == second.fx, "a run leaves the same x87 and SSE state again");
  holds(first.memory == second.memory, "a run leaves the same memory again");
}

}  // namespace
}  // namespace sehlab::fuzzing

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sehlab::fuzzing;
  // Made at the first input: an engine's signal handlers go before ours (emu/os/abort_catcher.hpp).
  static Bench bench;
  const Outcome first = run(bench, Input(data, size));
  the_same_code_does_the_same(first, run(bench, Input(data, size)));
  return 0;
}
