// Run: what became of one call of the lab, as a value: how it ended, which handlers were asked,
// what the watch found, every event.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "emu/guest_addr.hpp"
#include "host/trace/event.hpp"

namespace sehlab {

/// How a run ended.
enum class Ended : std::uint8_t {
  Returned,            ///< the function returned to its caller, or `main` to the system
  Exited,              ///< the process ended by itself
  UnhandledException,  ///< nobody took an exception
  BudgetSpent,         ///< it went on beyond the budget
  Unmodelled,          ///< it met something that the lab does not model; Run::detail() says what
  Stopped              ///< the watch was to stop at the first defect, and did
};
std::ostream& operator<<(std::ostream& out, Ended ended);

/// One call of a frame's handler.
struct HandlerCall {
  trace::Place handler;  ///< the function
  trace::Place owner;    ///< the function whose frame holds the record; empty when not known
  GuestAddr record;      ///< EXCEPTION_REGISTRATION_RECORD, in the guest
  std::uint32_t code = 0, flags = 0;  ///< of the exception's record
};

/// Calls of handlers, in their order.
struct Handlers {
  std::vector<HandlerCall> calls;
};
std::ostream& operator<<(std::ostream& out, const Handlers& handlers);

/// Names to compare calls with: "sigtramp", "sigtramp@mstart" (handler and owner of the record),
/// "go_fixed!sigtramp", as `handlers` of a scenario has them.
struct HandlerNames {
  std::vector<std::string> names;
};
template <typename... Names>
[[nodiscard]] HandlerNames handlers(const Names&... names) {
  return {{std::string(names)...}};
}
std::ostream& operator<<(std::ostream& out, const HandlerNames& names);
/// As many, in the same order, each of that name.
[[nodiscard]] bool operator==(const Handlers& calls, const HandlerNames& names);

/// The chain of registration records when a run was over.
class Chain {
 public:
  Chain() = default;
  Chain(trace::ChainPicture picture, GuestAddr head_before, std::size_t defects)
      : picture_(std::move(picture)), head_before_(head_before), defects_(defects) {}

  /// fs:[0] is what it was before the call, the chain leads to its end, and the watch, if it was
  /// on, found no defect.
  [[nodiscard]] bool intact() const {
    return picture_.head == head_before_ && picture_.ending == "end" && defects_ == 0;
  }
  [[nodiscard]] GuestAddr head() const { return picture_.head; }
  [[nodiscard]] GuestAddr head_before() const { return head_before_; }
  [[nodiscard]] const trace::ChainPicture& picture() const { return picture_; }

 private:
  trace::ChainPicture picture_;
  GuestAddr head_before_;
  std::size_t defects_ = 0;
};
std::ostream& operator<<(std::ostream& out, const Chain& chain);

/// A file or a folder that the guest had in C:\\lab.
struct GuestFile {
  std::string path;  ///< below C:\\lab, with slashes, UTF-8
  bool folder = false;
  std::vector<std::byte> bytes;
};

enum class TraceForm : std::uint8_t { Text, JsonLines, Chrome };

struct RunFacts;

/// Cheap to copy. Says nothing of the guest's memory, which the next run changes.
class Run {
 public:
  explicit Run(std::shared_ptr<const RunFacts> facts) : facts_(std::move(facts)) {}

  [[nodiscard]] Ended ended() const;
  [[nodiscard]] bool returned() const { return ended() == Ended::Returned; }
  /// Exit code, or exception code; 0 for a call that returned.
  [[nodiscard]] std::uint32_t code() const;
  /// What is not modelled, and where; empty otherwise.
  [[nodiscard]] const std::string& detail() const;

  /// EAX, and EDX:EAX, of a call that returned. 0 of any other: `that::returns_word(0)` looks at
  /// both.
  [[nodiscard]] std::uint32_t value() const;
  [[nodiscard]] std::uint64_t value64() const;
  /// st(0) of a call that returned: what a function of `float` or `double` gives. 0 of any other,
  /// and when the x87 stack is empty.
  [[nodiscard]] double floating_value() const;
  /// What the bytes of an argument are after the call; empty when it has none. From 0.
  [[nodiscard]] const std::vector<std::byte>& bytes(std::size_t argument) const;

  /// An exception was raised, and each was taken: the run ended in another way than by one.
  [[nodiscard]] bool exception_handled() const;
  /// How many exceptions were dispatched.
  [[nodiscard]] std::size_t exceptions() const;
  /// Handlers that were asked whether they take an exception (the first pass).
  [[nodiscard]] const Handlers& handlers() const;
  /// Handlers that were called to clean up (EXCEPTION_UNWINDING).
  [[nodiscard]] const Handlers& unwound() const;
  [[nodiscard]] const Chain& chain() const;
  /// What the watch found, the suppressed left out.
  [[nodiscard]] const std::vector<trace::DefectFound>& defects() const;
  /// Injections of the call that never fired, and why: a line each.
  [[nodiscard]] const std::vector<std::string>& never_fired() const;

  [[nodiscard]] const std::vector<trace::Event>& events() const;
  /// Retired instructions, what provided functions call included.
  [[nodiscard]] std::uint64_t instructions() const;
  /// How many the process had retired before: events count from there.
  [[nodiscard]] std::uint64_t first_instruction() const;
  [[nodiscard]] const std::string& output() const;        ///< standard output
  [[nodiscard]] const std::string& error_output() const;  ///< standard error

  /// What C:\\lab was at the end, folders before what is in them; only with LabOptions::files.
  [[nodiscard]] const std::vector<GuestFile>& files() const;

  /// How it ended, who was asked, what became of the chain; the crash report that `sehlab run`
  /// prints, and what the watch found.
  [[nodiscard]] std::string report() const;
  /// The events as `sehlab run --trace` prints them.
  [[nodiscard]] std::string trace(TraceForm form = TraceForm::Text) const;
  /// Writes the page of docs/report.md, without what a run of `sehlab run --report` can add:
  /// registers, code, source text. Throws LabError when the file cannot be written.
  void write_page(const std::filesystem::path& file, const std::string& title) const;

 private:
  std::shared_ptr<const RunFacts> facts_;
};
/// Its report: what a failing assertion shows.
std::ostream& operator<<(std::ostream& out, const Run& run);

}  // namespace sehlab
