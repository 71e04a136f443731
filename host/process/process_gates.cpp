// What a process does when the guest calls a gate: dispatch's own gates, the services of the
// system DLLs, and gates that nobody stands behind.
#include <array>
#include <cstdio>
#include <string>
#include <utility>

#include "emu/check.hpp"
#include "host/process/process.hpp"
#include "host/seh/dispatch.hpp"

namespace sehlab::process {

void Process::on_gate(GuestAddr address) {
  // The most frequent gate by far: a frame handler returned.
  if (address == system_->ntdll().handler_returned) {
    take_step(seh::handler_returned);
    return;
  }
  const auto found = modules_->gates().find(address);
  SEHLAB_CHECK(found != modules_->gates().end());
  const GateTarget target = found->second;
  if (target.unbound != nullptr) {
    call_unbound(*target.unbound);
    return;
  }
  if (options_.trace_gates && observers_ && !scheduler_->current().retrying) {
    tell_of_gate(*services::gate_info(target.number));
  }
  const auto gate = static_cast<services::Gate>(target.number);
  if (const ExceptionStep step = exception_step(gate)) {
    const bool calls = gate == services::Gate::NtContinue && continues_into_apc();
    take_step(step);
    if (calls && !end_) deliver_apc();
  } else if (gate == services::Gate::NtGetContextThread) {
    finish_step(get_thread_context());
  } else if (gate == services::Gate::NtSetContextThread) {
    finish_step(set_thread_context());
  } else {
    call_service(target.number);
  }
}

/// A step of dispatch counts like any gate: a chain that leads through ntdll's own handlers for
/// ever spends its time there and nowhere else.
void Process::take_step(ExceptionStep step) {
  finish_step(step(seh_cpu()));
}

void Process::finish_step(const seh::Outcome& outcome) {
  if (std::holds_alternative<seh::Run>(outcome)) machine_->count_gate();
  apply(outcome);
}

void Process::tell_of_gate(const services::GateInfo& info) {
  const emu::GeneralRegisters registers = machine_->registers().general();
  const auto caller =
      machine_->memory().raw().get<std::uint32_t>(GuestAddr{registers.esp}).value_or(0);
  sink()->emit(trace::GateCalled{
      std::string(info.dll) + ".dll", std::string(info.name), {GuestAddr{caller}, {}}});
}

void Process::call_unbound(const UnboundImport& import) {
  const emu::GeneralRegisters registers = machine_->registers().general();
  std::array<std::uint32_t, 4> top{};
  std::string arguments;
  if (machine_->memory().raw().read(GuestAddr{registers.esp},
                                    std::as_writable_bytes(std::span(top)))) {
    char text[48];
    std::snprintf(text, sizeof(text), "%08x %08x %08x", top[1], top[2], top[3]);
    arguments = text;
  }
  const GuestAddr caller{top[0]};
  char address[16];
  std::snprintf(address, sizeof(address), "%08x", caller.value);
  const std::string symbol = modules_->symbolize(caller);
  end(trace::EndKind::Unmodelled, 0,
      import.dll + "!" + import.function + " is not modelled; called from " + address +
          (symbol.empty() ? "" : " (" + symbol + ")") + " on thread " +
          std::to_string(scheduler_->current().number) + ", words on the stack: " + arguments);
}

void Process::call_service(std::uint32_t gate) {
  const services::Service service = services::service_of(gate);
  SEHLAB_CHECK(service != nullptr);
  services::GateCall call{
      *kernel_, *memory_, machine_->registers(), machine_->registers().general(), {}};
  const std::uint32_t words = services::gate_info(gate)->argument_bytes / 4;
  const auto fault = memory_->read(
      GuestAddr{call.at_entry.esp + 4},
      std::as_writable_bytes(std::span(call.argument).first(std::min<std::size_t>(words, 16))));
  finish_service(fault ? services::Outcome(services::Faulted{*fault}) : service(call));
}

void Process::finish_service(const services::Outcome& outcome) {
  Thread& thread = scheduler_->current();
  if (const auto* block = std::get_if<services::Block>(&outcome)) {
    thread.wait = *block;
    thread.retrying = true;
    thread.state = ThreadState::Waiting;
    switch_thread();
    return;
  }
  thread.retrying = false;
  thread.wait.reset();
  refresh_gates();
  const auto complete = [this, &thread](std::uint32_t eax, std::optional<std::uint32_t> edx) {
    const auto changed = std::exchange(thread.after_call, nullptr);
    if (changed) machine_->restore_cpu(*changed);
    emu::GeneralRegisters registers = machine_->registers().general();
    registers.eax = eax;
    if (edx && !changed) registers.edx = *edx;
    machine_->registers().set_general(registers);
    if (changed) {
      machine_->count_gate();
    } else {
      machine_->retire_gate();
    }
  };
  if (const auto* done = std::get_if<services::Return>(&outcome)) {
    complete(done->eax, done->edx);
    // A thread that suspended itself stops here.
    if (!thread.runnable()) switch_thread();
  } else if (const auto* yield = std::get_if<services::Yield>(&outcome)) {
    complete(yield->eax, std::nullopt);
    switch_thread();
  } else if (const auto* apc = std::get_if<services::DeliverApc>(&outcome)) {
    complete(apc->eax, std::nullopt);
    deliver_apc();
  } else if (const auto* faulted = std::get_if<services::Faulted>(&outcome)) {
    emu::Fault fault = faulted->fault;
    fault.eip = GuestAddr{machine_->registers().general().eip};
    on_fault(fault);
  } else if (const auto* ended = std::get_if<services::EndThread>(&outcome)) {
    end_thread(thread, ended->code);
    if (scheduler_->any_alive()) {
      switch_thread();
    } else {
      // The last thread took the process with it, as in Windows.
      end(trace::EndKind::Exited, ended->code);
    }
  } else if (const auto* process = std::get_if<services::EndProcess>(&outcome)) {
    // Who reported an exception as unhandled ends the process with its code, unless the unwinding
    // that follows went elsewhere.
    if (crash_ && crash_->record.ExceptionCode != process->code) crash_.reset();
    end(crash_ ? trace::EndKind::UnhandledException : trace::EndKind::Exited, process->code);
  } else if (const auto* unhandled = std::get_if<services::UnhandledReported>(&outcome)) {
    note_unhandled(unhandled->pointers);
    complete(0, std::nullopt);
  } else if (const auto* unmodelled = std::get_if<services::Unmodelled>(&outcome)) {
    end(trace::EndKind::Unmodelled, 0, unmodelled->what + where());
  }
}

}  // namespace sehlab::process
