// Thread: what the lab keeps of one Windows thread while it does not run: its processor state,
// where its TEB and stack are, and what it waits for. Its exception state is in the guest.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>

#include "emu/guest_addr.hpp"
#include "emu/machine.hpp"
#include "host/services/kernel.hpp"

namespace sehlab::process {

enum class ThreadState : std::uint8_t { Ready, Waiting, Ended };

/// What of a thread is a value.
struct ThreadValues {
  std::uint32_t id = 0;      ///< Windows thread id: a multiple of four
  std::uint32_t number = 0;  ///< 1, 2, 3 … in the order of creation, for people
  GuestAddr teb;
  GuestRange reservation;  ///< the whole stack: DeallocationStack to StackBase
  ThreadState state = ThreadState::Ready;
  std::uint32_t suspend_count = 0;

  /// The gate call that blocked, tried again on waking; its deadline outlives the retries.
  std::optional<services::Block> wait;
  std::deque<services::Apc> apcs;
  bool alerted = false;                   ///< NtAlertThreadByThreadId
  std::int32_t base_priority = 0;         ///< relative to the process's
  std::uint32_t affinity = 0;             ///< a mask of processors; 0: all
  std::uint64_t created = 0, exited = 0;  ///< Scheduler::now
  std::uint64_t instructions = 0;         ///< until it was last switched away from
  bool retrying = false;                  ///< the gate at EIP was tried before

  [[nodiscard]] bool runnable() const { return state == ThreadState::Ready && suspend_count == 0; }
};

struct Thread : ThreadValues {
  std::unique_ptr<emu::SavedCpu> cpu;  ///< valid while another thread runs
  /// What the thread goes on with when the call that it waits in returns, but for EAX, which is the
  /// call's: set when another thread changed the context of this one.
  std::unique_ptr<emu::SavedCpu> after_call;
};

}  // namespace sehlab::process
