// Reading a chain without touching it, and naming its structural defects: docs/architecture.md,
// "The watch"; facts 1.2.
#include <doctest/doctest.h>

#include "host/seh/chain.hpp"
#include "thread_rig.hpp"

namespace sehlab::seh {
namespace {

using namespace testing;

constexpr GuestAddr kHandler = kProgram + 0x100;
constexpr GuestRange kStack{kStackLimit, kStackBase};

bool in_program(GuestAddr address) {
  return address >= kProgram && address < kProgramEnd;
}

std::optional<ChainDefect> defect_of(const ThreadRig& rig) {
  const auto found = find_defect(read_chain(rig.memory.raw, rig.head()), kStack, in_program);
  if (!found) return std::nullopt;
  return found->defect;
}

TEST_CASE("a whole chain is read to its end") {
  ThreadRig rig;
  rig.link(kEsp + 0x200, kHandler);
  rig.link(kEsp + 0x100, kHandler + 4);
  rig.memory.touches.clear();
  const Chain chain = read_chain(rig.memory.raw, rig.head());
  CHECK(chain.head == kEsp + 0x100);
  CHECK(chain.ending == ChainEnding::End);
  REQUIRE(chain.records.size() == 2);
  CHECK(chain.records[0].handler == kHandler + 4);
  CHECK(chain.records[0].next == kEsp + 0x200);
  CHECK(chain.records[1].next.value == 0xffffffff);
  CHECK_FALSE(defect_of(rig));
  CHECK(rig.memory.touches.empty());  // in nobody's name: no guard page notices
}

TEST_CASE("an empty chain has no records and no defect") {
  ThreadRig rig;
  CHECK(read_chain(rig.memory.raw, rig.head()).records.empty());
  CHECK_FALSE(defect_of(rig));
}

TEST_CASE("a chain that comes back to itself is a cycle") {
  ThreadRig rig;
  rig.link(kEsp + 0x300, kHandler);
  rig.link(kEsp + 0x200, kHandler);
  rig.link(kEsp + 0x100, kHandler);
  rig.memory.put(kEsp + 0x300, (kEsp + 0x200).value);
  const Chain chain = read_chain(rig.memory.raw, rig.head());
  CHECK(chain.ending == ChainEnding::Cycle);
  CHECK(chain.records.size() == 3);
  const auto found = find_defect(chain, kStack, in_program);
  REQUIRE(found);
  CHECK(found->defect == ChainDefect::Cycle);
  CHECK(found->record == kEsp + 0x300);
  rig.memory.put(kEsp + 0x100, (kEsp + 0x100).value);  // self-linked
  CHECK(read_chain(rig.memory.raw, rig.head()).records.size() == 1);
}

TEST_CASE("a chain ends where memory does, and the reader says so") {
  ThreadRig rig;
  rig.link(kEsp + 0x100, kHandler);
  rig.memory.put(kEsp + 0x100, 0x41414140u);
  const Chain chain = read_chain(rig.memory.raw, rig.head());
  CHECK(chain.ending == ChainEnding::Unreadable);
  CHECK(chain.records.size() == 1);
  CHECK(defect_of(rig) == ChainDefect::OffStack);
}

TEST_CASE("a chain is read no further than was asked") {
  ThreadRig rig;
  for (std::uint32_t i = 0; i < 100; ++i) rig.link(kEsp - 8 * i, kHandler);
  CHECK(read_chain(rig.memory.raw, rig.head(), 10).ending == ChainEnding::TooLong);
  CHECK(read_chain(rig.memory.raw, rig.head(), 10).records.size() == 10);
  CHECK(read_chain(rig.memory.raw, rig.head(), 100).ending == ChainEnding::End);
}

TEST_CASE("each structural defect is told from the others") {
  const auto with_head = [](GuestAddr record, GuestAddr handler) {
    ThreadRig rig;
    rig.memory.commit(kStackBase, kPageSize);
    rig.link(kEsp + 0x200, kHandler);
    rig.link(record, handler);
    return defect_of(rig);
  };
  CHECK_FALSE(with_head(kEsp + 0x100, kHandler));
  CHECK(with_head(kHeapStack, kHandler) == ChainDefect::OffStack);
  CHECK(with_head(kStackBase - 4, kHandler) == ChainDefect::OffStack);
  CHECK(with_head(kEsp + 0x102, kHandler) == ChainDefect::Misaligned);
  CHECK(with_head(kEsp + 0x100, kEsp) == ChainDefect::HandlerOnStack);
  CHECK(with_head(kEsp + 0x100, kHeapStack) == ChainDefect::HandlerNotExecutable);
  CHECK(with_head(kEsp + 0x300, kHandler) == ChainDefect::NotAscending);
}

TEST_CASE("defects have the names that scenarios use") {
  // docs/architecture.md: the list of the watch.
  CHECK(name_of(ChainDefect::Dangling) == "dangling");
  CHECK(name_of(ChainDefect::Overwritten) == "overwritten");
  CHECK(name_of(ChainDefect::OffStack) == "off-stack");
  CHECK(name_of(ChainDefect::Misaligned) == "misaligned");
  CHECK(name_of(ChainDefect::NotAscending) == "not-ascending");
  CHECK(name_of(ChainDefect::Cycle) == "cycle");
  CHECK(name_of(ChainDefect::HandlerOnStack) == "handler-on-stack");
  CHECK(name_of(ChainDefect::HandlerNotExecutable) == "handler-not-executable");
}

}  // namespace
}  // namespace sehlab::seh
