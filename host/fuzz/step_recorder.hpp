// StepRecorder: what the dispatcher did in one run, in the terms in which the model predicts it
// (host/fuzz/sequence/prediction.hpp).
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "emu/guest_addr.hpp"
#include "host/fuzz/sequence/prediction.hpp"
#include "host/process/process.hpp"
#include "host/trace/listener.hpp"

namespace sehlab::fuzz {

/// Listens to a process that runs sequences. A record is known by its handler; which operation made
/// it is known of LAB_OP_RECORD's only, which hold its number. What a step does not know is 0, and
/// so is the number of a vectored handler's operation.
class StepRecorder final : public trace::Listener {
 public:
  /// The process, when it is there; what it does before counts for nothing.
  void watch(process::Process& process) { process_ = &process; }
  void begin() {
    steps_.clear();
    defect_.clear();
  }
  [[nodiscard]] const std::vector<sequence::Step>& steps() const { return steps_; }
  /// The first defect of the chain that counts; empty: none.
  [[nodiscard]] const std::string& defect() const { return defect_; }

  void on_event(const trace::Event& event) override;
  [[nodiscard]] bool wants(const trace::Payload& payload) const override;
  [[nodiscard]] bool wants_chain(const trace::Payload& /*payload*/) const override { return false; }

 private:
  [[nodiscard]] sequence::RecordRef record(GuestAddr at, const trace::Place& handler);
  /// The same where only its address is known: its words are read.
  [[nodiscard]] sequence::RecordRef record_at(GuestAddr at);
  [[nodiscard]] std::uint32_t word(GuestAddr at) const;

  process::Process* process_ = nullptr;
  std::vector<sequence::Step> steps_;
  std::string defect_;
  std::unordered_map<GuestAddr, sequence::RecordKind> kinds_;  ///< of handlers met so far
};

/// A predicted step with what a recorder cannot know taken out, to be compared with a recorded one.
[[nodiscard]] sequence::Step as_recorded(sequence::Step predicted);

}  // namespace sehlab::fuzz
