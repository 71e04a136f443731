// The threads of a process, kept for a snapshot and put back.
#include "host/process/scheduler.hpp"

namespace sehlab::process {
namespace {

void copy_into(Thread& to, const Thread& from, const emu::Machine& machine) {
  static_cast<ThreadValues&>(to) = from;
  to.cpu = from.cpu ? machine.copy_cpu(*from.cpu) : nullptr;
  to.after_call = from.after_call ? machine.copy_cpu(*from.after_call) : nullptr;
}

}  // namespace

Scheduler::State Scheduler::state() const {
  State state;
  for (const auto& thread : threads_) {
    auto copy = std::make_shared<Thread>();
    copy_into(*copy, *thread, machine_);
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
    copy_into(*threads_[i], *state.threads[i], machine_);
  }
  current_ = state.current;
  quantum_end_ = state.quantum_end;
  waited_ = state.waited;
  switched_at_ = state.switched_at;
  random_ = state.random;
}

}  // namespace sehlab::process
