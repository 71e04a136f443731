// The JSON Lines trace: one object an event, for programs. docs/trace-format.md lists every
// member. Written by hand, not with a JSON library: a long run writes millions of lines.
#pragma once

#include <ostream>
#include <string>

#include "host/trace/event.hpp"
#include "host/trace/kinds.hpp"
#include "host/trace/listener.hpp"

namespace sehlab::trace {

/// Grows whenever a member or a kind is added, removed or changes its meaning.
inline constexpr unsigned kSchemaVersion = 2;

/// The first line of a file, without a newline.
[[nodiscard]] std::string jsonl_header();
/// One event's line, without a newline.
[[nodiscard]] std::string jsonl_line(const Event& event);

/// Writes the header at once and a line an event of the chosen kinds, to a stream that outlives
/// it. Whether all was written is the stream's state, which its owner checks.
class JsonlWriter final : public Listener {
 public:
  explicit JsonlWriter(std::ostream& out, KindSet kinds = KindSet::all());
  void on_event(const Event& event) override;

 private:
  std::ostream& out_;
  KindSet kinds_;
};

}  // namespace sehlab::trace
