// The threads of a process, kept for a snapshot and put back.
#include "host/process/scheduler.hpp"

namespace sehlab::process {
namespace {

std::unique_ptr<emu::SavedCpu> copy_of(const std::unique_ptr<emu::SavedCpu>& cpu,
                                       const emu::Machine& machine) {
  return cpu ? machine.copy_cpu(*cpu) : nullptr;
}

void copy_into(Thread& to, const Thread& from, const emu::Machine& machine) {
  static_cast<ThreadValues&>(to) = from;
  to.after_call = copy_of(from.after_call, machine);
}

}  // namespace

Scheduler::State Scheduler::state() const {
  State state;
  for (const auto& thread : threads_) {
    auto copy = std::make_shared<Thread>();
    copy_into(*copy, *thread, machine_);
    if (thread.get() != &current()) copy->cpu = copy_of(thread->cpu, machine_);
    state.threads.push_back(std::move(copy));
  }
  state.current = current_;
  state.quantum_end = quantum_end_;
  state.waited = waited_;
  state.switched_at = switched_at_;
  state.random = random_;
  return state;
}

void Scheduler::restore(const State& state) {
  threads_.resize(state.threads.size());
  for (std::size_t i = 0; i < threads_.size(); ++i) {
    if (!threads_[i]) threads_[i] = std::make_unique<Thread>();
    Thread& thread = *threads_[i];
    copy_into(thread, *state.threads[i], machine_);
    if (i != state.current) {
      thread.cpu = copy_of(state.threads[i]->cpu, machine_);
    } else if (thread.cpu == nullptr) {
      thread.cpu = machine_.save_cpu();  // room for when it is switched away from
    }
  }
  current_ = state.current;
  quantum_end_ = state.quantum_end;
  waited_ = state.waited;
  switched_at_ = state.switched_at;
  random_ = state.random;
}

}  // namespace sehlab::process
