// NtGetContextThread and NtSetContextThread: one thread looks at another's processor state, or at
// its own, and changes it, as far as ContextFlags name it. Facts 1.3; where a system call is under
// way the state is that of its return (Microsoft's documentation of GetThreadContext warns of a
// thread that runs, and does not refuse it).
#include <variant>

#include "host/process/process.hpp"
#include "host/seh/guest_words.hpp"
#include "host/seh/kernel_copy.hpp"
#include "host/seh/thread_context.hpp"
#include "host/win32/status.hpp"

namespace sehlab::process {
namespace {

constexpr std::uint32_t kGateBytes = 2;  // INT n

/// Has the machine hold another thread's processor state for as long as this lives: as it is, or as
/// it will be when the system call returns that the thread waits in.
class OtherCpu {
 public:
  OtherCpu(emu::Machine& machine, Thread& running, Thread& other)
      : machine_(machine), running_(running), other_(other) {
    machine_.save_cpu_into(*running_.cpu);
    machine_.restore_cpu(other_.after_call ? *other_.after_call : *other_.cpu);
    if (!other_.retrying || other_.after_call) return;
    emu::GeneralRegisters general = machine_.registers().general();
    general.eip += kGateBytes;
    machine_.registers().set_general(general);
  }
  OtherCpu(const OtherCpu&) = delete;
  OtherCpu& operator=(const OtherCpu&) = delete;
  ~OtherCpu() { machine_.restore_cpu(*running_.cpu); }

  void keep() {
    if (!other_.retrying) {
      machine_.save_cpu_into(*other_.cpu);
    } else {
      other_.after_call = machine_.save_cpu();
    }
  }

 private:
  emu::Machine& machine_;
  Thread &running_, &other_;
};

/// A call of one of the two gates.
struct ContextCall {
  seh::GateFrame<2> frame{};
  Thread* thread = nullptr;
  win32::Context context{};
  std::optional<seh::Outcome> refused;  ///< returned with a status, or faulted
};

ContextCall read_call(const seh::Cpu& cpu, const KernelPort& kernel) {
  ContextCall call;
  const emu::GeneralRegisters general = cpu.registers.general();
  if (auto fault = cpu.memory.read_object(GuestAddr{general.esp}, call.frame)) {
    call.refused = seh::at_gate(*fault, general.eip);
    return call;
  }
  call.thread = kernel.thread_behind(call.frame.argument[0]);
  auto status = seh::copy_context(cpu, GuestAddr{call.frame.argument[1]}, call.context);
  if (call.thread == nullptr) {
    status = win32::STATUS_INVALID_HANDLE;
  } else if (call.thread->state == ThreadState::Ended) {
    status = win32::STATUS_THREAD_IS_TERMINATING;
  }
  if (status) {
    call.refused = seh::return_from_gate(cpu, general, call.frame.return_address,
                                         sizeof(call.frame.argument), *status);
  }
  return call;
}

}  // namespace

seh::Outcome Process::get_thread_context() {
  const seh::Cpu cpu = seh_cpu();
  ContextCall call = read_call(cpu, *kernel_);
  if (call.refused) return std::move(*call.refused);
  Thread& running = scheduler_->current();
  const auto read = [&] {
    emu::GeneralRegisters general = machine_->registers().general();
    if (call.thread == &running) general.eip += kGateBytes;
    seh::fill_context(machine_->registers(), general, call.context);
  };
  if (call.thread == &running) {
    read();
  } else {
    const OtherCpu other(*machine_, running, *call.thread);
    read();
  }
  const emu::GeneralRegisters general = cpu.registers.general();
  if (auto fault = cpu.memory.write_object(GuestAddr{call.frame.argument[1]}, call.context)) {
    return seh::at_gate(*fault, general.eip);
  }
  return seh::return_from_gate(cpu, general, call.frame.return_address, sizeof(call.frame.argument),
                               win32::STATUS_SUCCESS);
}

seh::Outcome Process::set_thread_context() {
  const seh::Cpu cpu = seh_cpu();
  ContextCall call = read_call(cpu, *kernel_);
  if (call.refused) return std::move(*call.refused);
  Thread& running = scheduler_->current();
  if (call.thread == &running) {
    // The system call returns: EAX is its status, and what the context names is as it says.
    emu::GeneralRegisters after = cpu.registers.general();
    after.eip = call.frame.return_address;
    after.esp += sizeof(call.frame);
    if (!seh::restore_context(cpu.registers, after, call.context)) {
      return seh::bad_selector(call.context);
    }
    after = cpu.registers.general();
    after.eax = win32::STATUS_SUCCESS;
    cpu.registers.set_general(after);
    return seh::Run{};
  }
  bool restored = false;
  {
    OtherCpu other(*machine_, running, *call.thread);
    emu::Registers& registers = machine_->registers();
    restored = seh::restore_context(registers, registers.general(), call.context);
    if (restored) other.keep();
  }
  if (!restored) return seh::bad_selector(call.context);
  return seh::return_from_gate(cpu, cpu.registers.general(), call.frame.return_address,
                               sizeof(call.frame.argument), win32::STATUS_SUCCESS);
}

}  // namespace sehlab::process
