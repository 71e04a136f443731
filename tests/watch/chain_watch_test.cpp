// When the watch speaks. Source of every rule: the definition of exposure, evidence and
// confirmation in docs/architecture.md ("The chain watch"); the Go story's addresses follow
// facts: go-windows-386.md 2.
#include "host/watch/chain_watch.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/watch/scene.hpp"

using namespace sehlab;
using namespace sehlab::watch;

TEST_SUITE("watch") {
  TEST_CASE("the machine is told to stop when ESP rises above the innermost linked record") {
    Scene scene;
    const Conditions conditions = scene.watch.conditions(1);
    CHECK(conditions.esp_above == GuestAddr{kInner});
    CHECK(conditions.esp_up_to == FakeTarget::kStack.end);
    REQUIRE(!conditions.words.empty());
    CHECK(conditions.words[0] == FakeTarget::kTeb);
  }

  TEST_CASE("a record below ESP on its stack is exposed, and that alone is no defect") {
    Scene scene;
    scene.expose();
    const auto exposed = scene.sink.all<trace::RecordExposed>();
    REQUIRE(exposed.size() == 1);
    CHECK(exposed[0].record == GuestAddr{kInner});
    CHECK(exposed[0].esp == GuestAddr{0x19ff40});
    CHECK(scene.defects().empty());
  }

  TEST_CASE("a record at ESP is still live") {
    Scene scene;
    scene.target.esp_now = GuestAddr{kInner};
    scene.watch.esp_rose(1, GuestAddr{0x402020}, {});
    CHECK(scene.sink.all<trace::RecordExposed>().empty());
  }

  TEST_CASE("an exposed record that is unlinked in time is silent and says how long it lasted") {
    Scene scene;
    scene.expose();
    scene.target.now = 161;
    scene.head(kOuter);
    const auto ended = scene.sink.all<trace::ExposureEnded>();
    REQUIRE(ended.size() == 1);
    CHECK(ended[0].lasted == 61);
    scene.visit(kOuter);
    scene.watch.thread_ended(1);
    CHECK(scene.defects().empty());
  }

  TEST_CASE("a record stays exposed when ESP descends past it again") {
    Scene scene;
    scene.expose();
    scene.target.esp_now = GuestAddr{0x19f000};
    scene.visit(kInner);
    CHECK(scene.defects() == std::vector<std::string>{"dangling by dispatch"});
  }

  TEST_CASE("dispatch that visits an exposed record confirms it once") {
    Scene scene;
    scene.expose();
    scene.visit(kInner);
    scene.visit(kInner);
    CHECK(scene.defects() == std::vector<std::string>{"dangling by dispatch"});
  }

  TEST_CASE("a changed word of an exposed record is evidence, and makes the defect overwritten") {
    Scene scene;
    scene.expose();
    scene.target.now = 120;
    scene.watch.word_written(1, GuestAddr{kInner + 4}, 0x401000, 0x41414141, GuestAddr{0x403007});
    CHECK(scene.defects().empty());
    REQUIRE(scene.sink.all<trace::ExposedRecordWritten>().size() == 1);
    scene.visit(kInner);
    CHECK(scene.defects() == std::vector<std::string>{"overwritten by dispatch"});
    const auto defect = scene.sink.all<trace::DefectFound>()[0];
    CHECK(defect.exposed_at == 100);
    CHECK(defect.written_at == 120);
    CHECK(defect.written_by.address == GuestAddr{0x403007});
  }

  TEST_CASE("a new record linked on top of an exposed one confirms it") {
    Scene scene;
    scene.expose();
    scene.push(0x19fd00, kInner);
    CHECK(scene.defects() == std::vector<std::string>{"dangling by push"});
  }

  TEST_CASE("a new record in an exposed one's very place, linked to itself, confirms it") {
    Scene scene;
    scene.expose();
    scene.push(kInner, kInner);
    CHECK(scene.defects() == std::vector<std::string>{"dangling by push"});
  }

  TEST_CASE("a thread that ends with an exposed head confirms it") {
    Scene scene;
    scene.expose();
    scene.watch.thread_ended(1);
    CHECK(scene.defects() == std::vector<std::string>{"dangling by thread-end"});
  }

  TEST_CASE("the dispatcher's own records may lie anywhere") {
    // On a goroutine's stack, where the dispatcher of a fault there has its frame (facts 3.10).
    Scene scene;
    scene.target.put_record(0x2fd00, kInner, FakeTarget::kProtector.value);
    scene.head(0x2fd00);
    CHECK(scene.sink.all<trace::RecordPushed>().empty());
    CHECK(scene.watch.conditions(1).esp_above == GuestAddr{kInner});
    scene.push(0x19fd00, 0x2fd00);
    scene.visit(0x2fd00);
    CHECK(scene.defects().empty());
  }

  TEST_CASE("a handler that jumps out of its dispatch leaves the dispatcher's record behind") {
    Scene scene;
    scene.target.put_record(0x19fd00, kInner, FakeTarget::kProtector.value);
    scene.head(0x19fd00);
    scene.target.now = 100;
    scene.target.esp_now = GuestAddr{0x19fe00};
    scene.watch.esp_rose(1, kBy, {});
    const auto exposed = scene.sink.all<trace::RecordExposed>();
    REQUIRE(exposed.size() == 1);
    CHECK(exposed[0].record == GuestAddr{0x19fd00});
    CHECK(exposed[0].left_by == "exception");
    scene.push(0x19fdf0, 0x19fd00);
    CHECK(scene.defects() == std::vector<std::string>{"dangling by push"});
  }

  TEST_CASE("in strict mode exposure itself is reported") {
    Scene scene(Mode::Strict);
    scene.expose();
    CHECK(scene.defects() == std::vector<std::string>{"dangling by exposure"});
  }

  TEST_CASE("the words of an exposed record are watched until it is unlinked") {
    Scene scene;
    scene.expose();
    const Conditions exposed = scene.watch.conditions(1);
    CHECK(exposed.words == std::vector<GuestAddr>{FakeTarget::kTeb, FakeTarget::kTeb + 4,
                                                  GuestAddr{kInner}, GuestAddr{kInner + 4}});
    CHECK(exposed.esp_above == GuestAddr{kOuter});
    scene.head(kOuter);
    // fs:[0], StackBase and the handler of the record that is the innermost now.
    CHECK(scene.watch.conditions(1).words ==
          std::vector<GuestAddr>{FakeTarget::kTeb, FakeTarget::kTeb + 4, GuestAddr{kOuter + 4}});
  }
}
