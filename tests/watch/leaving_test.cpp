// How frames are left. Encodings: Intel SDM vol. 2.
#include "host/watch/leaving.hpp"

#include <doctest/doctest.h>

#include "tests/watch/scene.hpp"

using namespace sehlab;
using namespace sehlab::watch;

namespace {

constexpr GuestAddr kCode{0x402020};

LeftBy left(std::uint32_t code, GuestAddr before = GuestAddr{0x19f000}) {
  FakeTarget target;
  target.words[kCode.value] = code;  // the first byte lowest
  return how_left(target, kCode, before);
}

}  // namespace

TEST_SUITE("watch") {
  TEST_CASE("instructions of a function's end leave it by a return") {
    CHECK(left(0x909090c3) == LeftBy::Return);  // ret
    CHECK(left(0x900008c2) == LeftBy::Return);  // ret 8
    CHECK(left(0x909090c9) == LeftBy::Return);  // leave
    CHECK(left(0x9090905d) == LeftBy::Return);  // pop ebp
    CHECK(left(0x9008c483) == LeftBy::Return);  // add esp, 8
    CHECK(left(0x9090e58b) == LeftBy::Return);  // mov esp, ebp
    CHECK(left(0x9090ec89) == LeftBy::Return);  // the other encoding
    CHECK(left(0x90f4658d) == LeftBy::Return);  // lea esp, [ebp-12]
    CHECK(left(0x00058f64) == LeftBy::Return);  // pop dword fs:[0]
  }

  TEST_CASE("an instruction that loads ESP from elsewhere is a jump") {
    CHECK(left(0x90042b8b) == LeftBy::Jump);  // mov ebp, …: not ESP's, but what raised it
    CHECK(left(0x9004608b) == LeftBy::Jump);  // mov esp, [eax+4]
    CHECK(left(0x9090c489) == LeftBy::Jump);  // mov esp, eax
    CHECK(left(0x9090905c) == LeftBy::Jump);  // pop esp
    CHECK(left(0x90909094) == LeftBy::Jump);  // xchg esp, eax
  }

  TEST_CASE("ESP that came from another stack is a stack switch") {
    CHECK(left(0x9004608b, GuestAddr{0x2fc00}) == LeftBy::StackSwitch);
    CHECK(left(0x909090c3, GuestAddr{0x2fc00}) == LeftBy::StackSwitch);
    CHECK(left(0x9004608b, GuestAddr{}) == LeftBy::Jump);  // where it was is not known
  }

  TEST_CASE("longjmp is known by its name, and code that cannot be read is neither") {
    FakeTarget target;
    target.words[kCode.value] = 0x9004608b;
    target.symbols[kCode.value] = "msvcrt!longjmp+0x30";
    CHECK(how_left(target, kCode, {}) == LeftBy::Longjmp);
    CHECK(how_left(target, GuestAddr{0x10}, {}) == LeftBy::Other);
  }

  TEST_CASE("the exposure and the defect tell how the frame was left, and by which instruction") {
    Scene scene;
    scene.target.words[kCode.value] = 0x909090c3;
    scene.expose(kCode, GuestAddr{0x19f000});
    scene.visit(kInner);
    const auto exposed = scene.sink.all<trace::RecordExposed>();
    REQUIRE(exposed.size() == 1);
    CHECK(exposed[0].left_by == "return");
    CHECK(exposed[0].exposed_by.address == kCode);
    const auto defect = scene.sink.all<trace::DefectFound>();
    REQUIRE(defect.size() == 1);
    CHECK(defect[0].left_by == "return");
    CHECK(defect[0].since_by.address == kCode);
  }

  TEST_CASE("a thread that a handler lets go on above the record left it by an exception") {
    Scene scene;
    trace::Event event;
    event.thread = 1;
    event.instruction = 100;
    event.payload = trace::DispatchContinued{};
    scene.watch.on_event(event);
    scene.expose();  // at 100
    CHECK(scene.sink.all<trace::RecordExposed>().at(0).left_by == "exception");
  }
}
