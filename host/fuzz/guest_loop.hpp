// GuestLoop: one guest program, run again and again from where it said that it is ready, each time
// with another input. The protocol between the two is guest/include/lab/fuzz.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "emu/guest_addr.hpp"
#include "emu/result.hpp"
#include "host/process/options.hpp"
#include "host/process/process.hpp"
#include "host/process/snapshot.hpp"
#include "host/trace/event.hpp"
#include "host/trace/listener.hpp"

namespace sehlab::fuzz {

struct LoopOptions {
  /// `budget`: instructions up to lab_fuzz_ready; 0: kStartBudget. Crashes are not explained.
  process::Options process;
  /// What the guest writes goes there, and is read from there; null: it is dropped.
  process::Output* output = nullptr;
  std::uint64_t run_budget = 1'000'000;  ///< instructions of one run
};

/// How a run ended.
struct Ending {
  trace::EndKind kind = trace::EndKind::Exited;
  std::uint32_t code = 0;          ///< exit code, or exception code
  std::uint64_t instructions = 0;  ///< retired in this run
  std::size_t defects = 0;         ///< that the watch found in this run, without the suppressed
  std::string detail;              ///< what is not modelled, and where; empty for a spent budget
  std::optional<process::Crash> crash;
};

class GuestLoop {
 public:
  static constexpr std::uint64_t kStartBudget = 1'000'000'000;

  /// Starts the program and runs it until it is ready. `listeners` hear that, and each run; with
  /// none, and without a watch, nobody is called back, and a run that ends well allocates nothing.
  [[nodiscard]] static Result<std::unique_ptr<GuestLoop>> create(
      const LoopOptions& options, const std::vector<trace::Listener*>& listeners);
  ~GuestLoop();
  GuestLoop(const GuestLoop&) = delete;
  GuestLoop& operator=(const GuestLoop&) = delete;

  /// Goes back to the snapshot, gives the program its input and runs it to its end. Bytes beyond
  /// `most_bytes` are not given. The ending is the loop's, until the next run.
  const Ending& run(std::span<const std::byte> input);
  /// Where edges are counted from the next run on, when `process.count_edges` says so
  /// (Machine::set_edge_counters); those of the start are not.
  void set_edge_counters(std::span<std::uint8_t> counters) {
    process_->machine().set_edge_counters(counters);
  }
  /// Of the last run.
  [[nodiscard]] const Ending& ending() const { return ending_; }
  /// What the program logged in the last run; until the next one.
  [[nodiscard]] std::span<const std::uint32_t> log() const { return log_; }
  /// It wanted to log more than it has room for.
  [[nodiscard]] bool log_cut() const { return log_cut_; }
  /// Fills in the instructions and the source line of the last run's crash.
  void explain_crash();

  /// What the program has room for.
  [[nodiscard]] std::size_t most_bytes() const { return most_bytes_; }
  /// As the last run left it.
  [[nodiscard]] process::Process& process() { return *process_; }

 private:
  explicit GuestLoop(std::uint64_t run_budget) : run_budget_(run_budget) {}
  [[nodiscard]] Result<> start(const LoopOptions& options,
                               const std::vector<trace::Listener*>& listeners);
  [[nodiscard]] Result<GuestAddr> find_export(std::string_view name);
  [[nodiscard]] Result<std::uint32_t> capacity(std::string_view name, std::uint32_t usual,
                                               std::uint32_t element);
  [[nodiscard]] Result<> find_buffers();
  [[nodiscard]] Result<> check_memory(GuestAddr begin, std::uint64_t size);
  void give(std::span<const std::byte> input);
  void note_end(process::End end);
  void note_spent();
  void read_log();

  std::uint64_t run_budget_;
  std::unique_ptr<process::Output> dropped_;
  std::unique_ptr<process::Process> process_;
  std::shared_ptr<const process::Snapshot> snapshot_;
  bool ran_ = false;
  GuestAddr input_at_, log_at_;
  GuestAddr bytes_end_;  ///< lab_fuzz_input_end; 0: they are in lab_fuzz_input
  std::uint32_t most_bytes_ = 0;
  std::size_t defects_before_ = 0;
  Ending ending_;
  std::vector<std::uint32_t> log_room_;  ///< as long as the program's own
  std::span<const std::uint32_t> log_;
  bool log_cut_ = false;
};

}  // namespace sehlab::fuzz
