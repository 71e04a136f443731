// When the watch speaks. Source of every rule: the definition of exposure, evidence and
// confirmation in docs/architecture.md ("The chain watch"); the Go story's addresses follow
// facts: go-windows-386.md 2.
#include "host/watch/chain_watch.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/watch/fake_target.hpp"

using namespace sehlab;
using namespace sehlab::watch;

namespace {

constexpr std::uint32_t kEnd = 0xffffffff;
constexpr std::uint32_t kOuter = 0x19ff70, kInner = 0x19fe94;
constexpr GuestAddr kBy{0x402010};

struct Sink final : trace::Sink {
  std::vector<trace::Payload> seen;
  void emit(trace::Payload payload) override { seen.push_back(std::move(payload)); }
  template <typename T>
  std::vector<T> all() const {
    std::vector<T> found;
    for (const auto& payload : seen) {
      if (const T* one = std::get_if<T>(&payload)) found.push_back(*one);
    }
    return found;
  }
};

struct Scene {
  FakeTarget target;
  Sink sink;
  ChainWatch watch;

  explicit Scene(Mode mode = Mode::Report) : watch(mode, target, sink) {
    target.put_record(kOuter, kEnd, 0x401000);
    target.set_head(kOuter);
    watch.thread_started(1, FakeTarget::kTeb);
    push(kInner, kOuter);
    sink.seen.clear();
  }
  void push(std::uint32_t record, std::uint32_t next) {
    target.put_record(record, next, 0x401000);
    head(record);
  }
  void head(std::uint32_t record) {
    target.set_head(record);
    watch.word_written(1, FakeTarget::kTeb, 0, record, kBy);
  }
  void expose() {
    target.now = 100;
    target.esp_now = GuestAddr{0x19ff40};
    watch.esp_rose(1);
  }
  void visit(std::uint32_t record) {
    trace::Event event;
    event.thread = 1;
    trace::RecordVisited visited;
    visited.record = GuestAddr{record};
    event.payload = visited;
    watch.on_event(event);
  }
  std::vector<std::string> defects() const {
    std::vector<std::string> names;
    for (const auto& d : sink.all<trace::DefectFound>())
      names.push_back(d.defect + " by " + d.confirmed_by);
    return names;
  }
};

}  // namespace

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
    scene.watch.esp_rose(1);
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

  TEST_CASE("the dispatcher's own records are exempt") {
    Scene scene;
    scene.target.put_record(0x19fd00, kInner, FakeTarget::kProtector.value);
    scene.head(0x19fd00);
    scene.target.esp_now = GuestAddr{0x19fe00};
    scene.watch.esp_rose(1);
    CHECK(scene.sink.all<trace::RecordPushed>().empty());
    CHECK(scene.sink.all<trace::RecordExposed>().empty());
    CHECK(scene.watch.conditions(1).esp_above == GuestAddr{kInner});
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
    CHECK(exposed.words ==
          std::vector<GuestAddr>{FakeTarget::kTeb, GuestAddr{kInner}, GuestAddr{kInner + 4}});
    CHECK(exposed.esp_above == GuestAddr{kOuter});
    scene.head(kOuter);
    CHECK(scene.watch.conditions(1).words.size() == 1);
  }
}
