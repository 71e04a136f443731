#include "host/fuzz/sequence/mutate.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "host/fuzz/sequence/generate.hpp"
#include "host/fuzz/sequence/outline.hpp"
#include "tests/fuzz/sequence/allocations.hpp"
#include "tests/fuzz/sequence/ops.hpp"

namespace sehlab::fuzz::sequence {

namespace {

Bytes mutated(Bytes bytes, std::uint32_t seed, std::optional<World> begins_in,
              std::size_t room = 1024) {
  const std::size_t size = bytes.size();
  bytes.resize(std::max(room, size));
  bytes.resize(mutate(bytes, size, seed, begins_in));
  return bytes;
}

}  // namespace

TEST_SUITE("sequence mutator") {
  TEST_CASE("a seed gives the same change each time") {
    const Bytes bytes =
        bytes_of({{LAB_OP_RECORD, LAB_HANDLE_CONTINUE}, {LAB_OP_FAULT}, {LAB_OP_END}});
    std::set<Bytes> all;
    for (std::uint32_t seed = 0; seed < 500; ++seed) {
      CHECK(mutated(bytes, seed, World::C) == mutated(bytes, seed, World::C));
      all.insert(mutated(bytes, seed, World::C));
    }
    // Other seeds give other ones, but that there are few ways to erase or swap one of three.
    CHECK(all.size() > 250);
  }

  TEST_CASE(
      "what comes out stays inside its room, from the empty sequence to one of random bytes") {
    for (std::size_t room = 0; room < 24; ++room) {
      for (std::uint32_t seed = 0; seed < 400; ++seed) {
        Bytes bytes(room + 8, 0xee);
        const std::size_t size = mutate(std::span(bytes).first(room), seed % (room + 1), seed);
        CHECK(size <= room);
        CHECK(std::all_of(bytes.begin() + static_cast<std::ptrdiff_t>(room), bytes.end(),
                          [](std::uint8_t byte) { return byte == 0xee; }));
      }
    }
    Bytes bytes(4096);
    std::size_t size = 0;
    for (std::uint32_t seed = 0; seed < 100000; ++seed) {
      size = mutate(bytes, size, seed);
      REQUIRE(size <= bytes.size());
    }
  }

  TEST_CASE("most operations that come out fit their world, after many changes too") {
    for (const World world : {World::C, World::Go}) {
      std::size_t ops = 0, fitting = 0;
      for (std::uint32_t first = 0; first < 300; ++first) {
        Bytes bytes(400);
        bytes.resize(generate(bytes, first, world));
        for (std::uint32_t seed = 0; seed < 20; ++seed)
          bytes = mutated(bytes, seed + first * 20, world);
        const Outline outline(bytes, world);
        ops += outline.count();
        fitting += outline.fitting();
      }
      CHECK(fitting * 100 > ops * 70);
    }
  }

  // The scenario of Go issue 7470 (Go commit 1249d3a), from nothing.
  TEST_CASE("a panic through a callback is found within few changes of the empty sequence") {
    const std::vector<int> wanted{LAB_OP_DEFER, LAB_OP_CGOCALL, LAB_OP_CALLBACK, LAB_OP_PANIC};
    bool found = false;
    for (std::uint32_t seed = 0; seed < 1000 && !found; ++seed) {
      Bytes bytes;
      for (std::uint32_t change = 0; change < 5; ++change) {
        bytes = mutated(bytes, seed * 5 + change, World::Go);
      }
      auto next = wanted.begin();
      for (const int code : codes_of(bytes)) {
        if (next != wanted.end() && code == *next) ++next;
      }
      found = next == wanted.end();
    }
    CHECK(found);
  }

  TEST_CASE("bytes that are no operation come out as well: nothing is out of reach") {
    const Bytes bytes = bytes_of({{LAB_OP_RECORD}, {LAB_OP_FAULT}});
    bool odd_size = false, unknown = false, beyond = false;
    for (std::uint32_t seed = 0; seed < 20000; ++seed) {
      const Bytes out = mutated(bytes, seed, World::C);
      odd_size |= out.size() % LAB_SEQ_OP_BYTES != 0;
      for (std::size_t i = 0; i < ops_in(out.size()); ++i) {
        unknown |= op_rule(out[i * LAB_SEQ_OP_BYTES]) == nullptr;
        beyond |= (out[i * LAB_SEQ_OP_BYTES] & ~LAB_SEQ_OP_MASK) != 0;
      }
    }
    CHECK(odd_size);
    CHECK(unknown);
    CHECK(beyond);
  }

  TEST_CASE("a mutation allocates nothing") {
    Bytes bytes(LAB_SEQ_MOST_OPS * LAB_SEQ_OP_BYTES), other(bytes.size());
    std::size_t size = 0;
    const std::size_t before = allocations();
    for (std::uint32_t seed = 0; seed < 5000; ++seed) {
      size = mutate(bytes, size, seed);
      size = crossover(std::span(bytes).first(size), std::span(bytes).first(size), other, seed);
      std::swap_ranges(bytes.begin(), bytes.end(), other.begin());
    }
    CHECK(allocations() == before);
  }

  TEST_CASE("crossover takes operations of both, and of nothing else") {
    const Bytes first = bytes_of({{LAB_OP_RECORD, 1}, {LAB_OP_FAULT, 2}, {LAB_OP_END}});
    const Bytes second = bytes_of({{LAB_OP_SETJMP}, {LAB_OP_LONGJMP, 3}, {LAB_OP_RAISE, 4}});
    const std::vector<int> firsts = codes_of(first), seconds = codes_of(second);
    std::size_t both = 0;
    for (std::uint32_t seed = 0; seed < 500; ++seed) {
      Bytes out(64);
      out.resize(crossover(first, second, out, seed, World::C));
      bool of_first = false, of_second = false;
      for (const int code : codes_of(out)) {
        const bool is_first = std::ranges::count(firsts, code) != 0;
        const bool is_second = std::ranges::count(seconds, code) != 0;
        CHECK((is_first || is_second));
        of_first |= is_first;
        of_second |= is_second;
      }
      both += of_first && of_second ? 1 : 0;
    }
    CHECK(both > 250);
    Bytes none(2);
    CHECK(crossover(first, second, none, 1, World::C) == 0);
  }

  TEST_CASE("crossover joins worlds that fit") {
    const Bytes go = bytes_of({{LAB_OP_GOCALL}, {LAB_OP_CGOCALL}, {LAB_OP_END}, {LAB_OP_END}});
    const Bytes deep = bytes_of({{LAB_OP_GOCALL},
                                 {LAB_OP_CGOCALL},
                                 {LAB_OP_RECORD, LAB_HANDLE_CONTINUE},
                                 {LAB_OP_RAISE},
                                 {LAB_OP_END},
                                 {LAB_OP_END},
                                 {LAB_OP_END}});
    std::size_t ops = 0, fitting = 0;
    for (std::uint32_t seed = 0; seed < 500; ++seed) {
      Bytes out(64);
      out.resize(crossover(go, deep, out, seed, World::Go));
      ops += Outline(out, World::Go).count();
      fitting += Outline(out, World::Go).fitting();
    }
    CHECK(fitting * 10 > ops * 8);
  }
}

}  // namespace sehlab::fuzz::sequence
