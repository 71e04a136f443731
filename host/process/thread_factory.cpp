#include "host/process/thread_factory.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "host/process/environment.hpp"
#include "host/win32/teb.hpp"

namespace sehlab::process {
namespace {

constexpr std::uint32_t kDefaultReserve = 0x100000;
constexpr std::uint32_t kMostReserve = 0x40000000;
constexpr std::uint32_t kTlsPointersBytes = kPageSize;  // 1024 indices
constexpr GuestRange kLowSpace{GuestAddr{0x00020000}, GuestAddr{0x00400000}};

std::uint32_t round_up(std::uint32_t bytes, std::uint32_t to) {
  return (bytes + to - 1) / to * to;
}

}  // namespace

ThreadFactory::ThreadFactory(emu::Machine& machine, Modules& modules, Scheduler& scheduler,
                             GuestAddr peb)
    : machine_(machine),
      modules_(modules),
      scheduler_(scheduler),
      peb_(peb),
      pristine_(machine.save_cpu()) {}

Result<StackBounds> ThreadFactory::make_thread_stack(const Start& start) {
  auto& space = machine_.memory();
  const load::Image& program = *modules_.all().front().image;
  std::uint32_t reserve = start.stack_reserve;
  if (reserve == 0) reserve = program.stack_reserve;
  if (reserve == 0) reserve = kDefaultReserve;
  if (reserve > kMostReserve) return fail("", "a stack of more than 1 GiB was asked for");
  reserve = std::max(round_up(reserve, kAllocationGranularity), kAllocationGranularity);
  const std::uint32_t commit = start.stack_commit != 0 ? start.stack_commit : program.stack_commit;
  // Where Windows puts a program's first stack: low, under the program.
  if (start.stack_end.value > reserve) {
    if (auto made = make_stack(space, start.stack_end - reserve, reserve, commit)) return made;
  }
  auto at = space.find_free(reserve, kLowSpace, kAllocationGranularity);
  if (!at) at = space.find_free(reserve, kUserSpace, kAllocationGranularity);
  if (!at) return fail("", "no room for another stack");
  return make_stack(space, *at, reserve, commit);
}

Result<Thread*> ThreadFactory::create(const Start& start) {
  auto& space = machine_.memory();
  const auto stack = make_thread_stack(start);
  if (!stack) return tl::make_unexpected(stack.error());

  auto thread = std::make_unique<Thread>();
  thread->number = created_ + 1;
  thread->id = kFirstThreadId + created_ * 4;
  thread->reservation = stack->reservation;
  thread->suspend_count = start.suspended ? 1 : 0;
  const auto teb = make_teb(space, {thread->id, peb_, *stack});
  if (!teb) {
    static_cast<void>(space.release(thread->reservation.begin));
    return tl::make_unexpected(teb.error());
  }
  thread->teb = *teb;
  if (auto laid = lay_tls(*thread); !laid) {
    retire(*thread);
    return tl::make_unexpected(laid.error());
  }
  ++created_;

  const std::array<std::uint32_t, 4> top{0, start.routine.value, start.parameter, 0};
  const GuestAddr esp = stack->reservation.end - sizeof(top);
  if (!space.raw().put(esp, top)) return fail("", "the new stack cannot be written");

  // The processor state is made on the machine itself, between two instructions of whoever runs.
  const auto running = machine_.save_cpu();
  machine_.restore_cpu(*pristine_);
  machine_.set_fs_base(thread->teb);
  emu::GeneralRegisters registers = machine_.registers().general();
  registers.eip = start.eip.value;
  registers.esp = esp.value;
  registers.eax = start.routine.value;
  registers.ebx = start.parameter;
  machine_.registers().set_general(registers);
  thread->cpu = machine_.save_cpu();
  const bool first = scheduler_.threads().empty();
  Thread& added = scheduler_.add(std::move(thread));
  if (!first) {
    machine_.restore_cpu(*running);
    machine_.set_fs_base(scheduler_.current().teb);
  }
  return &added;
}

Result<> ThreadFactory::lay_tls(Thread& thread) {
  const auto templates = modules_.tls();
  if (templates.empty()) return {};
  auto& space = machine_.memory();
  const GuestAddr slot = thread.teb + offsetof(win32::Teb, ThreadLocalStoragePointer);
  std::uint32_t pointers = space.raw().get<std::uint32_t>(slot).value_or(0);
  const auto allocate = [&](std::uint32_t bytes) -> Result<GuestAddr> {
    const std::uint32_t size = round_up(std::max(bytes, 1u), kPageSize);
    const auto at = space.find_free(size, kUserSpace, kAllocationGranularity);
    if (!at) return fail("", "no room for thread-local storage");
    if (auto done = space.reserve(*at, size); !done) return tl::make_unexpected(done.error());
    if (auto done = space.commit(*at, size, emu::kReadWrite); !done) {
      return tl::make_unexpected(done.error());
    }
    return *at;
  };
  if (pointers == 0) {
    const auto at = allocate(kTlsPointersBytes);
    if (!at) return tl::make_unexpected(at.error());
    pointers = at->value;
    if (!space.raw().put(slot, pointers)) return fail("", "the TEB cannot be written");
  }
  for (std::uint32_t index = 0; index < templates.size(); ++index) {
    const GuestAddr entry{pointers + index * 4};
    const std::uint32_t laid = space.raw().get<std::uint32_t>(entry).value_or(0);
    const auto& from = templates[index];
    if (from.module_base == GuestAddr{}) {
      if (laid != 0) static_cast<void>(space.release(GuestAddr{laid}));
      if (laid != 0) static_cast<void>(space.raw().put(entry, 0u));
      continue;
    }
    if (laid != 0) continue;
    const auto block = allocate(from.raw_size + from.zero_fill);
    if (!block) return tl::make_unexpected(block.error());
    std::vector<std::byte> bytes(from.raw_size);
    if (!space.raw().read(from.raw_begin, bytes) || !space.raw().write(*block, bytes) ||
        !space.raw().put(entry, block->value)) {
      return fail("", "thread-local storage cannot be laid");
    }
  }
  return {};
}

void ThreadFactory::retire(Thread& thread) {
  auto& space = machine_.memory();
  const GuestAddr slot = thread.teb + offsetof(win32::Teb, ThreadLocalStoragePointer);
  if (const auto pointers = space.raw().get<std::uint32_t>(slot).value_or(0); pointers != 0) {
    for (std::uint32_t index = 0; index < modules_.tls().size(); ++index) {
      const auto block = space.raw().get<std::uint32_t>(GuestAddr{pointers + index * 4});
      if (block.value_or(0) != 0) static_cast<void>(space.release(GuestAddr{*block}));
    }
    static_cast<void>(space.release(GuestAddr{pointers}));
  }
  static_cast<void>(space.release(thread.reservation.begin));
  static_cast<void>(space.release(thread.teb));
  thread.cpu.reset();
}

}  // namespace sehlab::process
