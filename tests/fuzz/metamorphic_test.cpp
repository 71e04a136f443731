// What must hold of two runs whatever the right answer is: no model is asked for it.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "host/fuzz/guest_loop.hpp"
#include "host/fuzz/sequence/generate.hpp"
#include "host/fuzz/sequence/model.hpp"
#include "host/fuzz/sequence_target.hpp"
#include "lab/sequence.h"

namespace sehlab::fuzz {
namespace {

using Bytes = std::vector<std::uint8_t>;
using Log = std::vector<std::uint32_t>;

constexpr std::uint32_t kSequences = 400;

std::unique_ptr<GuestLoop> loop_of(const SequenceOptions& options) {
  LoopOptions loop;
  loop.process.system_folder = options.system_folder;
  loop.process.program = options.system_folder / options.program;
  loop.run_budget = options.run_budget;
  auto made = GuestLoop::create(loop, {});
  REQUIRE(made);
  return std::move(*made);
}

struct Outcome {
  Log log;
  trace::EndKind kind;
  std::uint32_t code;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome run(GuestLoop& loop, const Bytes& bytes) {
  const Ending& ending = loop.run(std::as_bytes(std::span(bytes)));
  return {{loop.log().begin(), loop.log().end()}, ending.kind, ending.code};
}

Bytes generated(std::uint32_t seed, sequence::World world) {
  Bytes bytes(160);
  bytes.resize(sequence::generate(bytes, seed, world));
  return bytes;
}

std::uint8_t id_of(std::uint32_t word) {
  return static_cast<std::uint8_t>(word >> 8);
}

/// Calls `check` with generated sequences of each program that are reached in C, where `number` is
/// an operation that C code comes to: nothing is asked of those that the model does not know.
template <typename Check>
void for_each_place(Check check) {
  for (const char* guest : {"sequences", "sequences_go"}) {
    const auto options = sequence_options(guest, SEHLAB_BINARY_DIR "/guest");
    REQUIRE(options);
    const auto loop = loop_of(*options);
    const bool in_go = options->begins_in == sequence::Program::Go;
    sequence::Model model(sequence::GoroutineStacks::BelowThreads);
    sequence::Prediction predicted;
    std::size_t places = 0;
    for (std::uint32_t seed = 0; seed < kSequences; ++seed) {
      const Bytes bytes = generated(seed, in_go ? sequence::World::Go : sequence::World::C);
      model.predict(std::as_bytes(std::span(bytes)), options->begins_in, sequence::Detail::Steps,
                    predicted);
      if (predicted.unmodelled) continue;
      for (const sequence::Visit& visit : predicted.visits) {
        if (visit.world != sequence::Program::C || visit.level + 1 >= LAB_SEQ_MOST_LEVELS) continue;
        CAPTURE(guest);
        CAPTURE(seed);
        CAPTURE(int{visit.id});
        if (check(*loop, bytes, visit)) ++places;
      }
    }
    CHECK(places > kSequences);
  }
}

}  // namespace

TEST_SUITE("metamorphic") {
  // Linking a record and taking it off again leaves the chain as it was (facts 1.2).
  TEST_CASE("a record that is linked and unlinked again changes nothing") {
    for_each_place([](GuestLoop& loop, const Bytes& bytes, const sequence::Visit& visit) {
      if (visit.id % 3 != 0) return false;  // some of them
      Bytes longer = bytes;
      constexpr std::uint8_t kPair[] = {
          LAB_OP_RECORD, LAB_HANDLE_UNWIND, 0, 0, LAB_OP_END, 0, 0, 0};
      longer.insert(longer.begin() + visit.id * LAB_SEQ_OP_BYTES, std::begin(kPair),
                    std::end(kPair));
      Outcome expected = run(loop, bytes);
      // Operations behind the pair have other numbers.
      for (std::uint32_t& word : expected.log) {
        if (id_of(word) >= visit.id) word += 2 << 8;
      }
      Outcome found = run(loop, longer);
      // A deferred function's panic has its operation's number as its value.
      for (Log* log : {&expected.log, &found.log}) {
        for (std::uint32_t& word : *log) {
          if ((word & 0xff) == LAB_LOG_RECOVERED) word &= 0xffff;
        }
      }
      CHECK(found.log == expected.log);
      CHECK(found.code == expected.code);
      return true;
    });
  }

  // Handlers are asked in the same way whoever raises (facts 3.1, 3.5).
  TEST_CASE("what software raises is handled as what the processor raises") {
    struct Pair {
      std::uint8_t fault, raise;  // LAB_FAULT_*, index into LAB_SEQ_CODES
    };
    constexpr Pair kPairs[] = {{LAB_FAULT_READ, 2},
                               {LAB_FAULT_DIVIDE, 3},
                               {LAB_FAULT_BOUND, 4},
                               {LAB_FAULT_UD2, 5},
                               {LAB_FAULT_GUARD, 7}};
    std::size_t compared = 0;
    const auto options = sequence_options("sequences", SEHLAB_BINARY_DIR "/guest");
    REQUIRE(options);
    const auto loop = loop_of(*options);
    for (std::uint32_t seed = 0; seed < 4 * kSequences; ++seed) {
      Bytes faults = generated(seed, sequence::World::C), raises;
      std::size_t changed = 0;
      for (std::size_t i = 0; i + 3 < faults.size(); i += LAB_SEQ_OP_BYTES) {
        if ((faults[i] & LAB_SEQ_OP_MASK) != LAB_OP_FAULT) continue;
        faults[i + 1] = kPairs[seed % std::size(kPairs)].fault;
        ++changed;
      }
      raises = faults;
      for (std::size_t i = 0; i + 3 < raises.size(); i += LAB_SEQ_OP_BYTES) {
        if ((raises[i] & LAB_SEQ_OP_MASK) != LAB_OP_FAULT) continue;
        raises[i] = LAB_OP_RAISE;
        raises[i + 1] = kPairs[seed % std::size(kPairs)].raise;
        raises[i + 2] = 0;
      }
      if (changed == 0) continue;
      ++compared;
      CAPTURE(seed);
      CHECK(run(*loop, raises) == run(*loop, faults));
    }
    CHECK(compared > kSequences);
  }
}

}  // namespace sehlab::fuzz
