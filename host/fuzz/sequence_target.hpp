// SequenceTarget: runs a sequence of operations (guest/include/lab/sequence.h) in one of the
// programs that execute them, and compares what happened with what the model predicts.
//
// Most runs are of the fast kind: nobody watches, and what the program logs is compared. Some (each
// that a caller asks for, and one of `thorough_every`) are made a second time in a process that is
// traced and watched: then each step of dispatch is compared as well, and a defect is a finding.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emu/result.hpp"
#include "host/fuzz/guest_loop.hpp"
#include "host/fuzz/sequence/model.hpp"
#include "host/fuzz/step_recorder.hpp"
#include "host/fuzz/target.hpp"
#include "host/trace/listener.hpp"

namespace sehlab::fuzz {

/// What counts as a finding.
enum class Oracle : std::uint8_t {
  Everything,  ///< log, steps of dispatch, chain, registers, defects, ending
  Ending       ///< the process ends otherwise than predicted
};

struct SequenceOptions {
  std::filesystem::path system_folder;
  std::string program = "sequences.exe";  ///< in system_folder
  sequence::Program begins_in = sequence::Program::C;
  Oracle oracle = Oracle::Everything;
  std::uint64_t thorough_every = 256;  ///< 0: only when asked
  std::uint64_t run_budget = 500'000;  ///< instructions
  bool count_edges = false;            ///< of the fast runs: loop().set_edge_counters says where
  std::vector<trace::Listener*> listeners;  ///< hear the thorough runs
};

/// sequences, sequences_go and sequences_go_buggy: the programs by name; an Error names those.
[[nodiscard]] Result<SequenceOptions> sequence_options(std::string_view guest,
                                                       std::filesystem::path system_folder);

class SequenceTarget final : public Target {
 public:
  [[nodiscard]] static Result<std::unique_ptr<SequenceTarget>> create(SequenceOptions options);

  const Finding* run(std::span<const std::byte> input) override;
  /// The traced and watched run alone.
  const Finding* run_thoroughly(std::span<const std::byte> input);
  /// What was predicted of the last input; its steps after a thorough run.
  [[nodiscard]] const sequence::Prediction& prediction() const { return predicted_; }
  /// Of the process that the fast runs are made in.
  [[nodiscard]] GuestLoop& loop() { return *fast_; }

 private:
  explicit SequenceTarget(SequenceOptions options) : options_(std::move(options)) {}
  [[nodiscard]] Result<std::unique_ptr<GuestLoop>> make_loop(
      watch::Mode watch, const std::vector<trace::Listener*>& listeners) const;
  [[nodiscard]] Result<> start_thorough();
  [[nodiscard]] const Finding* judge(GuestLoop& loop, const Ending& ending);
  [[nodiscard]] const Finding* judge_steps(std::span<const std::byte> input);
  const Finding* found(std::string rule, std::string signature, std::string report);

  SequenceOptions options_;
  std::unique_ptr<GuestLoop> fast_, thorough_;
  StepRecorder steps_;
  // The heap and what is allocated lie below the first thread's stack (host/process/stacks.hpp).
  sequence::Model model_{sequence::GoroutineStacks::BelowThreads};
  sequence::Prediction predicted_;
  std::uint64_t runs_ = 0;
  Finding finding_;
};

}  // namespace sehlab::fuzz
