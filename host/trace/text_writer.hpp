// The text trace: one line an event, for people. Every line holds instruction count, thread,
// kind, what happened, the function at EIP and the chain; the same events give the same bytes.
#pragma once

#include <ostream>
#include <string>

#include "host/trace/event.hpp"
#include "host/trace/kinds.hpp"
#include "host/trace/listener.hpp"
#include "host/trace/nesting.hpp"

namespace sehlab::trace {

/// What happened, in words: "fs:[0] ← 0019fe94 {next 0019ff70, go!sigtramp} by go!f+0x0e".
[[nodiscard]] std::string describe(const Payload& payload);
/// "0019fe94>0019ff70>0019ffcc"; "empty"; "0019fe94>41414141 (unreadable)".
[[nodiscard]] std::string describe(const ChainPicture& chain);

/// Makes the lines. Events must all be given, in order, since the tree marks count them.
class TextLines {
 public:
  /// Without a newline; UTF-8, no control characters, whatever the guest's names hold.
  [[nodiscard]] std::string line(const Event& event);

 private:
  Nesting nesting_;
};

/// Writes the lines of the chosen kinds to a stream that outlives it. Whether all was written is
/// the stream's state, which its owner checks.
class TextWriter final : public Listener {
 public:
  explicit TextWriter(std::ostream& out, KindSet kinds = KindSet::all())
      : out_(out), kinds_(kinds) {}
  void on_event(const Event& event) override;

 private:
  std::ostream& out_;
  KindSet kinds_;
  TextLines lines_;
};

}  // namespace sehlab::trace
