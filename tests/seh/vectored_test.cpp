// Vectored handlers: facts 3.2 A and B, and 4 (who calls continue handlers).
#include "host/seh/vectored.hpp"

#include <doctest/doctest.h>

#include <string>

#include "host/win32/exception_flags.hpp"
#include "host/win32/status.hpp"
#include "thread_rig.hpp"

namespace sehlab::seh {
namespace {

using namespace testing;

constexpr GuestAddr kFirst = kProgram + 0x100, kSecond = kProgram + 0x200,
                    kFrameHandler = kProgram + 0x300, kBack = kProgram + 0x900;
constexpr std::uint32_t kExecution = 0xffffffff, kSearch = 0;  // EXCEPTION_CONTINUE_*
constexpr std::uint32_t kExceptionList = 0, kContinueList = 1;

/// A rig whose handlers write down that they were called: a letter each.
class VectoredRig : public ThreadRig {
 public:
  explicit VectoredRig(std::string_view profile = "windows-10-native") : ThreadRig(profile) {}

  /// Adds a handler in an entry of its own and returns the handle.
  GuestAddr add(std::uint32_t list, bool first, GuestAddr handler_at) {
    const GuestAddr entry = next_;
    next_ = next_ + sizeof(VectoredEntry);
    return insert(list, entry, first, handler_at);
  }
  GuestAddr insert(std::uint32_t list, GuestAddr entry, bool first, GuestAddr handler_at) {
    return GuestAddr{ask(kInsertVectored, {list, entry.value, first ? 1U : 0U, handler_at.value})};
  }
  bool remove(std::uint32_t list, GuestAddr entry) {
    return ask(kRemoveVectored, {list, entry.value}) == 1;
  }
  /// A stdcall handler of one argument; `also` runs in it.
  void vectored(GuestAddr at, char letter, std::uint32_t answer, const Code& also = {}) {
    code(at, [=, this](ThreadRig& in) {
      calls += letter;
      if (also) also(in);
      in.ret(answer, 4);
    });
  }
  void frame(char letter, std::uint32_t disposition) {
    handler(kFrameHandler, [=, this](ThreadRig&) {
      calls += letter;
      return disposition;
    });
    link(kEsp + 0x100, kFrameHandler);
  }
  RunEnd access_violation() { return fault(win32::STATUS_ACCESS_VIOLATION, {0, 0}); }

  std::string calls;

