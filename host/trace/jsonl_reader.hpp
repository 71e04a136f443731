// Reading a JSON Lines trace back: the same events that were written, or where and why not.
#pragma once

#include <istream>
#include <string>
#include <vector>

#include "emu/result.hpp"
#include "host/trace/event.hpp"
#include "host/trace/listener.hpp"

namespace sehlab::trace {

/// Tells `listener` of each event in turn, holding one line at a time; events before a bad line
/// have been told then. The reader is strict: each member must be there, of its type and in its
/// range, and no other. `file` is for the error: "trace.jsonl:14".
Result<> read_jsonl(std::istream& in, const std::string& file, Listener& listener);

/// All events of a file.
[[nodiscard]] Result<std::vector<Event>> read_jsonl(std::istream& in, const std::string& file);

}  // namespace sehlab::trace
