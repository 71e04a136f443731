// lab::tell_run: a program run once, watched and traced, and what there is to say of it.
#pragma once

#include <cstdint>
#include <memory>
#include <ostream>
#include <string>

#include "emu/result.hpp"
#include "host/process/options.hpp"
#include "host/trace/listener.hpp"

namespace sehlab::lab {

enum class TraceForm : std::uint8_t { None, Text, Jsonl };

/// Writes a trace of that form; null without a form. `trace` outlives it.
[[nodiscard]] std::unique_ptr<trace::Listener> trace_writer(TraceForm form, std::ostream& trace);

struct ToldRun {
  process::End end;
  std::string out;    ///< what the guest printed
  std::string story;  ///< the crash report and the watch's defects, as `sehlab run` tells them
};

/// With `options`'s watch off, it is on. `trace` outlives the call; unused without a form.
[[nodiscard]] Result<ToldRun> tell_run(process::Options options, TraceForm form,
                                       std::ostream& trace);

}  // namespace sehlab::lab
