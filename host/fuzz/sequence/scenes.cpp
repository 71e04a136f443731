#include "host/fuzz/sequence/scenes.hpp"

#include <algorithm>

#include "host/fuzz/sequence/generate.hpp"

namespace sehlab::fuzz::sequence {

namespace {

constexpr int kAny = Scene::kAny;
constexpr auto kC = World::C;
constexpr auto kGo = World::Go;
constexpr Scene::Op kEnd{LAB_OP_END};
constexpr Scene::Op kFault{LAB_OP_FAULT, kAny};
constexpr Scene::Op kReuse{LAB_OP_REUSE};
constexpr Scene::Op kCallback{LAB_OP_CALLBACK};
constexpr Scene::Op kCgocall{LAB_OP_CGOCALL};
constexpr Scene::Op kGocall{LAB_OP_GOCALL};
constexpr Scene::Op kPanic{LAB_OP_PANIC, kAny};
constexpr Scene::Op kGoFault{LAB_OP_FAULT, LAB_FAULT_READ};  // of others, most end the process
constexpr Scene::Op kSetjmp{LAB_OP_SETJMP};
constexpr Scene::Op kThread{LAB_OP_THREAD};
constexpr Scene::Op kGoroutine{LAB_OP_GO};
constexpr Scene::Op kLock{LAB_OP_LOCK};
constexpr Scene::Op kUnlock{LAB_OP_UNLOCK};
constexpr Scene::Op kRecover{LAB_OP_DEFER, LAB_DEFER_RECOVER};
constexpr Scene::Op record(int handle, int operand = 0, int unwind = 0) {
  return {LAB_OP_RECORD, handle, operand, unwind};
}
constexpr Scene::Op cxx_try(int caught, int steps = 0) {
  return {LAB_OP_CXX_TRY, caught, 0, steps};
}
constexpr Scene::Op add_vectored(int policy) {
  return {LAB_OP_ADD_VECTORED, policy, kAny};
}
constexpr Scene::Op except(int filter, int steps = 0) {
  return {LAB_OP_TRY_EXCEPT, filter, 0, steps};
}

// An END stands for a frame that is still there: what unwinds, jumps or recovers has left its own.
constexpr std::array kScenes{
    // ---- C: exceptions ----
    Scene{"fault in a record", kC, {record(kAny, kAny, kAny), kFault, kEnd}},
    Scene{"raise in a __try", kC, {except(kAny, kAny), {LAB_OP_RAISE, kAny, kAny}, kEnd}},
    Scene{"throw past an object",
          kC,
          {cxx_try(LAB_CATCH_INT, kAny), {LAB_OP_CXX_OBJECT, kAny}, {LAB_OP_THROW, kAny}}},
    Scene{"an object's destructor throws and catches while it is unwound",
          kC,
          {cxx_try(LAB_CATCH_INT, 1),
           {LAB_OP_CXX_OBJECT, LAB_BLOCK_STEPS},
           {LAB_OP_THROW, kAny},
           cxx_try(LAB_CATCH_ALL),
           {LAB_OP_THROW, kAny},
           kEnd,
           kEnd}},
    Scene{
        "nested: a handler faults, and is asked again",
        kC,
        {record(kAny), record(LAB_HANDLE_STEPS_CONTINUE), kFault, kFault, kEnd, kEnd, kEnd, kEnd}},
    Scene{"nested: a filter faults under its own __try",
          kC,
          {except(LAB_FILTER_EXECUTE), except(LAB_FILTER_STEPS_EXECUTE), kFault,
           except(LAB_FILTER_EXECUTE), kFault, kEnd, kEnd}},
    Scene{"a vectored handler faults",
          kC,
          {add_vectored(LAB_VECTORED_STEPS), record(LAB_HANDLE_CONTINUE), kFault, kFault, kEnd,
           kEnd, kEnd}},
    Scene{"continued by a vectored handler",
          kC,
          {add_vectored(LAB_VECTORED_CONTINUE),
           {LAB_OP_ADD_CONTINUE, 0, kAny},
           kFault,
           {LAB_OP_REMOVE_VECTORED, kAny},
           {LAB_OP_REMOVE_CONTINUE, kAny}}},
    Scene{"an answer that does not exist, under a __try",
          kC,
          {except(LAB_FILTER_EXECUTE, kAny), record(LAB_HANDLE_JUNK, kAny), kFault}},
    // ---- C: unwinding ----
    Scene{"unwind to an outer record",
          kC,
          {record(LAB_HANDLE_SEARCH), record(kAny, kAny, kAny), record(LAB_HANDLE_UNWIND_TO, kAny),
           kFault, kEnd}},
    Scene{"collided: an unwinding handler unwinds further out",
          kC,
          {record(LAB_HANDLE_UNWIND),
           record(LAB_HANDLE_UNWIND),
           record(LAB_HANDLE_SEARCH, 0, LAB_UNWIND_STEPS),
           kFault,
           {LAB_OP_UNWIND, kAny},
           kEnd}},
    Scene{"a __finally block of an unwind unwinds",
          kC,
          {except(LAB_FILTER_EXECUTE),
           except(LAB_FILTER_EXECUTE),
           {LAB_OP_TRY_FINALLY, LAB_BLOCK_STEPS},
           kFault,
           {LAB_OP_RAISE, kAny},
           kEnd}},
    Scene{"longjmp out of a handler",
          kC,
          {kSetjmp, record(LAB_HANDLE_STEPS_CONTINUE, 0, kAny), kFault, {LAB_OP_LONGJMP, kAny}}},
    Scene{"longjmp past a __finally",
          kC,
          {kSetjmp, {LAB_OP_TRY_FINALLY, kAny}, {LAB_OP_LONGJMP, kAny}}},
    Scene{"fault after the stack is reused",
          kC,
          {record(LAB_HANDLE_CONTINUE), record(LAB_HANDLE_UNWIND, 0, kAny), kFault, kReuse, kFault,
           kEnd}},
    Scene{"a thread of its own", kC, {kThread, record(kAny, kAny, kAny), kFault, kEnd, kEnd}},
    // ---- from C into Go ----
    Scene{"callback that recovers",
          kC,
          {kCallback, kRecover, kPanic, kReuse, record(LAB_HANDLE_CONTINUE), kFault, kEnd}},
    Scene{"C handles its own fault inside a callback",
          kC,
          {record(kAny, kAny, kAny), kCallback, kCgocall, record(LAB_HANDLE_CONTINUE), kFault, kEnd,
           kEnd, kEnd, kEnd}},
    // ---- Go ----
    Scene{"recovered fault", kGo, {kGocall, kRecover, kGoFault}},
    Scene{"panic through a callback: Go issue 7470",
          kGo,
          {kGocall, kRecover, kCgocall, kCallback, kPanic, kReuse, kGocall, kRecover, kGoFault}},
    Scene{"panic through two callbacks",
          kGo,
          {kGocall, kRecover, kCgocall, kCallback, kCgocall, kCallback, kPanic}},
    Scene{"panic through records of C",
          kGo,
          {kGocall, kRecover, kCgocall, record(kAny, kAny, kAny), kCallback, kPanic}},
    Scene{"a deferred function panics anew",
          kGo,
          {kGocall, kRecover, {LAB_OP_DEFER, LAB_DEFER_PANIC}, kPanic}},
    Scene{"a deferred function calls C, which faults",
          kGo,
          {kGocall,
           {LAB_OP_DEFER, LAB_DEFER_STEPS_RECOVER},
           kPanic,
           kCgocall,
           record(LAB_HANDLE_CONTINUE),
           kFault,
           kEnd,
           kEnd,
           kEnd}},
    Scene{"a handler of C calls back into Go, which panics",
          kGo,
          {kGocall, kRecover, kCgocall, record(LAB_HANDLE_STEPS_CONTINUE), kFault, kCallback,
           kPanic}},
    Scene{"an __except block is reached inside a callback",
          kGo,
          {kCgocall, kCallback, kCgocall, except(LAB_FILTER_EXECUTE), kFault, kEnd, kEnd, kEnd}},
    Scene{"locked to its thread",
          kGo,
          {kLock, kGocall, kRecover, kCgocall, kCallback, kPanic, kUnlock, kGocall, kRecover,
           kGoFault}},
    Scene{"a goroutine of its own",
          kGo,
          {kGoroutine, kGocall, kRecover, kCgocall, kCallback, kPanic, kEnd}},
};

/// A program of C alone has no Go.
bool calls_go(const Scene& scene) {
  return std::ranges::any_of(scene.ops,
                             [](const Scene::Op& op) { return op.op == LAB_OP_CALLBACK; });
}

}  // namespace

std::span<const Scene> scenes() {
  return kScenes;
}

std::size_t play(const Scene& scene, Dice& dice, std::span<RawOp, kMostSceneOps> into) {
  std::size_t count = 0;
  for (const Scene::Op& op : scene.ops) {
    if (op.op == LAB_OP_NOP) break;
    RawOp& raw = into[count++];
    raw = draw_operands(dice, *op_rule(op.op));
    const std::array wanted{op.a, op.b, op.c};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (wanted[i] != kAny) raw.operands[i] = static_cast<std::uint8_t>(wanted[i]);
    }
  }
  return count;
}

std::size_t draw_scene(Dice& dice, const Outline::Spot& spot,
                       std::span<RawOp, kMostSceneOps> into) {
  const auto fits = [&](const Scene& scene) {
    return scene.world == spot.world && (spot.program == World::Go || !calls_go(scene));
  };
  const auto many = static_cast<std::size_t>(std::ranges::count_if(kScenes, fits));
  std::size_t rest = dice.below(many);
  for (const Scene& scene : kScenes) {
    if (fits(scene) && rest-- == 0) return play(scene, dice, into);
  }
  return 0;
}

}  // namespace sehlab::fuzz::sequence
