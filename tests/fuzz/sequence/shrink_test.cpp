#include "host/fuzz/sequence/shrink.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "host/fuzz/sequence/generate.hpp"
#include "host/fuzz/sequence/mutate.hpp"
#include "host/fuzz/sequence/simpler.hpp"
#include "tests/fuzz/sequence/ops.hpp"

namespace sehlab::fuzz::sequence {

namespace {

using Span = std::span<const std::uint8_t>;

/// Operations with these codes, in that order, among others.
bool has_in_order(Span bytes, std::initializer_list<int> wanted) {
  const std::vector<int> codes = codes_of(bytes);
  auto next = wanted.begin();
  for (const int code : codes) {
    if (next != wanted.end() && code == *next) ++next;
  }
  return next == wanted.end();
}

/// A long sequence of noise that has them, made by the mutator.
Bytes noise_with(std::initializer_list<int> wanted, std::uint32_t seed) {
  for (;; ++seed) {
    Bytes bytes(960);
    std::size_t size = generate(bytes, seed, World::Go);
    for (std::uint32_t i = 0; i < 60; ++i) size = mutate(bytes, size, seed * 100 + i, World::Go);
    bytes.resize(size);
    if (has_in_order(bytes, wanted)) return bytes;
  }
}

}  // namespace

// The predicates say what is left: that is the expectations' source.
TEST_SUITE("sequence shrinking") {
  TEST_CASE("to exactly the operations that the predicate asks for") {
    const auto wanted = {int{LAB_OP_CGOCALL}, int{LAB_OP_CALLBACK}, int{LAB_OP_PANIC}};
    for (std::uint32_t seed = 0; seed < 20; ++seed) {
      const Bytes bytes = noise_with(wanted, seed);
      const Shrunk shrunk =
          shrink(bytes, [&](Span candidate) { return has_in_order(candidate, wanted); });
      CHECK(shrunk.failed);
      CHECK(shrunk.complete);
      CHECK(shrunk.bytes == bytes_of({{LAB_OP_CGOCALL}, {LAB_OP_CALLBACK}, {LAB_OP_PANIC}}));
    }
  }

  TEST_CASE("an operand shrinks to the least that still does") {
    const Bytes bytes = bytes_of({{LAB_OP_END}, {LAB_OP_THROW, 200, 7, 9}, {LAB_OP_NOP, 1, 2, 3}});
    const Shrunk shrunk = shrink(bytes, [](Span candidate) {
      for (std::size_t i = 0; i < ops_in(candidate.size()); ++i) {
        const RawOp op = raw_op(candidate, i);
        if (op.op == LAB_OP_THROW && op.operands[0] >= 77) return true;
      }
      return false;
    });
    CHECK(shrunk.bytes == bytes_of({{LAB_OP_THROW, 77}}));
  }

  TEST_CASE("a frame goes together with its END where neither can go alone") {
    const auto balanced = [](Span candidate) {
      int depth = 0;
      bool fault = false;
      for (const int code : codes_of(candidate)) {
        fault |= code == LAB_OP_FAULT;
        if (code == LAB_OP_SETJMP) ++depth;
        if (code == LAB_OP_END && --depth < 0) return false;
      }
      return fault && depth == 0;
    };
    const Shrunk shrunk = shrink(
        bytes_of({{LAB_OP_SETJMP}, {LAB_OP_SETJMP}, {LAB_OP_FAULT, 3}, {LAB_OP_END}, {LAB_OP_END}}),
        balanced);
    CHECK(shrunk.bytes == bytes_of({{LAB_OP_FAULT}}));
  }

  TEST_CASE("an operation becomes a simpler one that does as well") {
    // Whatever handles: a record by hand is simpler than what compilers make of one.
    const auto handles = [](Span candidate) {
      for (std::size_t i = 0; i < ops_in(candidate.size()); ++i) {
        const RawOp op = raw_op(candidate, i);
        if (op.op == LAB_OP_RECORD && op.operands[0] == LAB_HANDLE_UNWIND) return true;
        if (op.op == LAB_OP_TRY_EXCEPT && op.operands[0] == LAB_FILTER_EXECUTE) return true;
        if (op.op == LAB_OP_TRY_BOTH && op.operands[0] == LAB_FILTER_EXECUTE) return true;
        if (op.op == LAB_OP_CXX_TRY) return true;
      }
      return false;
    };
    const Bytes simplest = bytes_of({{LAB_OP_RECORD, LAB_HANDLE_UNWIND}});
    CHECK(shrink(bytes_of({{LAB_OP_CXX_TRY, 1, 0, 1}}), handles).bytes == simplest);
    CHECK(shrink(bytes_of({{LAB_OP_TRY_BOTH, 2, 1, 1}}), handles).bytes == simplest);
  }

  TEST_CASE("what is no part of any operation goes first") {
    Bytes bytes = bytes_of({{LAB_OP_FAULT}});
    bytes.insert(bytes.end(), {1, 2, 3});
    const Shrunk shrunk =
        shrink(bytes, [](Span candidate) { return has_in_order(candidate, {LAB_OP_FAULT}); });
    CHECK(shrunk.bytes == bytes_of({{LAB_OP_FAULT}}));
  }

  TEST_CASE("what always fails shrinks to nothing, what never fails comes back") {
    const Bytes bytes = bytes_of({{LAB_OP_RECORD, 5, 6, 7}, {LAB_OP_FAULT, 1}});
    CHECK(shrink(bytes, [](Span) { return true; }).bytes.empty());
    const Shrunk shrunk = shrink(bytes, [](Span) { return false; });
    CHECK_FALSE(shrunk.failed);
    CHECK(shrunk.bytes == bytes);
    CHECK(shrunk.tries == 1);
    CHECK(shrink(Bytes{}, [](Span) { return true; }).complete);
  }

  TEST_CASE("the number of tries is bounded, and the best so far is kept") {
    const auto wanted = {int{LAB_OP_CGOCALL}, int{LAB_OP_PANIC}};
    const Bytes bytes = noise_with(wanted, 1);
    std::size_t calls = 0;
    ShrinkOptions options;
    options.most_tries = 10;
    const Shrunk shrunk = shrink(
        bytes,
        [&](Span candidate) {
          ++calls;
          return has_in_order(candidate, wanted);
        },
        options);
    CHECK(calls == 10);
    CHECK(shrunk.tries == 10);
    CHECK_FALSE(shrunk.complete);
    CHECK(shrunk.bytes.size() < bytes.size());
    CHECK(has_in_order(shrunk.bytes, wanted));
  }

  TEST_CASE("it ends, tries nothing twice, and tells how far it is, whatever the answers") {
    for (std::uint32_t seed = 0; seed < 200; ++seed) {
      Bytes bytes(400);
      bytes.resize(mutate(bytes, bytes.size(), seed));
      std::vector<Bytes> tried;
      ShrinkOptions options;
      std::size_t told = 0, least = ops_in(bytes.size());
      options.most_tries = 1'000'000;
      options.progress = [&](const ShrinkProgress& progress) {
        ++told;
        CHECK(progress.tries == told);
        CHECK(progress.operations <= least);
        least = progress.operations;
      };
      const Shrunk shrunk = shrink(
          bytes,
          [&](Span candidate) {
            tried.emplace_back(candidate.begin(), candidate.end());
            // Anything that depends on the bytes alone; it is true of two in three.
            std::uint32_t sum = seed;
            for (const std::uint8_t byte : candidate) sum = sum * 31 + byte;
            return tried.size() == 1 || sum % 3 != 0;
          },
          options);
      CHECK(shrunk.complete);
      CHECK(told == shrunk.tries);
      std::ranges::sort(tried);
      CHECK(std::ranges::adjacent_find(tried) == tried.end());
    }
  }

  TEST_CASE("simpler operations lead to NOP and nowhere back") {
    for (int code = 0; code <= LAB_SEQ_OP_MASK; ++code) {
      RawOp op{static_cast<std::uint8_t>(code), {2, 1, 0}};
      for (std::size_t steps = 0;; ++steps) {
        REQUIRE(steps < 8);
        std::optional<RawOp> next;
        for (std::size_t attempt = kMostSimpler; attempt-- > 0 && !next;) {
          next = simpler_op(op, attempt);
        }
        if (!next) break;
        op = *next;
      }
      CHECK(op == RawOp{});
    }
  }
}

}  // namespace sehlab::fuzz::sequence
