// ChainWatch: to SEH what AddressSanitizer is to the heap. It knows which registration records
// are linked and by whom, sees a record become exposed (below ESP on its own stack), and confirms
// a defect when something relies on such a record: dispatch or unwinding visits it, a new record
// is linked on top of it, or the thread ends with it as head.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "emu/guest_addr.hpp"
#include "host/trace/event.hpp"
#include "host/trace/recorder.hpp"
#include "host/watch/record_table.hpp"

namespace sehlab::watch {

enum class Mode : std::uint8_t {
  Off,     ///< who pushed what is still known, for the trace; nothing is judged
  Report,  ///< defects are reported when something relies on a bad record
  Strict,  ///< exposure itself is a defect
  Stop     ///< as Report, and the run ends at the first defect
};

/// What the machine has to be told to stop for, for the thread about to run.
struct Conditions {
  std::vector<GuestAddr> words;  ///< fs:[0] first, then the words of exposed records
  GuestAddr esp_above, esp_up_to;
};

class ChainWatch : public trace::Listener {
 public:
  ChainWatch(Mode mode, Target& target, trace::Sink& sink)
      : mode_(mode), target_(target), sink_(sink) {}

  void thread_started(std::uint32_t thread, GuestAddr teb);
  /// The thread ends, or the process does while the thread lives.
  void thread_ended(std::uint32_t thread);

  /// The machine stopped in `thread` for fs:[0] or another watched word.
  void word_written(std::uint32_t thread, GuestAddr word, std::uint32_t old_value,
                    std::uint32_t new_value, GuestAddr by);
  /// The machine stopped because ESP came above a linked record.
  void esp_rose(std::uint32_t thread);

  /// Dispatch and unwinding are learnt of from the trace itself.
  void on_event(const trace::Event& event) override;
  [[nodiscard]] bool wants_chain(const trace::Payload&) const override { return false; }

  [[nodiscard]] Conditions conditions(std::uint32_t thread) const;
  /// The record at `frame` in the thread's chain, for the trace; nullptr when its push was not
  /// seen.
  [[nodiscard]] const LinkedRecord* record(std::uint32_t thread, GuestAddr frame) const;

  [[nodiscard]] std::size_t defects() const { return state_.defects; }
  [[nodiscard]] Mode mode() const { return mode_; }

  struct Watched {
    GuestAddr teb;
    RecordTable table;
  };
  /// All that it knows, for snapshots.
  struct State {
    std::unordered_map<std::uint32_t, Watched> threads;  ///< by their number
    std::size_t defects = 0;
  };
  [[nodiscard]] const State& state() const { return state_; }
  void restore(const State& state) { state_ = state; }

 private:
  void head_written(Watched& thread, GuestAddr by);
  void emit_changes(const Watched& thread, const RecordTable::Change& change, GuestAddr by);
  void confirm(LinkedRecord& record, const char* by_what);
  void relied_on(std::uint32_t thread, GuestAddr record, const char* by_what);

  Mode mode_;
  Target& target_;
  trace::Sink& sink_;
  State state_;
};

}  // namespace sehlab::watch
