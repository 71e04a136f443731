// Scenario: one scenario file as values: a guest, how to run it, and what must happen.
// docs/scenarios.md describes every key.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "host/trace/kinds.hpp"

namespace sehlab::scenario {

/// A value and the line of the file that it stands on.
template <class T>
struct At {
  T value{};
  int line = 0;
};
using Text = At<std::string>;

/// How a run can end, as `expect.end` names it.
enum class End : std::uint8_t { Exited, Unhandled, Budget, Unmodelled, Stopped, Refused };
/// "exited", "unhandled", "budget", "unmodelled", "stopped", "refused".
[[nodiscard]] std::string_view end_word(End end);

/// The handlers entered after a symbol was reached for the nth time.
struct HandlersAfter {
  Text symbol;
  std::uint64_t visit = 1;
  std::vector<Text> handlers;  ///< as Expectations::handlers
  int line = 0;
};

/// How often a symbol must be reached.
struct ReachedTimes {
  Text symbol;
  std::uint64_t count = 0;
};

/// The chain is put back whenever a record was left behind.
struct Restored {};
/// Owners of the records, innermost first, as the process ends: "owner" or "handler@owner".
using ChainOwners = std::vector<Text>;

/// What must happen; what is empty is not looked at.
struct Expectations {
  std::optional<At<int>> exit;  ///< what `sehlab run` exits with
  std::optional<At<End>> end;
  std::optional<At<std::uint32_t>> code;  ///< the process' exit code or the exception's
  /// "handler", "handler@owner" or "handler@0x0019ff70" (the record), in the order entered.
  std::optional<At<std::vector<Text>>> handlers, unwound;
  std::vector<HandlersAfter> handlers_after;
  std::vector<Text> handled_by;  ///< who takes the first injected exception: any of these
  std::optional<At<std::variant<Restored, ChainOwners>>> chain;
  std::optional<At<std::vector<Text>>> watch;  ///< "defect" or "defect@owner", in order
  std::optional<At<std::uint64_t>> exposures, dispatches;
  std::vector<ReachedTimes> reached;
  std::optional<Text> out, err;
  std::vector<Text> out_contains, err_contains;
};

/// One table [[inject]], as text: what it means is the lab's to say.
struct Injection {
  std::vector<std::pair<std::string, Text>> members;
  int line = 0;
  /// As an argument of `sehlab run --inject`.
  [[nodiscard]] std::string text() const;
};

/// A text trace that the run must give byte for byte.
struct Golden {
  std::filesystem::path path;
  trace::KindSet kinds = trace::KindSet::all();
  int line = 0;
};

/// How a run with a fault of a sweep ended, as `end` names it there.
enum class SweptEnd : std::uint8_t {
  Survived,   ///< "exited": the process ended by itself
  Died,       ///< "unhandled": of an exception that nobody took
  Hung,       ///< "hung": it ran on and on, or all of its threads wait
  Unmodelled  ///< "unmodelled": the lab gave up; never as expected
};
[[nodiscard]] std::string_view end_word(SweptEnd end);

/// FROM..TO. Each is a symbol (its first time from FROM on), "symbol#N" (its Nth time in the run),
/// a count of retired instructions, or nothing: the edge of what it is a part of.
struct WindowText {
  std::string from, to;
};
/// Nothing when there is no ".." in it.
[[nodiscard]] std::optional<WindowText> parse_window(std::string_view text);

/// What must become of the positions that it speaks of; what is empty is not looked at.
struct SweepExpectation {
  std::string title;                           ///< what the table calls these positions
  std::vector<Text> at;                        ///< "image!function" with * and ?; empty: all
  std::optional<At<WindowText>> window;        ///< a part of the sweep's
  std::vector<Text> handled_by;                ///< any of these: "handler@owner", "nobody"
  std::vector<At<SweptEnd>> ends;              ///< any of these
  std::vector<At<int>> exits;                  ///< any of these: what `sehlab run` exits with
  bool restored = false;                       ///< the chain is
  std::optional<At<std::vector<Text>>> watch;  ///< empty: silent; else one at least, of these
  std::string reason;
  int line = 0;
};

struct Sweep {
  WindowText window;
  std::vector<Text> faults;
  std::vector<SweepExpectation> expect;  ///< the first that speaks of a position counts
  /// Where no position is as expected, and nowhere else; empty: each is, everywhere.
  std::optional<At<WindowText>> failing;
  int line = 0;
};

/// Stands for the profile's name in the name of a trace.
inline constexpr std::string_view kProfileInTrace = "{profile}";

struct Scenario {
  std::filesystem::path file;
  std::string title;
  Text guest;                  ///< file name, or a path relative to the scenario's folder
  std::vector<Text> guests;    ///< builds of it that it runs with, each; `guest` is the first then
  bool listed_builds = false;  ///< `guest` is a program's name: the lab knows its builds
  std::vector<std::string> run;
  std::vector<std::string> dll_path;  ///< folders to search for DLLs, relative to the scenario's
  std::optional<Text> profile;        ///< empty: the lab's default
  std::vector<std::string> profiles;  ///< run under each of them; empty: under `profile`
  std::string source;                 ///< where the expectations come from
  std::string skip;                   ///< why it is not run; empty: it is
  std::string watch = "report";
  std::optional<Text> suppressions;  ///< a file, relative to the scenario's folder
  bool sehop = false;
  std::optional<std::uint64_t> seed, budget;
  std::optional<Golden> golden;
  std::vector<Injection> injections;
  Expectations expect;
  std::optional<Sweep> sweep;
  bool expects = false;  ///< there is something in `expect`, or a golden trace

  /// "scenario a.toml:14", for errors.
  [[nodiscard]] std::string where(int line) const;
  /// The scenario under one of its profiles: "{profile}" in the trace's name is that one's.
  [[nodiscard]] Scenario under(const std::string& name) const;
  /// The scenario with one of its guests.
  [[nodiscard]] Scenario with(const Text& name) const;
  /// The symbols that the run must report when reached, as "image!symbol" (the guest's image
  /// where the scenario names none).
  [[nodiscard]] std::vector<std::string> observed_symbols() const;
  /// `symbol` with the guest's image before it, unless it names one.
  [[nodiscard]] std::string qualified(const std::string& symbol) const;
};

}  // namespace sehlab::scenario
