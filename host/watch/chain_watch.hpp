// ChainWatch: to SEH what AddressSanitizer is to the heap. It knows which registration records
// are linked and by whom, sees a record become exposed (below ESP on its own stack) or wrong in
// another way, and confirms a defect when something relies on such a record: dispatch or unwinding
// visits it, a new record is linked on top of it, or the thread ends with it as head.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "emu/guest_addr.hpp"
#include "host/trace/event.hpp"
#include "host/trace/recorder.hpp"
#include "host/watch/record_table.hpp"
#include "host/watch/suppressions.hpp"
#include "host/watch/target.hpp"

namespace sehlab::watch {

enum class Mode : std::uint8_t {
  Off,     ///< who pushed what is still known, for the trace; nothing is judged
  Report,  ///< defects are reported when something relies on a bad record
  Strict,  ///< a bad record is a defect at once
  Stop     ///< as Report, and the run ends at the first defect
};

/// What the machine has to be told to stop for, for the thread about to run.
struct Conditions {
  /// fs:[0], StackBase, the handler of the innermost record, the words of exposed records.
  std::vector<GuestAddr> words;
  GuestAddr esp_above, esp_up_to;
};

class ChainWatch : public trace::Listener {
 public:
  ChainWatch(Mode mode, Target& target, trace::Sink& sink, Suppressions suppressions = {})
      : mode_(mode), target_(target), sink_(sink), suppressions_(std::move(suppressions)) {
    state_.uses.resize(suppressions_.all().size());
  }

  void thread_started(std::uint32_t thread, GuestAddr teb);
  /// The thread ends, or the process does while the thread lives. `by_itself`: it is the running
  /// one, and may be judged by where its ESP and its limits are.
  void thread_ended(std::uint32_t thread, bool by_itself = true);
  /// The thread ends wherever it is, and nothing is known of where that is.
  void thread_dropped(std::uint32_t thread) { state_.threads.erase(thread); }

  /// The machine stopped in `thread` for fs:[0] or another watched word.
  void word_written(std::uint32_t thread, GuestAddr word, std::uint32_t old_value,
                    std::uint32_t new_value, GuestAddr by);
  /// The machine stopped because ESP came above a linked record by the instruction `by`.
  /// `esp_before`: ESP before that one; 0 when it is not known.
  void esp_rose(std::uint32_t thread, GuestAddr by, GuestAddr esp_before);

  /// Dispatch and unwinding are learnt of from the trace itself.
  void on_event(const trace::Event& event) override;
  [[nodiscard]] bool wants(const trace::Payload& payload) const override {
    return std::holds_alternative<trace::RecordVisited>(payload) ||
           std::holds_alternative<trace::RecordRefused>(payload) ||
           std::holds_alternative<trace::FaultRaised>(payload) ||
           std::holds_alternative<trace::DispatchContinued>(payload);
  }
  [[nodiscard]] bool wants_places() const override { return false; }
  [[nodiscard]] bool wants_chain(const trace::Payload&) const override { return false; }

  [[nodiscard]] Conditions conditions(std::uint32_t thread) const;
  /// The record at `frame` in the thread's chain, for the trace; nullptr when its push was not
  /// seen.
  [[nodiscard]] const LinkedRecord* record(std::uint32_t thread, GuestAddr frame) const;

  /// Without those that are suppressed.
  [[nodiscard]] std::size_t defects() const { return state_.defects; }
  /// How often each suppression was used.
  [[nodiscard]] const std::vector<std::uint64_t>& suppression_uses() const { return state_.uses; }
  [[nodiscard]] Mode mode() const { return mode_; }

  struct Watched {
    GuestAddr teb;
    RecordTable table;
    std::vector<LinkedRecord> strays;           ///< records that dispatch met and nobody had linked
    GuestAddr raised_at;                        ///< ExceptionAddress of the last exception
    std::optional<std::uint64_t> continued_at;  ///< instruction of the last continuation
  };
  /// All that changes while a process runs.
  struct State {
    std::unordered_map<std::uint32_t, Watched> threads;
    std::size_t defects = 0;
    std::vector<std::uint64_t> uses;
  };
  [[nodiscard]] const State& state() const { return state_; }
  void restore(State state) { state_ = std::move(state); }

 private:
  /// What relies on a record, and the instruction by which it does.
  struct Reliance {
    const char* what;
    GuestAddr by;
  };

  void head_written(Watched& thread, GuestAddr by);
  void handler_written(RecordTable& chain, LinkedRecord& record, GuestAddr word,
                       std::uint32_t old_value, std::uint32_t new_value, GuestAddr by);
  void exposed_written(LinkedRecord& record, GuestAddr word, std::uint32_t old_value,
                       std::uint32_t new_value, GuestAddr by);
  void emit_changes(const RecordTable::Change& change, GuestAddr head, GuestAddr by);
  void emit_exposed(const LinkedRecord& record, GuestAddr esp);
  [[nodiscard]] std::optional<Defect> structure(const RecordTable& chain,
                                                const LinkedRecord& record) const;
  void note_structure(const RecordTable& chain, LinkedRecord& record, GuestAddr by);
  void relied_on(Watched& thread, GuestAddr record, bool unwinding);
  void judge(const RecordTable& chain, LinkedRecord& record, const Reliance& reliance);
  [[nodiscard]] std::optional<Defect> words_changed(LinkedRecord& record);
  void confirm(LinkedRecord& record, Defect defect, const Reliance& reliance);

  Mode mode_;
  Target& target_;
  trace::Sink& sink_;
  Suppressions suppressions_;
  State state_;
};

}  // namespace sehlab::watch
