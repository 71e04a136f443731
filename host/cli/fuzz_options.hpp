// What the subcommands of `sehlab fuzz` share: options, the progress line, Ctrl-C.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "emu/result.hpp"
#include "host/cli/command.hpp"
#include "host/lab/fuzz/engine_command.hpp"
#include "host/lab/fuzz/guests.hpp"

namespace sehlab::cli {

/// --guest and --oracle.
struct GuestArguments {
  std::string guest = "sequences";
  std::string oracle = "everything";

  void add_to(CLI::App& command);
  [[nodiscard]] lab::GuestChoice choice() const { return {guest, oracle == "ending"}; }
};

/// A line that says how far it is: on a terminal rewritten in place, elsewhere a line each ten
/// seconds.
class FuzzProgress {
 public:
  FuzzProgress();
  ~FuzzProgress() { clear(); }
  FuzzProgress(const FuzzProgress&) = delete;
  FuzzProgress& operator=(const FuzzProgress&) = delete;
  void operator()(const std::string& text);
  /// Takes the line away, if there is one.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  bool terminal_;
  bool shown_ = false;
  Clock::time_point told_;
};

/// 0 or 1 by whether something was found; 125 when standard output cannot be written.
[[nodiscard]] int finish(bool found);

// fuzz_run.cpp, fuzz_inputs.cpp, fuzz_mutants.cpp: each adds its subcommand to `fuzz`.
Command add_fuzz_run(CLI::App& fuzz);
Command add_fuzz_merge(CLI::App& fuzz);
Command add_fuzz_replay(CLI::App& fuzz);
Command add_fuzz_shrink(CLI::App& fuzz);
Command add_fuzz_show(CLI::App& fuzz);
Command add_fuzz_mutants(CLI::App& fuzz);

}  // namespace sehlab::cli
