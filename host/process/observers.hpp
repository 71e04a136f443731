// Observers: everything that looks on while a process runs: the recorder of events, the chain
// watch, symbols whose being reached is told. A process that nobody watches has none.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "emu/machine.hpp"
#include "emu/result.hpp"
#include "host/process/modules.hpp"
#include "host/process/scheduler.hpp"
#include "host/process/system_port.hpp"
#include "host/seh/guest_words.hpp"
#include "host/trace/context.hpp"
#include "host/trace/recorder.hpp"
#include "host/watch/chain_watch.hpp"

namespace sehlab::process {

class Observers final : public trace::Context, public watch::Target, public trace::Annotator {
 public:
  Observers(emu::Machine& machine, const Modules& modules, Scheduler& scheduler,
            const SystemPort& system, watch::Mode mode, watch::Suppressions suppressions,
            const std::vector<trace::Listener*>& listeners);

  [[nodiscard]] trace::Sink* sink() { return &recorder_; }
  [[nodiscard]] const watch::ChainWatch& watch() const { return watch_; }

  /// Symbols to tell of: "image!symbol" or "symbol" (of the program). One that its image does not
  /// have is an Error; one whose image is not loaded yet waits for that.
  [[nodiscard]] Result<> observe(const std::vector<std::string>& symbols);
  /// Tells of images that are loaded since the last call, and looks for the observed symbols in
  /// what is loaded now.
  void images_changed();
  /// Where the found ones are.
  [[nodiscard]] std::vector<GuestAddr> breakpoints() const;
  /// True when EIP is at one of them; tells of it.
  bool reached(GuestAddr address);

  void thread_started(const Thread& thread);
  void thread_ended(const Thread& thread);
  void condition_met(const emu::ConditionMet& met);

  /// What they have seen so far, for snapshots; what was told is told.
  struct State {
    watch::ChainWatch::State watch;
    std::vector<std::uint64_t> visits;  ///< of each observed symbol
    std::uint64_t images_told = 0;
    GuestRange known_stack;
  };
  [[nodiscard]] State state() const;
  void restore(const State& state);
  /// Tells the machine what to stop for, for the running thread.
  void arm();

  // trace::Context
  std::uint64_t instruction() const override { return machine_.retired(); }
  std::uint32_t thread() const override;
  GuestAddr eip() const override { return GuestAddr{machine_.registers().general().eip}; }
  std::string symbol(GuestAddr address) const override { return modules_.symbolize(address); }
  trace::ChainPicture chain() const override;
  // trace::Annotator
  void annotate(trace::Payload& payload) override;
  // watch::Target (instruction and eip are shared with trace::Context)
  bool word(GuestAddr address, std::uint32_t& value) const override;
  std::uint32_t ebp() const override { return machine_.registers().general().ebp; }
  GuestRange stack() const override;
  bool is_protector(GuestAddr handler) const override;
  std::optional<trace::Refusal> record_refusal(GuestAddr record) const override;
  std::optional<trace::Refusal> handler_refusal(GuestAddr handler) const override;
  GuestAddr function(GuestAddr address) const override { return modules_.function(address); }
  GuestAddr esp() const override { return GuestAddr{machine_.registers().general().esp}; }

 private:
  /// The calls that led here, innermost first, by the chain of EBP frames across all stacks; for
  /// the entry of a function, where the caller's return address lies at ESP.
  [[nodiscard]] std::vector<trace::CallFrame> backtrace() const;
  [[nodiscard]] seh::StackTib tib() const;
  void annotate(trace::DefectFound& defect) const;

  emu::Machine& machine_;
  const Modules& modules_;
  Scheduler& scheduler_;
  const SystemPort& system_;
  trace::Recorder recorder_;
  watch::ChainWatch watch_;
  /// A symbol whose being reached is told.
  struct Observed {
    std::string image;  ///< stem or file name, lower case; empty: the program
    std::string symbol;
    GuestAddr at{};            ///< 0: not there, or its image is not loaded
    std::uint64_t visits = 0;  ///< so far
  };
  /// Finds it in what is loaded. False: its image is loaded, and has no such symbol.
  [[nodiscard]] bool find(Observed& observed) const;

  /// Limits that were looked at and describe one stack: committed from end to end.
  mutable GuestRange known_stack_;
  std::vector<Observed> observed_;
  std::uint64_t images_seen_ = 0;  ///< Modules::version() then
  std::uint64_t images_told_ = 0;  ///< the number of the newest
};

}  // namespace sehlab::process
