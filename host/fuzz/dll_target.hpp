// DllTarget: a DLL that exports LLVMFuzzerTestOneInput, run again and again in a host program of
// the lab's (guest/fuzz/host), and what of a run is a finding.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "emu/result.hpp"
#include "host/fuzz/guest_loop.hpp"
#include "host/process/options.hpp"
#include "host/trace/listener.hpp"

namespace sehlab::fuzz {

struct DllOptions {
  std::filesystem::path dll;
  /// `program` and `arguments` are this target's own, and the DLL's folder is searched first.
  /// `watch`: what the chain watch finds are findings; Stop ends a run at the first.
  process::Options process;
  std::uint64_t run_budget = 10'000'000;  ///< instructions
  bool timeouts = false;                  ///< a spent budget is a finding
};

struct DllFinding {
  enum class Kind : std::uint8_t {
    UnhandledException,
    FailFast,    ///< int 29h, abort, /GS: the process asked to die at once
    Defect,      ///< of the chain, by the watch
    ChainLeft,   ///< the function returned, and fs:[0] is not what it was before
    ProcessEnd,  ///< the DLL ended its process
    Timeout,
    Unmodelled  ///< none of the DLL's: the run met what the lab does not model
  };
  Kind kind = Kind::UnhandledException;
  /// One line, the same for the same cause: what it is, then where, innermost place first.
  std::string signature;
};

/// What becomes of one input.
struct Verdict {
  bool keep = true;  ///< false: the function returned -1, "do not add this to the corpus"
  std::optional<DllFinding> finding;
};

class DllTarget {
 public:
  /// Loads the DLL and brings it to its first input. An Error says what is wrong with it.
  [[nodiscard]] static Result<std::unique_ptr<DllTarget>> create(
      const DllOptions& options, const std::vector<trace::Listener*>& listeners = {});
  ~DllTarget();
  DllTarget(const DllTarget&) = delete;
  DllTarget& operator=(const DllTarget&) = delete;

  [[nodiscard]] const Verdict& run(std::span<const std::byte> input);
  [[nodiscard]] GuestLoop& loop() { return *loop_; }
  /// The host program with the DLL as its argument.
  [[nodiscard]] const process::Options& options() const { return options_; }
  /// Of the last run.
  [[nodiscard]] const Ending& ending() const { return *ending_; }

 private:
  class FirstDefect;

  DllTarget();
  [[nodiscard]] std::optional<DllFinding> judge();

  process::Options options_;
  bool timeouts_ = false;
  std::unique_ptr<FirstDefect> defect_;  ///< null: nobody watches
  std::unique_ptr<process::Output> said_;
  std::unique_ptr<GuestLoop> loop_;
  const Ending* ending_ = nullptr;
  Verdict verdict_;
};

}  // namespace sehlab::fuzz
