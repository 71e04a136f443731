// A guest run with injections, and all that came of it.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "host/inject/injector.hpp"
#include "host/lab/run.hpp"
#include "host/process/process.hpp"
#include "host/seh/profile.hpp"
#include "host/trace/trace.hpp"

namespace sehlab::inject_tests {

inline inject::Spec spec_of(const std::string& text) {
  auto spec = inject::parse_spec(text);
  REQUIRE_MESSAGE(spec.has_value(), (spec ? "" : spec.error().text()));
  return *spec;
}

/// A process that has not run.
struct Guest {
  process::Options options;
  lab::CapturedOutput output;
  trace::Trace trace;
  std::unique_ptr<inject::Injector> injector;
  std::unique_ptr<process::Process> process;

  explicit Guest(const std::string& program, const std::vector<std::string>& specs = {},
                 std::vector<std::string> arguments = {}, const char* profile = nullptr,
                 std::uint64_t seed = 0, bool watched = true) {
    options.system_folder = SEHLAB_BINARY_DIR "/guest";
    options.program = options.system_folder / program;
    options.arguments = std::move(arguments);
    options.seed = seed;
    if (profile != nullptr) options.profile = seh::find_profile(profile);
    std::vector<inject::Spec> parsed;
    for (const std::string& text : specs) parsed.push_back(spec_of(text));
    injector = std::make_unique<inject::Injector>(std::move(parsed), seed);
    options.intervention = injector.get();
    auto made = process::Process::create(
        options, output,
        watched ? std::vector<trace::Listener*>{&trace} : std::vector<trace::Listener*>{});
    REQUIRE(made);
    process = std::move(*made);
  }

  [[nodiscard]] Result<> begin() { return process->begin_intervention(); }
  process::End run() {
    const auto begun = begin();
    REQUIRE_MESSAGE(begun.has_value(), (begun ? "" : begun.error().text()));
    return process->run();
  }
  /// All events of a type.
  template <class T>
  [[nodiscard]] std::vector<T> all() const {
    std::vector<T> found;
    for (const trace::Event& event : trace.events) {
      if (const auto* payload = std::get_if<T>(&event.payload)) found.push_back(*payload);
    }
    return found;
  }
};

}  // namespace sehlab::inject_tests
