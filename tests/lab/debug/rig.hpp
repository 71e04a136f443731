// A run under a debugger's eyes, without a debugger.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "host/lab/debug/process_target.hpp"
#include "host/lab/debug/timeline.hpp"
#include "host/lab/run.hpp"

namespace sehlab::lab {

/// Hears what is said, and interrupts when told to.
struct Hearing final : gdb::Control {
  std::string heard;
  bool stop = false;
  bool interrupted() override { return stop; }
  void say(std::string_view text) override { heard += text; }
  [[nodiscard]] bool has(std::string_view text) const { return heard.find(text) != heard.npos; }
};

struct Rig {
  process::Options options;
  CapturedOutput output;
  GuestConsole console{output};
  std::unique_ptr<Timeline> timeline;
  std::unique_ptr<ProcessTarget> target;
  Hearing control;

  explicit Rig(const std::string& guest, std::vector<std::string> arguments = {},
               const EventLog::Limits& limits = {}) {
    options.program = std::string(SEHLAB_BINARY_DIR "/guest/") + guest;
    options.arguments = std::move(arguments);
    options.system_folder = SEHLAB_BINARY_DIR "/guest";
    options.watch = watch::Mode::Report;
    options.trace_gates = true;
    auto begun = Timeline::begin(options, console, limits);
    REQUIRE(begun);
    timeline = std::move(*begun);
    target = std::make_unique<ProcessTarget>(*timeline, watch::Mode::Report, console);
  }
  [[nodiscard]] std::uint32_t eip() const {
    return timeline->process().machine().registers().general().eip;
  }
  [[nodiscard]] GuestAddr symbol(const std::string& name) const {
    process::Modules& modules = timeline->process().modules();
    const auto found = modules.find_symbol(modules.all().front(), name);
    REQUIRE(found);
    return *found;
  }
  gdb::StopReport go(gdb::Resume::Way way, gdb::Signal signal = gdb::Signal::None) {
    return target->resume({way, 0, signal}, control);
  }
};

}  // namespace sehlab::lab
