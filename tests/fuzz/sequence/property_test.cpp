// What holds for every sequence. Source: sequence.h ("every string of bytes is a sequence, and a
// prefix of one means the same as before"), and that an operation which does nothing changes
// nothing.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "tests/fuzz/sequence/scene.hpp"
#include "tests/holds.hpp"

using namespace sehlab::fuzz::sequence;
using sehlab::testing::holds;

namespace {

/// Operations that exist, with operands that mean something more often than random bytes do.
rc::Gen<Op> any_operation() {
  const auto op = rc::gen::weightedOneOf<int>(
      {{4, rc::gen::elementOf(std::vector<int>{LAB_OP_FAULT, LAB_OP_RAISE, LAB_OP_THROW,
                                               LAB_OP_PANIC, LAB_OP_UNWIND, LAB_OP_LONGJMP})},
       {6, rc::gen::elementOf(std::vector<int>{LAB_OP_RECORD, LAB_OP_TRY_EXCEPT, LAB_OP_TRY_FINALLY,
                                               LAB_OP_TRY_BOTH, LAB_OP_CXX_TRY, LAB_OP_CXX_OBJECT,
                                               LAB_OP_SETJMP, LAB_OP_STACK_BASE, LAB_OP_CGOCALL,
                                               LAB_OP_GOCALL, LAB_OP_CALLBACK})},
       {2, rc::gen::elementOf(std::vector<int>{LAB_OP_DEFER, LAB_OP_GO, LAB_OP_THREAD,
                                               LAB_OP_ADD_VECTORED, LAB_OP_REMOVE_VECTORED,
                                               LAB_OP_ADD_CONTINUE, LAB_OP_REMOVE_CONTINUE})},
       {3, rc::gen::just(static_cast<int>(LAB_OP_END))},
       {1, rc::gen::inRange(0, 256)}});
  const auto operand =
      rc::gen::weightedOneOf<int>({{8, rc::gen::inRange(0, 18)}, {1, rc::gen::inRange(0, 256)}});
  return rc::gen::build<Op>(rc::gen::set(&Op::op, op), rc::gen::set(&Op::a, operand),
                            rc::gen::set(&Op::b, rc::gen::inRange(0, 4)),
                            rc::gen::set(&Op::c, rc::gen::inRange(0, 8)));
}

std::vector<Op> any_sequence() {
  const auto length = *rc::gen::inRange<std::size_t>(0, 230);
  return *rc::gen::container<std::vector<Op>>(length, any_operation());
}

Program any_program() {
  return *rc::gen::element(Program::C, Program::Go);
}

std::string summary(const Prediction& prediction) {
  std::string text = sehlab::fuzz::sequence::text(prediction.log, prediction.ending);
  if (prediction.unmodelled.has_value())
    text += "unmodelled " + std::to_string(*prediction.unmodelled);
  return text + (prediction.overflow ? "overflow" : "");
}

/// The same prediction, had `count` operations been inserted at `at`: ids from there on are
/// greater. Panics whose value is an id (LAB_DEFER_PANIC) may have another value: it is left out.
Prediction renumbered(Prediction prediction, std::size_t at, std::size_t count) {
  for (std::uint32_t& word : prediction.log) {
    const std::uint32_t id = word >> 8 & 0xff;
    if (id >= at) word += static_cast<std::uint32_t>(count) << 8;
    const bool panic = (word & 0xff) == LAB_LOG_RECOVERED && (word >> 16 & 0x80) != 0;
    if (panic) word &= 0xff80ffff;
  }
  return prediction;
}

std::vector<Op> inserted(std::vector<Op> ops, std::size_t at, const std::vector<Op>& more) {
  ops.insert(ops.begin() + static_cast<std::ptrdiff_t>(at), more.begin(), more.end());
  return ops;
}

/// `ops` without what one more frame around them all would change.
std::vector<Op> indifferent_to_a_frame_around(std::vector<Op> ops) {
  // Operands that count live frames would count one more.
  for (Op& op : ops) {
    const int kind = op.op & LAB_SEQ_OP_MASK;
    const bool unwinds_to = kind == LAB_OP_RECORD && op.a % LAB_HANDLES == LAB_HANDLE_UNWIND_TO;
    if (kind == LAB_OP_UNWIND || kind == LAB_OP_STACK_BASE || unwinds_to) op = kNop;
  }
  while (true) {
    const Prediction prediction = predict(ops, Program::C, Detail::Steps);
    // The deepest level would be one too deep, and an end of the outermost frame would end the new
    // one.
    const auto visit = std::ranges::find_if(prediction.visits, [&](const Visit& each) {
      return each.level + 1 >= LAB_SEQ_MOST_LEVELS ||
             (each.level == 0 && (ops[each.id].op & LAB_SEQ_OP_MASK) == LAB_OP_END);
    });
    if (visit == prediction.visits.end()) return ops;
    if (visit->level == 0) {
      ops[visit->id] = kNop;
    } else {
      ops.resize(visit->id);
    }
  }
}

}  // namespace

