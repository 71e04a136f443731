// The run loop, and what each stop of the engine means.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "emu/decoder.hpp"
#include "emu/guest_memory.hpp"
#include "emu/machine_impl.hpp"
#include "emu/memory_fault.hpp"
#include "emu/vectors.hpp"

namespace sehlab::emu {
namespace {

/// INT n, INT3, INTO: what raised `vector` by being executed, not by failing.
bool raises_by_itself(const Opcode& opcode, std::uint8_t vector) {
  if (opcode.length == 0 || opcode.two_byte) return false;
  return (opcode.value == 0xcd && opcode.modrm == vector) ||
         (opcode.value == 0xcc && vector == 3) || (opcode.value == 0xce && vector == 4);
}

/// DR7's two enable bits for a register (Intel SDM vol. 3, 17.2.4).
bool enabled(const DebugRegisters& debug, unsigned i) {
  return (debug.dr7 >> 2 * i & 3) != 0;
}

Fault invalid_opcode(GuestAddr at) {
  return exception_at(at, kInvalidOpcode, FaultKind::InvalidOpcode);
}

}  // namespace

Stop MachineImpl::run(std::uint64_t budget) {
  if (registers_->debug() != debug_known_) {
    if (!arm_debug_registers()) {
      return Unmodelled{fmt::format("breakpoints of the debug registers on ports (DR7 is {:#010x})",
                                    registers_->debug().dr7),
                        eip()};
    }
  }
  if (registers_->resume_at()) {
    control_->resume_flag(registers_->resume_at());
    registers_->set_resume_at(std::nullopt);
  }
  const std::uint64_t count = control_->retired();
  const std::uint64_t end = budget > UINT64_MAX - count ? UINT64_MAX : count + budget;
  for (;;) {
    const GuestAddr from = eip();
    space_->settle_stores();
    control_->begin(from, end);
    // What the host changed is told of without a start of the engine.
    if (!stepping_ && !check_->due()) {
      if (const auto met = control_->condition()) {
        control_->end(from);
        return *met;
      }
    }
    registers_->engine_ran();
    const EngineStop& why = engine_->start(from);
    Verdict stop = verdict(why);
    control_->end(eip());
    if (stop) {
      if (const auto* fault = std::get_if<Fault>(&*stop)) note_exception(*fault);
      return std::move(*stop);
    }
  }
}

/// DR7 has from bit 16 on two bits of condition a register and two of length (Intel SDM vol. 3,
/// 17.2.4); the address's low bits under the length are not looked at. False: one watches ports.
bool MachineImpl::arm_debug_registers() {
  const DebugRegisters debug = registers_->debug();
  constexpr std::uint32_t kExecution = 0, kWrites = 1, kPorts = 2;
  constexpr std::array<std::uint32_t, 4> kLengths{1, 2, 8, 4};
  std::vector<GuestAddr> addresses;
  std::vector<DataBreakpoint> data;
  for (unsigned i = 0; i < debug.address.size(); ++i) {
    if (!enabled(debug, i)) continue;
    const std::uint32_t condition = debug.dr7 >> (16 + 4 * i) & 3;
    if (condition == kPorts) return false;
    if (condition == kExecution) {
      addresses.push_back(GuestAddr{debug.address[i]});
      continue;
    }
    const std::uint32_t size = kLengths[debug.dr7 >> (18 + 4 * i) & 3];
    data.push_back(
        {GuestAddr{debug.address[i] & ~(size - 1)}, size, condition != kWrites, 1U << i});
  }
  control_->set_debug_addresses(addresses);
  check_->set_data_breakpoints(std::move(data));
  debug_known_ = debug;
  return true;
}

/// #DB says in DR6 what brought it about.
void MachineImpl::note_exception(const Fault& fault) {
  if (fault.kind != FaultKind::Exception) return;
  if (fault.vector != kDebug) return;
  DebugRegisters debug = registers_->debug();
  debug.dr6 &= ~(kDr6Breakpoints | kDr6SingleStep);
  const std::uint32_t data = check_->take_due();
  debug.dr6 |= data;
  if (fault.trap && (data == 0 || (engine_->get(Reg::Eflags) & kEflagsTf) != 0)) {
    debug.dr6 |= kDr6SingleStep;
  }
  for (unsigned i = 0; i < debug.address.size() && !fault.trap; ++i) {
    if (enabled(debug, i) && GuestAddr{debug.address[i]} == fault.eip) debug.dr6 |= 1U << i;
  }
  registers_->set_debug(debug);
  debug_known_ = debug;
}

MachineImpl::Verdict MachineImpl::verdict(const EngineStop& why) {
  const bool stepped = std::exchange(stepping_, false);
  if (stepped) hide_step(why);
  switch (why.cause) {
    case EngineStop::Cause::Asked:
      if (check_->deferred()) return pass_over();
      return control_->stop();
    case EngineStop::Cause::Interrupt:
      if (stepped && why.vector == kDebug && !raises_by_itself(opcode_at(begun()), kDebug))
        return std::nullopt;
      return on_interrupt(why.vector);
    case EngineStop::Cause::Memory:
      return why.access == Access::Execute ? on_fetch(why.address, stepped) : on_memory(why);
    case EngineStop::Cause::InvalidOpcode:
      return on_invalid_opcode();
    case EngineStop::Cause::SystemCall: {
      engine_->set(Reg::Eip, begun().value);
      control_->take_back();
      const bool enter = opcode_at(begun()).value == 0x34;
      return Unmodelled{enter ? "sysenter" : "syscall", begun()};
    }
    case EngineStop::Cause::Untranslatable:
      return on_untranslatable(stepped);
    case EngineStop::Cause::None:
      break;
  }
  return Unmodelled{
      fmt::format("the engine ended without a reason (its error {})", why.engine_error), eip()};
}

Stop MachineImpl::exception(std::uint8_t vector, GuestAddr at) {
  control_->take_back();
  return exception_at(at, vector);
}

MachineImpl::Verdict MachineImpl::on_interrupt(std::uint8_t vector) {
  const GuestAddr at = begun(), now = eip();
  if (vector == options_.gate_vector && now == at + kGateLength && gates_.contains(at)) {
    engine_->set(Reg::Eip, at.value);
    control_->take_back();
    return GateHit{at};
  }
  if (PendingException::is_left_by(vector)) pending_->clear();
  const Opcode opcode = opcode_at(at);
  if (raises_by_itself(opcode, vector) && now != at) {
    return trap(FaultKind::Interrupt, vector, at, now);
  }
  if (vector == kDebug) {
    // A trap: the instruction before was completed, and counted. A REP instruction between two of
    // its rounds is not over.
    if (now == at && !transfers_control(opcode)) control_->take_back_round();
    return trap(FaultKind::Exception, vector, at, now);
  }
  if (now != at)
    return Unmodelled{fmt::format("exception {} away from the instruction that was begun", vector),
                      now};
  if (vector == kNotAvailable && registers_->fx_use_begins()) {
    control_->take_back_unseen();
    return std::nullopt;
  }
  if (vector == kDoubleFault) return Unmodelled{"a double fault", now};
  if (vector == kProtection && is_rdtsc(opcode)) return answer_rdtsc(opcode);
  return exception(vector, at);
}

/// An x87 instruction whose exception is deferred: it is over, and has done nothing else.
MachineImpl::Verdict MachineImpl::pass_over() {
  const GuestAddr at = eip(), next = check_->pass_deferred(at);
  engine_->set(Reg::Eip, next.value);
  control_->count_one();
  if ((engine_->get(Reg::Eflags) & kEflagsTf) == 0) return std::nullopt;
  return trap(FaultKind::Exception, kDebug, at, next);
}

/// Time is the count of retired instructions, and RDTSC is how a program reads it.
MachineImpl::Verdict MachineImpl::answer_rdtsc(const Opcode& opcode) {
  const std::uint64_t time = retired() - 1;  // it is counted itself, and is not yet over
  const GuestAddr at = begun(), next = at + static_cast<std::uint32_t>(opcode.length);
  engine_->set(Reg::Eax, static_cast<std::uint32_t>(time));
  engine_->set(Reg::Edx, static_cast<std::uint32_t>(time >> 32));
  engine_->set(Reg::Eip, next.value);
  if ((engine_->get(Reg::Eflags) & kEflagsTf) == 0) return std::nullopt;
  return trap(FaultKind::Exception, kDebug, at, next);
}

MachineImpl::Verdict MachineImpl::on_memory(const EngineStop& why) {
  if (kept_state_) {
    engine_->restore(*state_at_fault_);
    engine_->set(Reg::Eip, begun().value);
    kept_state_ = false;
  }
  const GuestAddr at = eip();
  if (at != begun())
    return Unmodelled{fmt::format("a memory fault at {:#010x} away from the instruction that was "
                                  "begun at {:#010x}",
                                  at.value, begun().value),
                      at};
  const Opcode opcode = opcode_at(at);
  control_->take_back();
  return judge(space_->table(), {why.access, why.address, at}, opcode, *registers_);
}

/// Pages whose end is a brink are mapped without the right to write, for this question.
std::optional<GuestAddr> MachineImpl::refused_byte(void* owner, GuestAddr address,
                                                   std::uint32_t size) {
  auto& machine = *static_cast<MachineImpl*>(owner);
  if (!machine.booted_) return address;
  const PageTable& table = machine.space_->table();
  GuestAddr refused = address;
  const bool writable = table.at(address).has(PageEntry::kCanWrite);
  if (writable) machine.space_->note_store(address);
  if (table.is_brink(address)) {
    if (!machine.runs_over_brink(address, size)) return std::nullopt;
    refused = address.page() + kPageSize;
  } else if (writable) {
    return std::nullopt;
  }
  // What the engine does from here on in an instruction that it does not leave is undone.
  if (stores_in_pieces(machine.opcode_at(machine.begun()))) {
    machine.engine_->save(*machine.state_at_fault_);
    machine.kept_state_ = true;
  }
  return refused;
}

/// Whether the instruction that stores here will store beyond the page as well, perhaps in a later
/// piece.
bool MachineImpl::runs_over_brink(GuestAddr address, std::uint32_t size) const {
  constexpr std::uint32_t kLongestInTurn = 32, kLongest = 512;  // PUSHAD, FXSAVE
  const std::uint32_t left = kPageSize - address.value % kPageSize;
  if (size > left) return true;
  if (left > kLongest) return false;
  const GuestAddr at = begun();
  const Opcode opcode = opcode_at(at);
  const bool in_turn = left <= kLongestInTurn && may_store_in_turn(opcode);
  if (is_masked_store(opcode) || !(in_turn || stores_in_pieces(opcode))) return false;
  const auto operands = memory_operands(space_->table().code(at).span(), at, registers_->general(),
                                        registers_->fs_base());
  return std::any_of(operands.begin(), operands.end(), [&](const MemoryOperand& operand) {
    const std::uint32_t into = address - operand.address;
    return into < operand.size && operand.size - into > left;
  });
}

/// The engine translates a block before it executes any of it, and reports a page that it cannot
/// fetch from at the beginning of the block. The instructions before that page come first: they
/// are executed one at a time, each a block of its own, by means of TF.
MachineImpl::Verdict MachineImpl::on_fetch(GuestAddr address, bool stepped) {
  const GuestAddr at = eip();
  const bool beyond = address.page() != at.page();
  if (beyond && !stepped) {
    step_next();
    return std::nullopt;
  }
  // No callback came between the instruction before and this one.
  if (const auto met = control_->condition()) return *met;
  Fault fault = page_fault(space_->table(), Access::Execute, beyond ? address.page() : at);
  fault.eip = at;
  return fault;
}

void MachineImpl::step_next() {
  engine_->set(Reg::Eflags, engine_->get(Reg::Eflags) | kEflagsTf);
  stepping_ = true;
}

/// As with a page that cannot be fetched, the instructions before come first.
MachineImpl::Verdict MachineImpl::on_untranslatable(bool stepped) {
  const GuestAddr at = eip();
  const Opcode opcode = opcode_at(at);
  // What is known to end this way is invalid on a processor (Intel SDM vol. 2, LOCK, CALL, JMP).
  if (has_invalid_lock(opcode) || is_far_transfer_by_register(opcode)) {
    if (!control_->before(at)) return control_->stop();
    control_->take_back();
    return invalid_opcode(at);
  }
  const bool alone = stepped || (engine_->get(Reg::Eflags) & kEflagsTf) != 0;
  if (alone) return Unmodelled{"an instruction that the engine cannot translate", at};
  step_next();
  return std::nullopt;
}

/// Takes the machine's own TF out of what the guest can see. It was clear before: with TF set
/// every block is one instruction anyway.
void MachineImpl::hide_step(const EngineStop& why) {
  constexpr std::uint8_t kPushf = 0x9c, kPopf = 0x9d, kIret = 0xcf;
  const bool completed = why.cause == EngineStop::Cause::Interrupt && why.vector == kDebug;
  const Opcode opcode = opcode_at(begun());
  const bool one_byte = completed && opcode.length != 0 && !opcode.two_byte;
  // These two have loaded a TF of the guest's own.
  if (one_byte && (opcode.value == kPopf || opcode.value == kIret)) return;
  engine_->set(Reg::Eflags, engine_->get(Reg::Eflags) & ~kEflagsTf);
  if (one_byte && opcode.value == kPushf) {
    constexpr std::byte kTfInSecondByte{kEflagsTf >> 8};
    const GuestAddr second{engine_->get(Reg::Esp) + 1};
    const auto pushed = space_->raw().get<std::byte>(second);
    if (pushed) static_cast<void>(space_->raw().put(second, *pushed & ~kTfInSecondByte));
  }
}

MachineImpl::Verdict MachineImpl::on_invalid_opcode() {
  const GuestAddr at = eip();
  const Opcode opcode = opcode_at(at);
  // INT 6 comes the same way, and so does INT1 (ICEBP), which is #DB. Both are traps.
  const bool int_6 = raises_by_itself(opcode, kInvalidOpcode);
  if (int_6 || is_icebp(opcode)) {
    const GuestAddr next = at + static_cast<std::uint32_t>(opcode.length + (int_6 ? 1 : 0));
    engine_->set(Reg::Eip, next.value);
    return int_6 ? trap(FaultKind::Interrupt, kInvalidOpcode, at, next)
                 : trap(FaultKind::Exception, kDebug, at, next);
  }
  if (begun() == at) control_->take_back();
  return invalid_opcode(at);
}

}  // namespace sehlab::emu
