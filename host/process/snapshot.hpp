// Snapshot: a process as it stood between two runs: machine, threads, objects, files, images, the
// shared clock, the schedule, what the watch knows. What runs from there runs the same way again,
// events included; what was written to the host's streams is not taken back.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "emu/fault.hpp"
#include "emu/snapshot.hpp"
#include "host/process/kernel_port.hpp"
#include "host/process/modules.hpp"
#include "host/process/objects.hpp"
#include "host/process/observers.hpp"
#include "host/process/scheduler.hpp"
#include "host/process/shared_user_data.hpp"

namespace sehlab::process {

struct Snapshot {
  std::unique_ptr<emu::Snapshot> machine;
  std::uint64_t instructions = 0;  ///< retired
  std::shared_ptr<const Modules::State> modules;
  std::uint64_t kernel_number = 0;  ///< of `objects` and `kernel`: equal numbers, equal states
  Objects objects;
  KernelPort::State kernel;
  Scheduler::State scheduler;
  SharedUserData::State clock;
  bool clock_due = true;
  std::uint32_t threads_created = 0, execute_flags = 0;
  std::optional<Observers::State> observers;
  bool moved = false;
  std::uint64_t moved_at = 0;                ///< instructions retired at the last move
  std::uint32_t moves = 0;                   ///< there
  std::optional<emu::Fault> waiting;         ///< an exception is to be raised
  std::shared_ptr<const void> intervention;  ///< null: there was none
};

}  // namespace sehlab::process