TEST_SUITE("sequence") {
  TEST_CASE("every string of bytes has a prediction") {
    holds([] {
      const auto bytes = *rc::gen::container<std::vector<std::uint8_t>>(
          *rc::gen::inRange<std::size_t>(0, 1100), rc::gen::arbitrary<std::uint8_t>());
      Model model;
      Prediction prediction;
      model.predict(std::as_bytes(std::span(bytes)), any_program(), Detail::Steps, prediction);
      RC_ASSERT(prediction.log.size() <= std::size_t{LAB_SEQ_MOST_LOG});
      RC_ASSERT(prediction.visits.size() <= std::size_t{LAB_SEQ_MOST_OPS});
    });
  }

  TEST_CASE("a sequence of meaningful operations has a prediction, the same in any detail") {
    holds([] {
      const std::vector<Op> ops = any_sequence();
      const Program program = any_program();
      const Prediction steps = predict(ops, program, Detail::Steps);
      const Prediction log = predict(ops, program, Detail::Log);
      RC_ASSERT(summary(steps) == summary(log));
      RC_ASSERT(log.steps.empty());
      RC_ASSERT(log.visits.empty());
      // One cursor: no operation is executed twice.
      RC_ASSERT(std::ranges::adjacent_find(steps.visits, [](const Visit& a, const Visit& b) {
                  return a.id >= b.id;
                }) == steps.visits.end());
      RC_ASSERT(std::ranges::all_of(
          steps.visits, [](const Visit& visit) { return visit.level <= LAB_SEQ_MOST_LEVELS; }));
    });
  }

  TEST_CASE("a model that has predicted other sequences predicts as a new one does") {
    holds([] {
      Model model;
      Prediction prediction;
      for (int i = 0; i < 3; ++i) {
        const std::vector<Op> ops = any_sequence();
        const Program program = any_program();
        model.predict(bytes_of(ops), program, Detail::Log, prediction);
        RC_ASSERT(summary(prediction) == summary(predict(ops, program)));
      }
    });
  }

  TEST_CASE("a prefix means the same as before: the log is the same until its end is reached") {
    holds([] {
      const std::vector<Op> ops = any_sequence();
      const Program program = any_program();
      const auto length = *rc::gen::inRange<std::size_t>(0, ops.size() + 1);
      const std::vector<Op> prefix(ops.begin(), ops.begin() + static_cast<std::ptrdiff_t>(length));
      const Prediction whole = predict(ops, program, Detail::Steps);
      const Prediction part = predict(prefix, program, Detail::Steps);
      // What the whole sequence had logged when it came to the first operation behind the prefix.
      const auto behind = std::ranges::find_if(
          whole.visits, [&](const Visit& visit) { return visit.id >= length; });
      if (behind == whole.visits.end()) {
        // It never did.
        RC_ASSERT(summary(whole) == summary(part));
      } else {
        RC_ASSERT(part.log.size() >= behind->log_at);
        RC_ASSERT(
            std::equal(whole.log.begin(), whole.log.begin() + behind->log_at, part.log.begin()));
      }
    });
  }

  TEST_CASE("an operation that does nothing changes nothing but numbers, wherever it is put") {
    holds([] {
      const std::vector<Op> ops = any_sequence();
      const Program program = any_program();
      const auto at = *rc::gen::inRange<std::size_t>(0, ops.size() + 1);
      RC_ASSERT(summary(renumbered(predict(inserted(ops, at, {kNop}), program), 256, 0)) ==
                summary(renumbered(predict(ops, program), at, 1)));
    });
  }

  TEST_CASE("a frame with a record that is left at once changes nothing but numbers") {
    holds([] {
      const std::vector<Op> ops = any_sequence();
      const Program program = any_program();
      const Prediction before = predict(ops, program, Detail::Steps);
      std::vector<Visit> places;
      std::ranges::copy_if(before.visits, std::back_inserter(places), [](const Visit& each) {
        return each.world == Program::C && each.level < LAB_SEQ_MOST_LEVELS;
      });
      RC_PRE(!places.empty());
      const Visit visit = *rc::gen::elementOf(places);
      const std::vector<Op> more{record(LAB_HANDLE_UNWIND, 0, LAB_UNWIND_CONTINUE), kEnd};
      RC_ASSERT(summary(renumbered(predict(inserted(ops, visit.id, more), program), 256, 0)) ==
                summary(renumbered(before, visit.id, 2)));
    });
  }

  TEST_CASE("a handler that searches on changes nothing that others see") {
    // A RECORD around the whole sequence, which answers 1 to everything: its own words are all
    // that is new (sequence.h; seh-x86.md 3.2 E).
    holds([] {
      const std::vector<Op> ops = indifferent_to_a_frame_around(any_sequence());
      const Prediction before = predict(ops, Program::C);
      RC_PRE(!before.overflow);
      Prediction after = predict(inserted(ops, 0, {record(LAB_HANDLE_SEARCH)}), Program::C);
      RC_PRE(!after.overflow);
      std::erase_if(after.log, [](std::uint32_t word) {
        return (word & 0xff) == LAB_LOG_HANDLER && (word >> 8 & 0xff) == 0;
      });
      RC_ASSERT(summary(after) == summary(renumbered(before, 0, 1)));
    });
  }
}
