// The entry points of an engine for a user's DLL (docs/fuzzing-dlls.md). The environment says
// which, and how:
//   SEHLAB_FUZZ_GUEST     the DLL
//   SEHLAB_FUZZ_WATCH     off, report, strict, stop; off if not given
//   SEHLAB_FUZZ_BUDGET    instructions of one run
//   SEHLAB_FUZZ_TIMEOUTS  1: a spent budget is a finding
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "host/fuzz/dll_target.hpp"
#include "host/lab/dll_report.hpp"
#include "host/lab/run.hpp"
#include "host/lab/whole_number.hpp"
#include "tests/fuzz/counters.hpp"
#include "tests/fuzz/guest_folder.hpp"

namespace {

using namespace sehlab;

[[noreturn]] void refuse(const std::string& why) {
  std::fprintf(stderr, "sehlab: %s\n", why.c_str());
  std::exit(2);
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

fuzz::DllOptions options_of_environment() {
  fuzz::DllOptions options;
  options.dll = variable("SEHLAB_FUZZ_GUEST");
  if (options.dll.empty()) refuse("SEHLAB_FUZZ_GUEST names no DLL");
  options.process.system_folder = fuzzing::guest_folder();
  options.process.count_edges = process::Options::Edges::Program;
  const std::string watch = variable("SEHLAB_FUZZ_WATCH");
  const auto mode = lab::watch_mode(watch.empty() ? "off" : watch);
  if (!mode) refuse("SEHLAB_FUZZ_WATCH is \"" + watch + "\", which is no mode of the watch");
  options.process.watch = *mode;
  if (const std::string budget = variable("SEHLAB_FUZZ_BUDGET"); !budget.empty()) {
    const auto number = lab::whole_number(budget);
    if (!number) refuse("SEHLAB_FUZZ_BUDGET is \"" + budget + "\", which is no number");
    options.run_budget = *number;
  }
  options.timeouts = variable("SEHLAB_FUZZ_TIMEOUTS") == "1";
  return options;
}

std::span<const std::byte> bytes_of(const std::uint8_t* data, std::size_t size) {
  return std::as_bytes(std::span(data, size));
}

/// Once for each text: a campaign goes on without such inputs.
void tell_once(const std::string& what) {
  static std::set<std::string> told;
  if (told.insert(what).second) std::fprintf(stderr, "sehlab: %s\n", what.c_str());
}

struct Fuzzer {
  fuzz::DllOptions options = options_of_environment();
  std::unique_ptr<fuzz::DllTarget> target;

  Fuzzer() {
    auto made = fuzz::DllTarget::create(options);
    if (!made) refuse(made.error().text());
    target = std::move(*made);
  }
};

}  // namespace

// Engines group what they find by the top frames of a stack: each kind dies in a function of its
// own, which no compiler takes for another's.
#define SEHLAB_DIES_IN(name)                           \
  extern "C" [[noreturn, gnu::noinline]] void name() { \
    __asm__ volatile("# " #name);                      \
    std::abort();                                      \
  }
SEHLAB_DIES_IN(found_unhandled_exception)
SEHLAB_DIES_IN(found_fail_fast)
SEHLAB_DIES_IN(found_chain_defect)
SEHLAB_DIES_IN(found_record_left_behind)
SEHLAB_DIES_IN(found_end_of_process)
SEHLAB_DIES_IN(found_timeout)

namespace {

[[noreturn]] void die_of(fuzz::DllFinding::Kind kind) {
  switch (kind) {
    case fuzz::DllFinding::Kind::UnhandledException:
      found_unhandled_exception();
    case fuzz::DllFinding::Kind::FailFast:
      found_fail_fast();
    case fuzz::DllFinding::Kind::Defect:
      found_chain_defect();
    case fuzz::DllFinding::Kind::ChainLeft:
      found_record_left_behind();
    case fuzz::DllFinding::Kind::ProcessEnd:
      found_end_of_process();
    case fuzz::DllFinding::Kind::Timeout:
      found_timeout();
    case fuzz::DllFinding::Kind::Unmodelled:
      break;  // is none of the DLL's
  }
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // On the first input: engines have their signal handlers in place by then.
  static Fuzzer fuzzer;
  fuzz::GuestLoop& loop = fuzzer.target->loop();
  if (size > loop.most_bytes()) return -1;
  loop.set_edge_counters(fuzzing::counters());
  const auto input = bytes_of(data, size);
  const fuzz::Verdict& verdict = fuzzer.target->run(input);
  if (!verdict.finding) return verdict.keep ? 0 : -1;
  if (verdict.finding->kind == fuzz::DllFinding::Kind::Unmodelled) {
    tell_once(verdict.finding->signature);
    return -1;
  }
  std::fprintf(stderr, "sehlab: %s\n", verdict.finding->signature.c_str());
  loop.set_edge_counters({});
  if (const auto report = lab::dll_report(fuzzer.options, input, {})) {
    std::fputs(report->c_str(), stderr);
  }
  die_of(verdict.finding->kind);
}
