#include "host/fuzz/sequence/generate.hpp"

#include <doctest/doctest.h>

#include <array>
#include <set>

#include "host/fuzz/sequence/outline.hpp"
#include "host/fuzz/sequence/scenes.hpp"
#include "tests/fuzz/sequence/ops.hpp"

namespace sehlab::fuzz::sequence {

namespace {

constexpr std::size_t kRoom = 1024;

Bytes generated(std::uint32_t seed, std::optional<World> begins_in, std::size_t room = kRoom) {
  Bytes bytes(room);
  bytes.resize(generate(bytes, seed, begins_in));
  return bytes;
}

}  // namespace

TEST_SUITE("sequence generator") {
  TEST_CASE("a seed gives the same sequence each time, and another seed another one") {
    CHECK(generated(7, World::C) == generated(7, World::C));
    CHECK(generated(7, World::C) != generated(8, World::C));
  }

  // The header: an operation that its world does not have does nothing. A scene that is drawn whole
  // may leave its world early, as its open operands decide, so not all of them fit.
  TEST_CASE("nearly every operation fits the world where it stands") {
    for (const World world : {World::C, World::Go}) {
      std::size_t ops = 0, fitting = 0;
      for (std::uint32_t seed = 0; seed < 3000; ++seed) {
        const Outline outline(generated(seed, world), world);
        CHECK(outline.count() >= 3);
        CHECK(outline.count() <= 20 + kMostSceneOps);
        ops += outline.count();
        fitting += outline.fitting();
      }
      CHECK(fitting * 100 > ops * 95);
    }
  }

  TEST_CASE("every operation and every choice of an operand is drawn in the world that has it") {
    for (const World world : {World::C, World::Go}) {
      std::set<int> codes;
      std::set<std::pair<int, int>> choices;
      for (std::uint32_t seed = 0; seed < 20000; ++seed) {
        const Bytes bytes = generated(seed, world);
        for (std::size_t i = 0; i < ops_in(bytes.size()); ++i) {
          const RawOp op = raw_op(bytes, i);
          codes.insert(op.op);
          choices.emplace(op.op, op.operands[0]);
        }
      }
      for (const OpRule& rule : op_rules()) {
        // Go calls C, which calls Go; a program of C alone has no Go.
        if (world == World::C && (!rule.in_c || rule.code == LAB_OP_CALLBACK)) continue;
        CHECK_MESSAGE(codes.contains(rule.code), rule.name);
        for (std::size_t i = 0; i < rule.operands[0].names.size(); ++i) {
          CHECK(choices.contains({rule.code, static_cast<int>(i)}));
        }
      }
    }
  }

  TEST_CASE("a sequence stays inside its room") {
    for (std::size_t room = 0; room < 40; ++room) {
      for (std::uint32_t seed = 0; seed < 50; ++seed) {
        CHECK(generated(seed, World::Go, room).size() <=
              room / LAB_SEQ_OP_BYTES * LAB_SEQ_OP_BYTES);
      }
    }
  }

  // By the header, and with the outline, which follows its main rules.
  TEST_CASE("a scene's operations exist where they stand, and it can end where it began") {
    for (const Scene& scene : scenes()) {
      CAPTURE(scene.name);
      bool ended = false;
      for (std::uint64_t seed = 0; seed < 100 && !ended; ++seed) {
        // C's scenes inside a call of C, as some of them call Go.
        Bytes bytes;
        if (scene.world == World::C) bytes = bytes_of({{LAB_OP_CGOCALL}});
        const std::size_t before = ops_in(bytes.size());
        std::array<RawOp, kMostSceneOps> ops;
        Dice dice(seed);
        const std::size_t count = play(scene, dice, ops);
        for (const RawOp& op : std::span(ops).first(count)) {
          bytes.push_back(op.op);
          bytes.insert(bytes.end(), op.operands.begin(), op.operands.end());
        }
        const Outline outline(bytes, World::Go);
        ended = outline.fitting() == outline.count() && outline.at(outline.count()).reached &&
                outline.at(outline.count()).level == before &&
                outline.at(outline.count()).world == scene.world;
      }
      CHECK(ended);
    }
  }
}

}  // namespace sehlab::fuzz::sequence
