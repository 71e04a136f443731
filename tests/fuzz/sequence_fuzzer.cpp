// Sequences of operations against the model (host/fuzz/sequence_target.hpp). A finding ends the
// process: its line, its report, then abort() in a function of its rule, by which engines that look
// at the innermost frames tell findings apart.
//   SEHLAB_FUZZ_ORACLE=ending   only the process's ending counts
#include "tests/fuzz/sequence_fuzzer.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <span>
#include <string_view>

#include "host/fuzz/sequence/mutate.hpp"
#include "host/fuzz/sequence_target.hpp"
#include "tests/fuzz/counters.hpp"
#include "tests/fuzz/guest_folder.hpp"

namespace sehlab::fuzzing {
namespace {

[[noreturn, gnu::noinline]] void log_differs() {
  std::abort();
}
[[noreturn, gnu::noinline]] void steps_differ() {
  std::abort();
}
[[noreturn, gnu::noinline]] void ending_differs() {
  std::abort();
}
[[noreturn, gnu::noinline]] void chain_is_broken() {
  std::abort();
}
[[noreturn, gnu::noinline]] void registers_are_lost() {
  std::abort();
}
[[noreturn, gnu::noinline]] void watch_found_a_defect() {
  std::abort();
}
[[noreturn, gnu::noinline]] void differs_from_itself() {
  std::abort();
}
[[noreturn, gnu::noinline]] void never_ends() {
  std::abort();
}
[[noreturn, gnu::noinline]] void is_not_modelled() {
  std::abort();
}

[[noreturn]] void stop(const fuzz::Finding& finding) {
  fmt::print(stderr, "{}\n{}", finding.signature, finding.report);
  std::fflush(stderr);
  if (finding.rule == "log") log_differs();
  if (finding.rule == "steps") steps_differ();
  if (finding.rule == "chain") chain_is_broken();
  if (finding.rule == "registers") registers_are_lost();
  if (finding.rule == "watch") watch_found_a_defect();
  if (finding.rule == "unrepeatable") differs_from_itself();
  if (finding.rule == "budget") never_ends();
  if (finding.rule == "unmodelled") is_not_modelled();
  ending_differs();
}

fuzz::SequenceTarget& target() {
  // Made on the first input: engines have put their signal handlers in place by then.
  static const auto made = [] {
    auto options = fuzz::sequence_options(kSequenceGuest, guest_folder());
    if (options) {
      if (kSequenceProgram != nullptr) options->program = kSequenceProgram;
      const char* oracle = std::getenv("SEHLAB_FUZZ_ORACLE");
      if (oracle != nullptr && std::string_view(oracle) == "ending") {
        options->oracle = fuzz::Oracle::Ending;
      }
      options->count_edges = true;
      if (auto target = fuzz::SequenceTarget::create(*options)) return std::move(*target);
    }
    fmt::print(stderr, "{} cannot be run in {}\n", kSequenceGuest, guest_folder().string());
    std::exit(2);
  }();
  return *made;
}

fuzz::sequence::World begins_in() {
  return std::string_view(kSequenceGuest) == "sequences" ? fuzz::sequence::World::C
                                                         : fuzz::sequence::World::Go;
}

/// Features of the prediction, in the upper half of the counters: which things follow each other.
void count_features(const fuzz::sequence::Prediction& prediction) {
  constexpr std::uint32_t kHalf = kCounters / 2;
  std::uint32_t before = 0;
  count(kHalf);  // by any input: libFuzzer gives up where the first ones reach nothing
  for (const std::uint32_t word : prediction.log) {
    const std::uint32_t now = (word & 0xff) | (word >> 8 & 0xffff00);
    count(kHalf + ((before * 31 + now) * 2654435761u >> 16) % kHalf);
    before = word & 0xff;
  }
}

}  // namespace
}  // namespace sehlab::fuzzing

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sehlab;
  fuzz::SequenceTarget& target = fuzzing::target();
  target.loop().set_edge_counters(fuzzing::counters().first(fuzzing::kCounters / 2));
  const fuzz::Finding* finding = target.run(std::as_bytes(std::span(data, size)));
  if (finding != nullptr) fuzzing::stop(*finding);
  fuzzing::count_features(target.prediction());
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
  using namespace sehlab;
  return fuzz::sequence::mutate(std::span(data, most), size, seed, fuzzing::begins_in());
}

extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* first, std::size_t first_size,
                                                 const std::uint8_t* second,
                                                 std::size_t second_size, std::uint8_t* out,
                                                 std::size_t most, unsigned seed) {
  using namespace sehlab;
  return fuzz::sequence::crossover(std::span(first, first_size), std::span(second, second_size),
                                   std::span(out, most), seed, fuzzing::begins_in());
}
