// Scheduler: which thread runs next and when, decided by nothing but what the guest did and the
// seed. Time is the count of retired instructions plus the time that everybody waited through.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "host/process/objects.hpp"
#include "host/process/thread.hpp"

namespace sehlab::process {

/// xorshift64*: the one stream of pseudo-random numbers of a process.
class RandomStream {
 public:
  explicit RandomStream(std::uint64_t seed)
      : state_(std::max<std::uint64_t>(seed * 0x9e3779b97f4a7c15u + 1, 1)) {}
  [[nodiscard]] std::uint32_t next();

 private:
  std::uint64_t state_;  ///< never 0: from there no other number comes
};

class Scheduler {
 public:
  Scheduler(emu::Machine& machine, Objects& objects, std::uint64_t seed);

  Thread& add(std::unique_ptr<Thread> thread);
  [[nodiscard]] Thread& current() { return *threads_[current_]; }
  [[nodiscard]] const Thread& current() const { return *threads_[current_]; }
  [[nodiscard]] Thread* find(std::uint32_t id);
  [[nodiscard]] const std::vector<std::unique_ptr<Thread>>& threads() const { return threads_; }
  [[nodiscard]] bool any_alive() const;

  /// What a thread has executed, up to now.
  [[nodiscard]] std::uint64_t instructions_of(const Thread& thread) const;
  [[nodiscard]] std::uint64_t instructions() const;  ///< of all threads
  /// Guest time, units of 100 ns: one instruction is taken to last 1 ns.
  [[nodiscard]] std::uint64_t now() const;
  [[nodiscard]] RandomStream& random() { return random_; }

  /// Instructions that the current thread may run before somebody else's turn; no bound while
  /// there has been no other.
  [[nodiscard]] std::uint64_t quantum_left() const;

  /// Signals the timers that are due, and queues the calls that they make: of one timer there is
  /// one in the queue at most.
  void pass_timers();
  /// Takes a timer's call back that has not been made.
  void forget_call(std::uint64_t timer_setting);

  /// Threads, turns and time, for snapshots. The threads' own registers are copied; those of the
  /// running one are the machine's.
  struct State {
    std::vector<std::shared_ptr<const Thread>> threads;
    std::size_t current = 0;
    std::uint64_t quantum_end = 0, waited = 0, switched_at = 0;
    RandomStream random{0};
  };
  [[nodiscard]] State state() const;
  /// Threads that both know stay the same objects.
  void restore(const State& state);

  enum class Next : std::uint8_t { Same, Switched, Deadlock };
  /// Lets the next runnable thread in turn have the processor: waits that are over wake, and when
  /// all wait, time passes up to the first deadline. Deadlock: nothing can ever happen again.
  [[nodiscard]] Next switch_thread();

 private:
  void wake_waiters();
  [[nodiscard]] bool pass_time();
  void new_quantum();

  emu::Machine& machine_;
  Objects& objects_;
  RandomStream random_;
  std::vector<std::unique_ptr<Thread>> threads_;
  std::size_t current_ = 0;
  std::uint64_t quantum_end_ = 0;  ///< retired instructions
  std::uint64_t waited_ = 0;       ///< 100 ns
  std::uint64_t switched_at_ = 0;  ///< retired instructions
};

}  // namespace sehlab::process
