// Process: a 32-bit Windows process in the lab. Owns the machine and all that hangs on it, runs
// the guest from stop to stop, and decides at each stop what Windows would do.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "emu/machine.hpp"
#include "emu/result.hpp"
#include "host/fault/translate.hpp"
#include "host/process/exceptions.hpp"
#include "host/process/intervention.hpp"
#include "host/process/kernel_port.hpp"
#include "host/process/modules.hpp"
#include "host/process/objects.hpp"
#include "host/process/observers.hpp"
#include "host/process/options.hpp"
#include "host/process/scheduler.hpp"
#include "host/process/shared_user_data.hpp"
#include "host/process/system_port.hpp"
#include "host/process/thread_factory.hpp"
#include "host/process/thread_memory.hpp"
#include "host/seh/outcome.hpp"
#include "host/services/gate_table.hpp"
#include "host/trace/listener.hpp"

namespace sehlab::process {

struct Snapshot;

class Process {
 public:
  /// Maps the program and makes its first thread. Nothing has run yet.
  static tl::expected<std::unique_ptr<Process>, load::LoadError> create(
      const Options& options, Output& output, const std::vector<trace::Listener*>& listeners);

  /// Runs the guest to its end, whatever that is.
  [[nodiscard]] End run();
  /// Runs the guest until that many instructions are retired (Machine::retired) or it has ended,
  /// whichever comes first; nullopt: the current thread stands before the instruction after them,
  /// and what was to be told of those before is told. Nothing happens when they are retired
  /// already. Stopping on the way changes nothing in the guest.
  [[nodiscard]] std::optional<End> run_to(std::uint64_t instructions);
  /// The same up to the instruction at `address`, when the thread comes there next: it stands
  /// before it.
  [[nodiscard]] std::optional<End> run_to(GuestAddr address);

  // process_moments.cpp: for who goes through a run by its smallest steps.
  /// Where a run stands: so many instructions are retired, and since the last of them the process
  /// went on so many times without retiring one (an exception was dispatched, a call blocked).
  struct Moment {
    std::uint64_t instructions = 0;
    std::uint32_t moves = 0;
    auto operator<=>(const Moment&) const = default;
  };
  [[nodiscard]] Moment moment() const;
  enum class Pause : std::uint8_t { Elsewhere, There, Ended };
  /// Runs to the next stop of the machine and does what it asks for. There: as many instructions
  /// are retired (not fewer than are already), or the thread has come to an address of
  /// `set_stops`, and stands before it. Running on from such an address passes it. What the last of
  /// the instructions raised behind itself, and a fetch that fails next, wait for the next run_on.
  [[nodiscard]] Pause run_on(std::uint64_t instructions);
  /// Whoever stands here runs next: no time slice is over, and nothing is to be injected first. If
  /// not, another run_on to as many instructions as are retired sees to it.
  [[nodiscard]] bool settled() const;
  /// An exception that comes behind an instruction waits; it is dropped when EIP is changed.
  [[nodiscard]] bool trap_waits() const;
  void set_stops(std::vector<GuestAddr> addresses);
  /// How it ended after run_on; null: it has not.
  [[nodiscard]] const End* how_it_ended() const { return end_ ? &*end_ : nullptr; }

  /// Raises an exception before the instruction at which the current thread stands, as if the
  /// processor had raised it there: not retired, none of its effects seen. A call that the thread
  /// is blocked in is given up. Between two runs; when nobody takes the exception, the next one
  /// ends at once.
  void inject(const fault::Exception& exception);
  /// Fills in what Options::explain_crashes left out; before anything else happens.
  void explain(Crash& crash) const;
  /// Defects that the watch has found so far, without the suppressed.
  [[nodiscard]] std::size_t defects() const {
    return observers_ ? observers_->watch().defects() : 0;
  }
  /// Registers and code where the current thread stands; the record says nothing.
  [[nodiscard]] Crash scene() const;
  [[nodiscard]] bool ended() const { return end_.has_value(); }

  /// The process as it stands; between two runs, before it has ended. It belongs to this process.
  [[nodiscard]] std::shared_ptr<const Snapshot> take_snapshot();
  /// Goes back to where one was taken, also after the end.
  void restore(const Snapshot& snapshot);

  [[nodiscard]] emu::Machine& machine() { return *machine_; }
  [[nodiscard]] Modules& modules() { return *modules_; }
  [[nodiscard]] services::FileTree& files() { return kernel_->file_tree(); }
  [[nodiscard]] Scheduler& scheduler() { return *scheduler_; }

