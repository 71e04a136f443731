// Records that are wrong whether or not their frame lives. Sources: what dispatch refuses (facts
// 3.2 E1, E2), what SEHOP refuses (3.2 D), and docs/architecture.md ("The chain watch") for when
// that is a defect.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/watch/scene.hpp"

using namespace sehlab;
using namespace sehlab::watch;

namespace {

using Names = std::vector<std::string>;

void push(Scene& scene, std::uint32_t record, std::uint32_t next, std::uint32_t handler) {
  scene.target.put_record(record, next, handler);
  scene.head(record);
}

trace::DefectFound only_defect(const Scene& scene) {
  const auto found = scene.sink.all<trace::DefectFound>();
  REQUIRE(found.size() == 1);
  return found[0];
}

}  // namespace

TEST_SUITE("watch") {
  TEST_CASE("a bad record is a defect when something relies on it, since it was linked") {
    struct Bad {
      const char* name;
      std::uint32_t record, next, handler;
    };
    for (const Bad& bad : {Bad{"off-stack", 0x500000, kInner, 0x401000},
                           Bad{"off-stack", 0x19fffc, kInner, 0x401000},  // its end is outside
                           Bad{"misaligned", 0x19fd02, kInner, 0x401000},
                           Bad{"handler-on-stack", 0x19fd00, kInner, 0x19fe00},
                           Bad{"handler-not-executable", 0x19fd00, kInner, 0x41414141},
                           Bad{"not-ascending", 0x19ffa0, kInner, 0x401000},
                           Bad{"cycle", 0x19fd00, 0x19fd00, 0x401000}}) {
      CAPTURE(bad.name);
      for (const bool by_push : {false, true}) {
        Scene scene;
        scene.target.now = 50;
        push(scene, bad.record, bad.next, bad.handler);
        CHECK(scene.defects().empty());
        scene.target.now = 60;
        by_push ? push(scene, 0x19fc00, bad.record, 0x401000) : scene.visit(bad.record);
        CHECK(scene.defects() ==
              Names{bad.name + std::string(by_push ? " by push" : " by dispatch")});
        CHECK(only_defect(scene).since == 50);
        CHECK(only_defect(scene).since_by.address == kBy);
      }
    }
  }

  TEST_CASE("a thread that ends with a bad head confirms it, unless another thread ends it") {
    Scene scene;
    push(scene, 0x500000, kInner, 0x401000);
    scene.watch.thread_ended(1, false);
    CHECK(scene.defects().empty());
    Scene own;
    push(own, 0x500000, kInner, 0x401000);
    own.watch.thread_ended(1);
    CHECK(own.defects() == Names{"off-stack by thread-end"});
  }

  TEST_CASE("in strict mode a bad record is reported when it is linked") {
    Scene scene(Mode::Strict);
    push(scene, 0x19fd02, kInner, 0x401000);
    CHECK(scene.defects() == Names{"misaligned by link"});
  }

  TEST_CASE("a state that is over before anything relies on it is no defect") {
    // A fiber switch sets fs:[0] and the limits one after the other (facts 3.10).
    Scene scene;
    push(scene, 0x2fff70, kEnd, 0x401000);
    scene.target.stack_now = {GuestAddr{0x2f0000}, GuestAddr{0x300000}};
    scene.watch.word_written(1, FakeTarget::kTeb + 4, 0x1a0000, 0x300000, kBy);
    push(scene, 0x2ffe00, 0x2fff70, 0x401000);
    scene.visit(0x2ffe00);
    scene.visit(0x2fff70);
    CHECK(scene.defects().empty());
  }

  TEST_CASE("limits that leave a record behind make it off-stack since then") {
    Scene scene;
    scene.target.stack_now = {GuestAddr{0x2f0000}, GuestAddr{0x300000}};
    scene.target.now = 77;
    scene.watch.word_written(1, FakeTarget::kTeb + 4, 0x1a0000, 0x300000, GuestAddr{0x403000});
    push(scene, 0x2fff00, kInner, 0x401000);
    CHECK(scene.defects() == Names{"off-stack by push"});
    CHECK(only_defect(scene).since == 77);
    CHECK(only_defect(scene).since_by.address == GuestAddr{0x403000});
  }

  TEST_CASE("a fs:[0] that never was a record is named by what is wrong with it") {
    Scene scene;
    scene.head(0x10);
    scene.visit(0x10);
    CHECK(scene.defects() == Names{"off-stack by dispatch"});
  }

  TEST_CASE("a link that leads off the stack is found where dispatch follows it") {
    Scene scene;
    scene.target.put_record(kInner, 0x500000, 0x401000);  // changed since it was linked
    scene.visit(kInner);
    scene.visit(0x500000);
    scene.visit(0x500000);
    CHECK(scene.defects() == Names{"off-stack by dispatch"});
  }

  TEST_CASE("a handler that another function wrote over is patched, and by whom is known") {
    Scene scene;
    CHECK(scene.watch.conditions(1).words.back() == GuestAddr{kInner + 4});
    scene.target.words[kInner + 4] = 0x409000;
    scene.target.now = 90;
    scene.watch.word_written(1, GuestAddr{kInner + 4}, 0x401000, 0x409000, GuestAddr{0x405008});
    CHECK(scene.defects().empty());
    scene.visit(kInner);
    CHECK(scene.defects() == Names{"patched by dispatch"});
    const auto defect = only_defect(scene);
    CHECK(defect.handler.address == GuestAddr{0x401000});
    CHECK(defect.handler_now.address == GuestAddr{0x409000});
    CHECK(defect.since == 90);
    CHECK(defect.since_by.address == GuestAddr{0x405008});
  }

  TEST_CASE("a handler that changed unseen is patched, some time after it was last seen intact") {
    Scene scene;
    scene.target.now = 80;
    scene.push(0x19fd00, kInner);  // kInner is seen here
    scene.target.words[kInner + 4] = 0x409000;
    scene.target.now = 90;
    scene.visit(kInner);
    CHECK(scene.defects() == Names{"patched by dispatch"});
    CHECK(only_defect(scene).since == 0);
    CHECK(only_defect(scene).intact_at == 80);
  }

  TEST_CASE("a function may change the handler of its own record") {
    Scene scene;
    scene.target.words[kInner + 4] = 0x409000;
    scene.watch.word_written(1, GuestAddr{kInner + 4}, 0x401000, 0x409000, GuestAddr{0x402800});
    scene.visit(kInner);
    CHECK(scene.defects().empty());
  }

  TEST_CASE("a record may be linked before its handler is filled in") {
    Scene scene;
    push(scene, 0x19fd00, kInner, 0);
    scene.push(0x19fc00, 0x19fd00);  // relied on too early: that is a defect
    CHECK(scene.defects() == Names{"handler-not-executable by push"});
    Scene filled;
    push(filled, 0x19fd00, kInner, 0);
    filled.target.words[0x19fd04] = 0x401000;
    filled.visit(0x19fd00);
    CHECK(filled.defects().empty());
  }

  TEST_CASE("a link to a dead record is that record's defect alone") {
    Scene scene;
    scene.expose();
    scene.push(0x19ff50, kInner);  // above the dead one: the chain descends
    CHECK(scene.defects() == Names{"dangling by push"});
    scene.visit(0x19ff50);
    CHECK(scene.defects() == Names{"dangling by push"});
  }

  TEST_CASE("an exposed record whose words changed unseen is overwritten") {
    Scene scene;
    scene.expose();
    scene.target.words[kInner] = 0x41414141;  // by the system, which lays an exception's frame
    scene.visit(kInner);
    CHECK(scene.defects() == Names{"overwritten by dispatch"});
  }

  TEST_CASE("what is restored is what was kept") {
    Scene scene;
    scene.expose();
    const ChainWatch::State kept = scene.watch.state();
    scene.visit(kInner);
    CHECK(scene.watch.defects() == 1);
    scene.watch.restore(kept);
    CHECK(scene.watch.defects() == 0);
    scene.visit(kInner);
    CHECK(scene.defects() == Names{"dangling by dispatch", "dangling by dispatch"});
  }
}
