#include "host/process/scheduler.hpp"

#include <algorithm>
#include <limits>
#include <span>
#include <utility>

#include "host/services/system_time.hpp"

namespace sehlab::process {
namespace {

constexpr std::uint32_t kShortestQuantum = 10'000, kQuantumSpread = 40'000;  // instructions

}  // namespace

std::uint32_t RandomStream::next() {
  state_ ^= state_ >> 12;
  state_ ^= state_ << 25;
  state_ ^= state_ >> 27;
  return static_cast<std::uint32_t>((state_ * 0x2545f4914f6cdd1du) >> 32);
}

Scheduler::Scheduler(emu::Machine& machine, Objects& objects, std::uint64_t seed)
    : machine_(machine), objects_(objects), random_(seed) {}

Thread& Scheduler::add(std::unique_ptr<Thread> thread) {
  if (threads_.empty()) new_quantum();
  // A thread that comes second ends the time of the unbounded quantum.
  if (threads_.size() == 1) new_quantum();
  thread->created = now();
  threads_.push_back(std::move(thread));
  return *threads_.back();
}

Thread* Scheduler::find(std::uint32_t id) {
  const auto it = std::ranges::find_if(threads_, [id](const auto& t) { return t->id == id; });
  return it == threads_.end() ? nullptr : it->get();
}

bool Scheduler::any_alive() const {
  return std::ranges::any_of(threads_,
                             [](const auto& t) { return t->state != ThreadState::Ended; });
}

std::uint64_t Scheduler::instructions() const {
  return machine_.retired();
}

std::uint64_t Scheduler::instructions_of(const Thread& thread) const {
  return thread.instructions +
         (&thread == threads_[current_].get() ? machine_.retired() - switched_at_ : 0);
}

std::uint64_t Scheduler::now() const {
  return machine_.retired() / services::kInstructionsPer100ns + waited_;
}

void Scheduler::new_quantum() {
  quantum_end_ = machine_.retired() + kShortestQuantum + random_.next() % kQuantumSpread;
}

std::uint64_t Scheduler::quantum_left() const {
  if (threads_.size() == 1) return std::numeric_limits<std::uint64_t>::max();
  const std::uint64_t retired = machine_.retired();
  return quantum_end_ > retired ? quantum_end_ - retired : 0;
}

void Scheduler::pass_timers() {
  for (const TimerCall& call : objects_.pass_time(now())) {
    Thread* thread = find(call.thread_id);
    if (thread == nullptr || thread->state == ThreadState::Ended) continue;
    const bool queued = std::ranges::any_of(
        thread->apcs, [&](const services::Apc& apc) { return apc.timer == call.apc.timer; });
    if (!queued) thread->apcs.push_back(call.apc);
  }
}

void Scheduler::forget_call(std::uint64_t timer_setting) {
  if (timer_setting == 0) return;
  for (const auto& thread : threads_) {
    std::erase_if(thread->apcs,
                  [&](const services::Apc& apc) { return apc.timer == timer_setting; });
  }
}

void Scheduler::wake_waiters() {
  pass_timers();
  for (const auto& thread : threads_) {
    if (thread->state != ThreadState::Waiting) continue;
    const services::Block& wait = *thread->wait;
    const bool over = wait.deadline && *wait.deadline <= now();
    const auto handles = std::span(wait.handles).first(wait.count);
    const bool called =
        (wait.alertable && !thread->apcs.empty()) || (wait.for_alert && thread->alerted);
    if (over || called ||
        (wait.count != 0 && objects_.satisfiable(handles, wait.all, thread->id))) {
      thread->state = ThreadState::Ready;
    }
  }
}

bool Scheduler::pass_time() {
  std::optional<std::uint64_t> first;
  for (const auto& thread : threads_) {
    if (thread->state != ThreadState::Waiting || thread->suspend_count != 0) continue;
    const services::Block& wait = *thread->wait;
    const auto handles = std::span(wait.handles).first(wait.count);
    const auto timer =
        wait.count == 0 ? std::nullopt : objects_.satisfied_at(handles, wait.all, thread->id);
    const auto call = wait.alertable ? objects_.next_call(thread->id) : std::nullopt;
    for (const auto& time : {wait.deadline, timer, call}) {
      if (time) first = std::min(first.value_or(~0ull), *time);
    }
  }
  if (!first) return false;
  if (*first > now()) waited_ += *first - now();
  return true;
}

Scheduler::Next Scheduler::switch_thread() {
  for (int attempt = 0; attempt < 2; ++attempt) {
    wake_waiters();
    for (std::size_t step = 1; step <= threads_.size(); ++step) {
      const std::size_t candidate = (current_ + step) % threads_.size();
      if (!threads_[candidate]->runnable()) continue;
      new_quantum();
      if (candidate == current_) return Next::Same;
      if (current().state != ThreadState::Ended) machine_.save_cpu_into(*current().cpu);
      current().instructions = instructions_of(current());
      switched_at_ = machine_.retired();
      current_ = candidate;
      machine_.restore_cpu(*current().cpu);
      machine_.set_fs_base(current().teb);
      return Next::Switched;
    }
    if (!pass_time()) break;
  }
  return Next::Deadlock;
}

}  // namespace sehlab::process