  // process_intervention.cpp: for Options::intervention.
  /// Lets it begin; before the first run, and until then it is not asked. Its Error.
  [[nodiscard]] Result<> begin_intervention();
  /// Takes over where the observers and it want to be called at an address.
  void set_breakpoints();
  [[nodiscard]] const SystemPort& system() const { return *system_; }
  /// Memory as the current thread meets it.
  [[nodiscard]] emu::GuestAccess& memory() { return *memory_; }
  /// How this process's profile and flags make exceptions of faults.
  [[nodiscard]] fault::Rules fault_rules() const;
  /// Null: nobody listens.
  [[nodiscard]] trace::Sink* sink() { return observers_ ? observers_->sink() : nullptr; }

 private:
  explicit Process(const Options& options) : options_(options) {}
  [[nodiscard]] Result<> start(Output& output, const std::vector<trace::Listener*>& listeners);

  // one per kind of stop
  void on_fault(const emu::Fault& fault);
  void on_gate(GuestAddr address);
  void on_budget();
  enum class AtUntil : std::uint8_t { Raise, Wait };
  /// Runs to the next stop and does what it asks for; true: as many instructions as `until` are
  /// retired, and nothing else was to be done first. `exceptions` there may wait.
  bool run_once(std::uint64_t until, AtUntil exceptions = AtUntil::Raise);
  /// What waits, or else what the machine comes to.
  [[nodiscard]] emu::Stop next_stop(std::uint64_t until);
  [[nodiscard]] std::optional<emu::Fault> take_waiting();

  void take_step(ExceptionStep step);
  void finish_step(const seh::Outcome& outcome);
  [[nodiscard]] seh::Outcome get_thread_context();
  [[nodiscard]] seh::Outcome set_thread_context();
  void call_service(std::uint32_t gate);
  void call_unbound(const UnboundImport& import);
  void tell_of_gate(const services::GateInfo& info);
  /// UnhandledExceptionFilter spoke: the guest will end the process itself.
  void note_unhandled(GuestAddr pointers);
  [[nodiscard]] Crash crash_of(const win32::ExceptionRecord& record,
                               const emu::GeneralRegisters& registers) const;
  void finish_service(const services::Outcome& outcome);
  /// The current thread's first asynchronous procedure call, from where it stands now.
  void deliver_apc();
  /// NtContinue was asked to look for such calls, and there is one.
  [[nodiscard]] bool continues_into_apc();
  void raise(const fault::Exception& exception);
  [[nodiscard]] bool executes_data(GuestAddr address);
  void disarm_guard(GuestAddr address);
  void apply(const seh::Outcome& outcome);
  void second_chance(const seh::SecondChance& chance);
  void thread_made(const Thread& thread, GuestAddr routine);
  void end_thread(Thread& thread, std::uint32_t code);
  void switch_thread();
  void refresh_gates();
  void end(trace::EndKind kind, std::uint32_t code, std::string detail = {});
  [[nodiscard]] std::uint64_t slice() const;
  [[nodiscard]] std::string where() const;
  [[nodiscard]] seh::Cpu seh_cpu() { return {*memory_, machine_->registers(), *system_, sink()}; }
  // process_snapshot.cpp
  [[nodiscard]] bool kernel_changed() const;
  void settle_kernel(std::uint64_t number);
  void restore_kernel(const Snapshot& snapshot);

  void images_changed();
  void set_counted_code();
  void intervene(Intervention::Occasion occasion);
  void tell_of_moves();
  void count_move();
  [[nodiscard]] std::uint64_t instructions_to_intervention() const;

  Options options_;
  seh::Profile opted_in_;  ///< the profile, with SEHOP on
  std::unique_ptr<emu::Machine> machine_;
  std::unique_ptr<Modules> modules_;
  Objects objects_;
  std::unique_ptr<Scheduler> scheduler_;
  std::unique_ptr<SharedUserData> clock_;
  std::unique_ptr<ThreadMemory> memory_;
  std::unique_ptr<SystemPort> system_;
  std::unique_ptr<ThreadFactory> threads_;
  std::unique_ptr<KernelPort> kernel_;
  std::unique_ptr<Observers> observers_;

  std::uint64_t kernel_number_ = 0;    ///< of objects_ and kernel_'s state, while unchanged
  std::uint64_t kernel_numbers_ = 0;   ///< given so far
  std::vector<GuestAddr> stops_;       ///< where a run is to stop; sorted
  Moment moved_at_;                    ///< the last move
  std::optional<emu::Fault> waiting_;  ///< is to be raised, if EIP is still there
  std::size_t gates_known_ = 0;
  std::uint64_t images_met_ = 0;         ///< Modules::version() when the breakpoints were set
  Intervention* intervening_ = nullptr;  ///< Options::intervention, once it has begun
  bool moved_ = false;          ///< a stop or an injection may have sent the thread elsewhere
  bool clock_due_ = true;       ///< the shared page is to show the time of the last stop
  std::optional<Crash> crash_;  ///< an unhandled exception was reported; the process will end
  std::optional<End> end_;
};

}  // namespace sehlab::process
