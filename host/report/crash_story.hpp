// CrashStory: listens to a run and keeps, in little memory, what a crash report tells: the
// exception that nobody took, who was asked, and what is known of their records.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "host/report/record_history.hpp"
#include "host/trace/event.hpp"
#include "host/trace/listener.hpp"
#include "host/trace/nesting.hpp"

namespace sehlab::report {

/// What became of one record in the walk of a dispatch.
struct Asked {
  enum class Answer : std::uint8_t {
    NotCalled,   ///< looked at, and that is all
    NoReturn,    ///< its handler was called and has not returned
    Refused,     ///< for the reason in `why`
    Disposition  ///< its handler returned `value`
  };
  GuestAddr record{};
  trace::Place handler{};
  Answer answer = Answer::NotCalled;
  trace::Refusal why = trace::Refusal::OutsideStack;
  std::uint32_t value = 0;
};

/// What a vectored exception handler said.
struct AskedFirst {
  trace::Place handler{};
  std::optional<std::uint32_t> answer{};  ///< EAX; empty: it has not returned
};

/// One exception: how it was raised, and the walk of its dispatch.
struct DispatchStory {
  std::optional<trace::FaultRaised> fault{};  ///< empty when the trace begins later
  std::string injected{};  ///< the specification that raised it; empty: nobody injected it
  std::uint64_t instruction = 0;
  std::uint32_t thread = 0;
  std::uint32_t code = 0;
  bool dispatched = false;                ///< false: it never came to asking anybody
  trace::ChainPicture chain{};            ///< as when the dispatch began
  std::vector<AskedFirst> asked_first{};  ///< vectored handlers, the first kMostAsked
  std::vector<Asked> asked{};             ///< the first kMostAsked
  GuestAddr newest{};                     ///< the record that the walk came to last
  std::size_t asked_more = 0;             ///< how many were asked after those
  bool unwinding = false;                 ///< no exception: an unwinding, kept for the nesting
  static constexpr std::size_t kMostAsked = 64;
};

class CrashStory final : public trace::Listener {
 public:
  void on_event(const trace::Event& event) override;
  [[nodiscard]] bool wants_chain(const trace::Payload& payload) const override {
    return std::holds_alternative<trace::DispatchBegun>(payload);
  }

  /// True when the process died of an exception that nobody took.
  [[nodiscard]] bool crashed() const { return end_.has_value(); }

  // These need crashed().
  [[nodiscard]] const DispatchStory& fatal() const { return fatal_.back(); }
  /// The exceptions whose handlers were running when the fatal one was raised, outermost first.
  [[nodiscard]] std::vector<DispatchStory> around() const {
    return {fatal_.begin(), fatal_.end() - 1};
  }
  /// True when no record took it up to the chain's end or a refused record; false when a handler
  /// itself (the thread's base frame, as a rule) decided that the process ends.
  [[nodiscard]] bool abandoned() const { return abandoned_; }
  [[nodiscard]] const trace::ProcessEnded& end() const { return *end_; }
  [[nodiscard]] const RecordHistory& history() const { return history_; }

 private:
  using Stories = std::vector<DispatchStory>;
  struct Thread {
    std::optional<trace::FaultRaised> raised{};  ///< not yet dispatched
    std::string injecting{};                     ///< an injection is about to raise its exception
    std::string injected{};                      ///< `raised` is this one's
    Stories open{};                              ///< as the thread's Nesting has it
    Stories last{};  ///< the open ones when the newest of them was given up or left
    bool last_abandoned = false;
  };

  static void open_story(Thread& thread, const trace::Event& event);
  static void note(DispatchStory& story, const trace::Event& event);
  static void undelivered(Thread& thread, const trace::Event& event);
  static void finish(Thread& thread, const trace::Event& event, std::size_t depth);
  void process_ended(const trace::Event& event);

  trace::Nesting nesting_;
  RecordHistory history_;
  std::map<std::uint32_t, Thread> threads_;
  Stories fatal_;  ///< not empty once crashed
  bool abandoned_ = false;
  std::optional<trace::ProcessEnded> end_;
};

}  // namespace sehlab::report
