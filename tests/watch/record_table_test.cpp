// What the table makes of changes of fs:[0]. Sources: the layout of registration records and of
// EBP frames (facts 1.2; the x86 calling convention), Go's records
// (facts: go-windows-386.md 1.4, 1.7, 2.6).
#include "host/watch/record_table.hpp"

#include <doctest/doctest.h>

#include "tests/watch/fake_target.hpp"

using namespace sehlab;
using namespace sehlab::watch;

namespace {
constexpr std::uint32_t kEnd = 0xffffffff;
constexpr GuestAddr kBy{0x402010};

RecordTable::Change set_head(RecordTable& table, FakeTarget& target, std::uint32_t head) {
  target.set_head(head);
  return table.update(target, GuestAddr{head}, kBy);
}
}  // namespace

TEST_SUITE("watch") {
  TEST_CASE("a record linked on top of the chain is a push by the instruction that linked it") {
    FakeTarget target;
    RecordTable table;
    target.put_record(0x19ff70, kEnd, 0x401000);
    target.now = 7;
    const auto change = set_head(table, target, 0x19ff70);
    REQUIRE(change.pushed.size() == 1);
    CHECK(change.popped.empty());
    CHECK(change.pushed[0].record == GuestAddr{0x19ff70});
    CHECK(change.pushed[0].pushed_by == kBy);
    CHECK(change.pushed[0].pushed_at == 7);
  }

  TEST_CASE("going back to an outer record pops all inner ones, innermost first") {
    FakeTarget target;
    RecordTable table;
    target.put_record(0x19ff70, kEnd, 0x401000);
    target.put_record(0x19fe00, 0x19ff70, 0x401000);
    target.put_record(0x19fd00, 0x19fe00, 0x401000);
    CHECK(set_head(table, target, 0x19fd00).pushed.size() == 3);
    const auto change = set_head(table, target, 0x19ff70);
    REQUIRE(change.popped.size() == 2);
    CHECK(change.popped[0].record == GuestAddr{0x19fd00});
    CHECK(change.popped[1].record == GuestAddr{0x19fe00});
    CHECK(change.pushed.empty());
  }

  TEST_CASE("what lies beyond a known record is remembered even when its words are overwritten") {
    FakeTarget target;
    RecordTable table;
    target.put_record(0x19ff70, kEnd, 0x401000);
    target.put_record(0x19fe00, 0x19ff70, 0x401000);
    set_head(table, target, 0x19fe00);
    target.put_record(0x19fe00, 0x41414141, 0x41414141);
    target.put_record(0x19fc00, 0x19fe00, 0x403000);
    const auto change = set_head(table, target, 0x19fc00);
    CHECK(change.pushed.size() == 1);
    CHECK(change.popped.empty());
    CHECK(table.find(GuestAddr{0x19ff70}) != nullptr);
  }

  TEST_CASE("a head written again with another content is a new record in the old one's place") {
    FakeTarget target;
    RecordTable table;
    target.put_record(0x19ff70, kEnd, 0x401000);
    target.put_record(0x19fe00, 0x19ff70, 0x401000);
    set_head(table, target, 0x19fe00);
    target.put_record(0x19fe00, 0x19fe00, 0x401000);  // facts 2.6: A1.prev = A1
    const auto change = set_head(table, target, 0x19fe00);
    REQUIRE(change.popped.size() == 1);
    REQUIRE(change.pushed.size() == 1);
    CHECK(change.pushed[0].next == GuestAddr{0x19fe00});
    CHECK(table.records().size() == 2);
  }

  TEST_CASE("a record linked in the place of a dead one further out replaces that one only") {
    FakeTarget target;
    RecordTable table;
    target.put_record(0x19ff70, kEnd, 0x401000);
    target.put_record(0x19fef8, 0x19ff70, 0x401000);  // dead: its function was left
    target.put_record(0x19fe50, 0x19fef8, 0x401000);  // dead, and the head
    set_head(table, target, 0x19fe50);
    target.put_record(0x19fef8, 0x19fe50, 0x403000);
    const auto pushed = set_head(table, target, 0x19fef8);
    REQUIRE(pushed.popped.size() == 1);
    CHECK(pushed.popped[0].handler == GuestAddr{0x401000});
    REQUIRE(pushed.pushed.size() == 1);
    CHECK(pushed.pushed[0].handler == GuestAddr{0x403000});
    const auto popped = set_head(table, target, 0x19fe50);
    REQUIRE(popped.popped.size() == 1);
    CHECK(popped.popped[0].handler == GuestAddr{0x403000});
    CHECK(popped.pushed.empty());
    CHECK(table.find(GuestAddr{0x19ff70}) != nullptr);
  }

  TEST_CASE("a head written again with the same content changes nothing") {
    FakeTarget target;
    RecordTable table;
    target.put_record(0x19ff70, kEnd, 0x401000);
    set_head(table, target, 0x19ff70);
    const auto change = set_head(table, target, 0x19ff70);
    CHECK(change.pushed.empty());
    CHECK(change.popped.empty());
  }

  TEST_CASE(
      "a chain that runs in a circle or into unreadable memory is read to there and no further") {
    FakeTarget target;
    RecordTable table;
    target.put_record(0x19fe00, 0x19fd00, 0x401000);
    target.put_record(0x19fd00, 0x19fe00, 0x401000);
    CHECK(set_head(table, target, 0x19fe00).pushed.size() == 2);
    // fs:[0] is what it is: something that is no record, and leads nowhere.
    const auto nothing = set_head(table, target, 0x00000010);
    REQUIRE(nothing.pushed.size() == 1);
    CHECK(nothing.pushed[0].record == GuestAddr{0x10});
    CHECK_FALSE(nothing.pushed[0].readable);
    CHECK(nothing.popped.size() == 2);
    CHECK(set_head(table, target, kEnd).pushed.empty());
    CHECK(table.records().empty());
  }

  TEST_CASE("a chain that was left for another stack's is known again when it comes back") {
    FakeTarget target;
    RecordTable table;
    target.put_record(0x19ff70, kEnd, 0x401000);
    target.put_record(0x19fe00, 0x19ff70, 0x402000);
    target.put_record(0x2fff70, kEnd, 0x401000);
    target.now = 7;
    set_head(table, target, 0x19fe00);
    target.now = 8;
    CHECK_FALSE(set_head(table, target, 0x2fff70).came_back);
    target.now = 9;
    const auto back = set_head(table, target, 0x19fe00);
    CHECK(back.came_back);
    REQUIRE(back.pushed.size() == 2);
    CHECK(back.pushed[1].pushed_at == 7);
    // The same addresses with other words are another chain: a fiber's whose stack was freed.
    set_head(table, target, 0x2fff70);
    target.put_record(0x19fe00, 0x19ff70, 0x403000);
    target.now = 10;
    CHECK(set_head(table, target, 0x19fe00).pushed[1].pushed_at == 10);
  }

  TEST_CASE("a record that takes another's place with the same words is a copy of it") {
    FakeTarget target;
    RecordTable table;
    target.put_record(0x19ff70, kEnd, 0x401000);
    target.put_record(0x19fe00, 0x19ff70, 0x402000);
    set_head(table, target, 0x19fe00);
    target.put_record(0x19fd00, 0x19ff70, 0x402000);
    const auto copy = set_head(table, target, 0x19fd00);
    REQUIRE(copy.pushed.size() == 1);
    CHECK(copy.pushed[0].copy_of == GuestAddr{0x19fe00});
    // A function called again at another depth pushes after a pop.
    set_head(table, target, 0x19ff70);
    CHECK(set_head(table, target, 0x19fe00).pushed[0].copy_of == GuestAddr{});
  }

  TEST_CASE(
      "a record belongs to the function whose frame it lies in, not to the one that links it") {
    // mstart has a local record, and calls minit, which calls the function that links it: the
    // frames are minit's at 0x19fe20 and mstart's at 0x19ff80 (facts: go-windows-386.md 1.4).
    FakeTarget target;
    target.ebp_now = 0x19fe20;
    target.words[0x19fe20] = 0x19ff80;
    target.words[0x19fe24] = 0x00405123;  // a return address in mstart
    target.words[0x19ff80] = 0;
    target.words[0x19ff84] = 0;
    CHECK(frame_owner(target, GuestAddr{0x19ff70}, kBy) == GuestAddr{0x00405123});
    CHECK(frame_owner(target, GuestAddr{0x19fe00}, kBy) == kBy);
  }

  TEST_CASE("frames that do not ascend or leave the stack leave the linking instruction as owner") {
    FakeTarget target;
    target.ebp_now = 0x19fe20;
    target.words[0x19fe20] = 0x19fe00;  // descends
    target.words[0x19fe24] = 0x00405123;
    CHECK(frame_owner(target, GuestAddr{0x19ff70}, kBy) == kBy);
    target.ebp_now = 0x00000004;
    CHECK(frame_owner(target, GuestAddr{0x19ff70}, kBy) == kBy);
  }
}
