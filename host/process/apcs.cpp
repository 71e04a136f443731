// Asynchronous procedure calls: the frame that the kernel lays for KiUserApcDispatcher.
#include <array>
#include <cstddef>

#include "emu/check.hpp"
#include "host/process/process.hpp"
#include "host/seh/thread_context.hpp"
#include "host/win32/context.hpp"

namespace sehlab::process {
namespace {

/// At ESP when KiUserApcDispatcher begins: the routine, its arguments, and what NtContinue is to
/// restore when it has returned.
struct ApcFrame {
  std::uint32_t routine;
  std::array<std::uint32_t, 3> argument;
  win32::Context context;
};
static_assert(offsetof(ApcFrame, context) == 0x10);

}  // namespace

bool Process::continues_into_apc() {
  const GuestAddr esp{machine_->registers().general().esp};
  const auto test_alert = machine_->memory().raw().get<std::uint8_t>(esp + 8);
  return test_alert.value_or(0) != 0 && !scheduler_->current().apcs.empty();
}

void Process::deliver_apc() {
  Thread& thread = scheduler_->current();
  SEHLAB_CHECK(!thread.apcs.empty());
  const Module* ntdll = modules_->find("ntdll.dll");
  const auto dispatcher = modules_->find_symbol(*ntdll, "KiUserApcDispatcher");
  SEHLAB_CHECK(dispatcher.has_value());
  emu::GeneralRegisters registers = machine_->registers().general();
  ApcFrame frame{};
  frame.routine = thread.apcs.front().routine.value;
  frame.argument = thread.apcs.front().argument;
  seh::capture_context(machine_->registers(), registers, win32::CONTEXT_FULL, frame.context);
  thread.apcs.pop_front();
  registers.esp = (registers.esp & ~3u) - std::uint32_t{sizeof(frame)};
  if (memory_->write_object(GuestAddr{registers.esp}, frame)) {
    end(trace::EndKind::Unmodelled, 0, "an APC for a thread whose stack has no room" + where());
    return;
  }
  registers.eip = dispatcher->value;
  machine_->registers().set_general(registers);
}

}  // namespace sehlab::process
