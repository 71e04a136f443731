// TakenBy: who took an exception, as the events that follow it tell.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/scenario/handler_name.hpp"
#include "host/trace/event.hpp"

namespace sehlab::scenario {

class TakenBy {
 public:
  /// From the exception on, in order, to the end of the run.
  void on_event(const trace::Event& event);
  /// After the last. A handler that never returned has taken it: it ended the process, or went on
  /// elsewhere for good. `unhandled`: the process died of an exception. One that unwinds for it and
  /// then lets the process die of it, as that of a thread's base frame does
  /// (`__except (UnhandledExceptionFilter(…))`), has not.
  void finish(bool unhandled);

  /// The handlers that were asked, in order, up to the one that took it.
  [[nodiscard]] const std::vector<Handler>& asked() const { return asked_; }
  /// Empty: nobody did.
  [[nodiscard]] const std::optional<Handler>& taken() const { return taken_; }
  /// One of these names it; "nobody" when nobody did.
  [[nodiscard]] bool is_one_of(const std::vector<Text>& names) const;
  /// "sigtramp@mstart", "0x00401034@start" where no function begins, "nobody": each is one of its
  /// names.
  [[nodiscard]] std::string name() const;

 private:
  std::vector<Handler> asked_;
  std::optional<Handler> taken_;
  bool decided_ = false, unwound_ = false;
  bool another_ = false;  ///< exception, after it was decided
};

}  // namespace sehlab::scenario
