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
        CHECK_MESSAGE(codes.contains(rule.code), rule.name);  // C and Go reach each other
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

  TEST_CASE("a scene's operations exist where they stand, however its open operands fall") {
    for (const Scene& scene : scenes()) {
      // With the operands that it gives, and 0 for the others: most of them then do nothing else.
      Bytes bytes;
      for (const Scene::Op& op : scene.ops) {
        if (op.op == LAB_OP_NOP) break;
        for (const int word : {static_cast<int>(op.op), op.a, op.b, op.c}) {
          bytes.push_back(static_cast<std::uint8_t>(word == Scene::kAny ? 0 : word));
        }
      }
      const Outline outline(bytes, scene.world);
      CHECK_MESSAGE(outline.fitting() == outline.count(), scene.name);
      CHECK_MESSAGE(outline.at(outline.count()).world == scene.world, scene.name);
    }
  }
}

}  // namespace sehlab::fuzz::sequence