 private:
  /// The gate's answer; the thread is as it was.
  std::uint32_t ask(GuestAddr gate, const std::vector<std::uint32_t>& arguments) {
    const emu::GeneralRegisters before = general();
    REQUIRE(arrived(call(gate, arguments, kBack)) == kBack);
    const std::uint32_t answer = general().eax;
    CHECK(general().esp == before.esp);  // stdcall
    set_general(before);
    return answer;
  }
  GuestAddr next_ = kVectoredRoom;
};

/// The EXCEPTION_POINTERS that a vectored handler is given.
win32::ExceptionPointers pointers(ThreadRig& in) {
  return in.memory.get<win32::ExceptionPointers>(GuestAddr{in.argument(0)});
}

}  // namespace

TEST_CASE(
    "vectored handlers come before all frames, the one added first among the last ones first") {
  VectoredRig rig;
  rig.vectored(kFirst, 'a', kSearch);
  rig.vectored(kSecond, 'b', kSearch);
  rig.frame('f', win32::ExceptionContinueExecution);
  rig.add(kExceptionList, false, kFirst);
  rig.add(kExceptionList, false, kSecond);
  const emu::GeneralRegisters before = rig.general();
  CHECK(arrived(rig.access_violation()) == kFaultingCode);
  CHECK(rig.calls == "abf");
  CHECK(rig.general() == before);
}

TEST_CASE("First inserts at the head of the list, whatever the others asked for") {
  VectoredRig rig;
  rig.vectored(kFirst, 'a', kSearch);
  rig.vectored(kSecond, 'b', kSearch);
  rig.frame('f', win32::ExceptionContinueExecution);
  rig.add(kExceptionList, true, kFirst);
  rig.add(kExceptionList, true, kSecond);
  arrived(rig.access_violation());
  CHECK(rig.calls == "baf");
}

TEST_CASE(
    "-1 goes on at once: no later handler and no frame is asked, the chain is not looked at") {
  VectoredRig rig;
  rig.vectored(kFirst, 'a', kExecution, [](ThreadRig& in) {
    const GuestAddr context{pointers(in).ContextRecord};
    auto value = in.memory.get<win32::Context>(context);
    value.Eip += 2;
    in.memory.put(context, value);
  });
  rig.vectored(kSecond, 'b', kSearch);
  rig.frame('f', win32::ExceptionContinueExecution);
  rig.set_head(kHeapStack);  // no record can be there
  rig.add(kExceptionList, false, kFirst);
  rig.add(kExceptionList, false, kSecond);
  CHECK(arrived(rig.access_violation()) == kFaultingCode + 2);
  CHECK(rig.calls == "a");
}

TEST_CASE("any other answer goes on with the search") {
  for (const std::uint32_t answer : {0U, 1U, 2U, 0xfffffffeU}) {
    VectoredRig rig;
    rig.vectored(kFirst, 'a', answer);
    rig.frame('f', win32::ExceptionContinueExecution);
    rig.add(kExceptionList, false, kFirst);
    arrived(rig.access_violation());
    CHECK(rig.calls == "af");
  }
}

TEST_CASE("record and context are the live ones: what a vectored handler changes, a frame sees") {
  VectoredRig rig;
  rig.vectored(kFirst, 'a', kSearch, [](ThreadRig& in) {
    const GuestAddr context{pointers(in).ContextRecord};
    auto value = in.memory.get<win32::Context>(context);
    value.Eax = 0x1234;
    in.memory.put(context, value);
  });
  rig.link(kEsp + 0x100, kFrameHandler);
  rig.handler(kFrameHandler, [&](ThreadRig& in) {
    CHECK(in.context().Eax == 0x1234);
    return 0U;
  });
  rig.add(kExceptionList, false, kFirst);
  arrived(rig.access_violation());
  CHECK(rig.general().eax == 0x1234);
}

TEST_CASE("continue handlers are told when a vectored handler or a frame has said to go on") {
  for (const bool by_frame : {false, true}) {
    VectoredRig rig;
    rig.vectored(kFirst, 'a', by_frame ? kSearch : kExecution);
    rig.frame('f', win32::ExceptionContinueExecution);
    rig.vectored(kSecond, 'c', kSearch);
    rig.add(kExceptionList, false, kFirst);
    rig.add(kContinueList, false, kSecond);
    CHECK(arrived(rig.access_violation()) == kFaultingCode);
    CHECK(rig.calls == (by_frame ? "afc" : "ac"));
  }
}

TEST_CASE("-1 of a continue handler ends their list, and nothing else") {
  VectoredRig rig;
  rig.vectored(kFirst, 'c', kExecution);
  rig.vectored(kSecond, 'd', kSearch);
  rig.frame('f', win32::ExceptionContinueExecution);
  rig.add(kContinueList, false, kFirst);
  rig.add(kContinueList, false, kSecond);
  CHECK(arrived(rig.access_violation()) == kFaultingCode);
  CHECK(rig.calls == "fc");
}

TEST_CASE("nobody is told to go on from what nobody took") {
  VectoredRig rig;
  rig.vectored(kFirst, 'c', kSearch);
  rig.frame('f', win32::ExceptionContinueSearch);
  rig.add(kContinueList, false, kFirst);
  died(rig.access_violation());
  CHECK(rig.calls == "f");
}

TEST_CASE("Wine and Windows XP call no continue handlers") {
  for (const char* profile : {"wine", "windows-xp"}) {
    VectoredRig rig(profile);
    rig.vectored(kFirst, 'c', kSearch);
    rig.frame('f', win32::ExceptionContinueExecution);
    rig.add(kContinueList, false, kFirst);
    arrived(rig.access_violation());
    CHECK(rig.calls == "f");
  }
}

TEST_CASE(
    "a removed handler is not called, and a handle is good for one removal from its own list") {
  VectoredRig rig;
  rig.vectored(kFirst, 'a', kSearch);
  rig.vectored(kSecond, 'b', kSearch);
  rig.frame('f', win32::ExceptionContinueExecution);
  const GuestAddr first = rig.add(kExceptionList, false, kFirst);
  rig.add(kExceptionList, false, kSecond);
  CHECK_FALSE(rig.remove(kContinueList, first));
  CHECK_FALSE(rig.remove(kExceptionList, kHeapStack));
  CHECK(rig.remove(kExceptionList, first));
  CHECK_FALSE(rig.remove(kExceptionList, first));
  arrived(rig.access_violation());
  CHECK(rig.calls == "bf");
}

TEST_CASE(
    "a handler that removes itself is off when it has returned, and the walk finds the next") {
  VectoredRig rig;
  GuestAddr own;
  // The handler calls the gate and returns from what comes after it.
  rig.code(kFirst, [&](ThreadRig& in) {
    rig.calls += 'a';
    in.enter_call(kRemoveVectored, {kExceptionList, own.value}, kFirst + 8);
  });
  rig.code(kFirst + 8, [](ThreadRig& in) {
    CHECK(in.general().eax == 1);
    in.ret(kSearch, 4);
  });
  rig.vectored(kSecond, 'b', kSearch);
  rig.frame('f', win32::ExceptionContinueExecution);
  own = rig.add(kExceptionList, false, kFirst);
  rig.add(kExceptionList, false, kSecond);
  arrived(rig.access_violation());
  CHECK(rig.calls == "abf");
  CHECK_FALSE(rig.remove(kExceptionList, own));
  arrived(rig.access_violation());
  CHECK(rig.calls == "abfbf");
  // Its entry can be used again.
  CHECK(rig.insert(kExceptionList, {}, true, kFirst) == own);
  CHECK(rig.insert(kExceptionList, {}, true, kFirst) == GuestAddr{});
}

TEST_CASE("a handler appended while the list is walked is reached by the same walk") {
  VectoredRig rig;
  rig.code(kFirst, [&](ThreadRig& in) {
    rig.calls += 'a';
    in.enter_call(kInsertVectored, {kExceptionList, (kVectoredRoom + 0x80).value, 0, kSecond.value},
                  kFirst + 8);
  });
  rig.code(kFirst + 8, [](ThreadRig& in) { in.ret(kSearch, 4); });
  rig.vectored(kSecond, 'b', kSearch);
  rig.frame('f', win32::ExceptionContinueExecution);
  rig.add(kExceptionList, false, kFirst);
  arrived(rig.access_violation());
  CHECK(rig.calls == "abf");
}

TEST_CASE("a fault in a vectored handler asks the vectored handlers again") {
  VectoredRig rig;
  int depth = 0;
  rig.code(kFirst, [&](ThreadRig& in) {
    rig.calls += 'a';
    if (++depth == 1) {
      in.memory.put(GuestAddr{in.general().esp} - 0x40, 0U);
      in.enter_call(kRtlRaiseStatus, {0xc0000123}, kFirst + 8);
      return;
    }
    in.ret(kExecution, 4);
  });
  rig.code(kFirst + 8, [](ThreadRig& in) { in.ret(kExecution, 4); });
  rig.add(kExceptionList, false, kFirst);
  CHECK(arrived(rig.access_violation()) == kFaultingCode);
  CHECK(rig.calls == "aa");
}

TEST_CASE("a vectored handler that leaves its argument on the stack ends the run by name") {
  VectoredRig rig;
  rig.code(kFirst, [](ThreadRig& in) { in.ret(kSearch); });  // cdecl
  rig.add(kExceptionList, false, kFirst);
  CHECK(refused_by_lab(rig.access_violation()).find("a vectored handler returned with esp") == 0);
}

TEST_CASE("each call and each answer is told") {
  VectoredRig rig;
  rig.vectored(kFirst, 'a', kSearch);
  rig.frame('f', win32::ExceptionContinueExecution);
  rig.vectored(kSecond, 'c', 5);
  rig.add(kExceptionList, false, kFirst);
  rig.add(kContinueList, false, kSecond);
  arrived(rig.access_violation());
  const trace::Place first{kFirst, {}}, second{kSecond, {}};
  CHECK(rig.sink.all<trace::VectoredEntered>() ==
        std::vector<trace::VectoredEntered>{{first, false, win32::STATUS_ACCESS_VIOLATION, 0},
                                            {second, true, win32::STATUS_ACCESS_VIOLATION, 0}});
  CHECK(rig.sink.all<trace::VectoredReturned>() ==
        std::vector<trace::VectoredReturned>{{first, false, kSearch}, {second, true, 5}});
}

TEST_CASE("a list that the program has made endless ends the removal by name") {
  VectoredRig rig;
  const GuestAddr entry = rig.add(kExceptionList, false, kFirst);
  rig.memory.put(entry, entry.value);  // Flink: itself
  const emu::GeneralRegisters before = rig.general();
  const RunEnd end = rig.call(kRemoveVectored, {kExceptionList, 0x1234}, kBack);
  CHECK(refused_by_lab(end).find("has no end") != std::string::npos);
  rig.set_general(before);
}

}  // namespace sehlab::seh
