#include "host/fuzz/sequence/scenes.hpp"

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
constexpr Scene::Op kRecover{LAB_OP_DEFER, LAB_DEFER_RECOVER};
constexpr Scene::Op record(int handle, int operand = 0, int unwind = 0) {
  return {LAB_OP_RECORD, handle, operand, unwind};
}
constexpr Scene::Op except(int filter, int steps = 0) {
  return {LAB_OP_TRY_EXCEPT, filter, 0, steps};
}

constexpr std::array kScenes{
    // ---- C: exceptions ----
    Scene{"fault in a record", kC, {record(kAny, kAny, kAny), kFault, kEnd}},
    Scene{"raise in a __try", kC, {except(kAny, kAny), {LAB_OP_RAISE, kAny, kAny}, kEnd}},
    Scene{"throw past an object",
          kC,
          {Scene::Op{LAB_OP_CXX_TRY, kAny, 0, kAny},
           {LAB_OP_CXX_OBJECT, kAny},
           {LAB_OP_THROW, kAny},
           kEnd,
           kEnd}},
    Scene{"throw out of a destructor of an unwind",
          kC,
          {Scene::Op{LAB_OP_CXX_TRY, LAB_CATCH_INT, 0, 1},
           {LAB_OP_CXX_OBJECT, LAB_BLOCK_STEPS},
           {LAB_OP_THROW, kAny},
           {LAB_OP_CXX_TRY, LAB_CATCH_ALL},
           {LAB_OP_THROW, kAny},
           kEnd,
           kEnd,
           kEnd}},
    Scene{"nested: a handler faults",
          kC,
          {record(kAny), record(LAB_HANDLE_STEPS_CONTINUE), kFault, kFault, kEnd, kEnd, kEnd}},
    Scene{"nested: a filter faults under its own __try",
          kC,
          {except(LAB_FILTER_EXECUTE), except(LAB_FILTER_STEPS_EXECUTE), kFault,
           except(LAB_FILTER_EXECUTE), kFault, kEnd, kEnd, kEnd, kEnd}},
    Scene{"vectored handler that faults",
          kC,
          {Scene::Op{LAB_OP_ADD_VECTORED, LAB_VECTORED_STEPS, kAny}, record(LAB_HANDLE_CONTINUE),
           kFault, kFault, kEnd, kEnd}},
    Scene{"continued by a vectored handler",
          kC,
          {Scene::Op{LAB_OP_ADD_VECTORED, LAB_VECTORED_CONTINUE, kAny},
           {LAB_OP_ADD_CONTINUE, 0, kAny},
           kFault,
           {LAB_OP_REMOVE_VECTORED, kAny},
           {LAB_OP_REMOVE_CONTINUE, kAny}}},
    // ---- C: unwinding ----
    Scene{"unwind to an outer record",
          kC,
          {record(LAB_HANDLE_SEARCH), record(kAny, kAny, kAny), record(LAB_HANDLE_UNWIND_TO, kAny),
           kFault, kEnd, kEnd, kEnd}},
    Scene{"collided: an unwinding handler unwinds further out",
          kC,
          {record(LAB_HANDLE_UNWIND),
           record(LAB_HANDLE_UNWIND),
           record(LAB_HANDLE_SEARCH, 0, LAB_UNWIND_STEPS),
           kFault,
           {LAB_OP_UNWIND, kAny},
           kEnd,
           kEnd,
           kEnd}},
    Scene{"a __finally block of an unwind unwinds",
          kC,
          {except(LAB_FILTER_EXECUTE),
           except(LAB_FILTER_EXECUTE),
           {LAB_OP_TRY_FINALLY, LAB_BLOCK_STEPS},
           kFault,
           {LAB_OP_RAISE, kAny},
           kEnd,
           kEnd,
           kEnd}},
    Scene{"longjmp out of a handler",
          kC,
          {Scene::Op{LAB_OP_SETJMP},
           record(LAB_HANDLE_STEPS_CONTINUE, 0, kAny),
           kFault,
           {LAB_OP_LONGJMP, kAny},
           kEnd,
           kEnd}},
    Scene{
        "longjmp past a __finally",
        kC,
        {Scene::Op{LAB_OP_SETJMP}, {LAB_OP_TRY_FINALLY, kAny}, {LAB_OP_LONGJMP, kAny}, kEnd, kEnd}},
    Scene{"fault after the stack is reused",
          kC,
          {record(LAB_HANDLE_CONTINUE), record(LAB_HANDLE_UNWIND, 0, kAny), kFault, kReuse, kFault,
           kEnd}},
    Scene{"a thread of its own",
          kC,
          {Scene::Op{LAB_OP_THREAD}, record(kAny, kAny, kAny), kFault, kEnd, kEnd}},
    // ---- from C into Go ----
    Scene{"callback that recovers", kC, {kCallback, kRecover, kPanic, kEnd, kReuse, kFault}},
    Scene{"callback under a record",
          kC,
          {record(kAny, kAny, kAny), kCallback, kCgocall, kFault, kEnd, kEnd, kEnd}},
    // ---- Go ----
    Scene{"recovered fault", kGo, {kGocall, kRecover, kFault, kEnd}},
    Scene{"panic through a callback: Go issue 7470",
          kGo,
          {kGocall, kRecover, kCgocall, kCallback, kPanic, kEnd, kEnd, kEnd, kReuse, kGocall,
           kRecover, kFault, kEnd}},
    Scene{"panic through two callbacks",
          kGo,
          {kGocall, kRecover, kCgocall, kCallback, kCgocall, kCallback, kPanic, kEnd, kEnd, kEnd,
           kEnd, kEnd}},
    Scene{"panic through records of C",
          kGo,
          {kGocall, kRecover, kCgocall, record(kAny, kAny, kAny), kCallback, kPanic, kEnd, kEnd,
           kEnd, kEnd}},
    Scene{"a deferred function panics anew",
          kGo,
          {kGocall, kRecover, {LAB_OP_DEFER, LAB_DEFER_PANIC}, kPanic, kEnd}},
    Scene{"a deferred function calls C, which faults",
          kGo,
          {kGocall,
           {LAB_OP_DEFER, LAB_DEFER_STEPS_RECOVER},
           kPanic,
           kCgocall,
           record(kAny),
           kFault,
           kEnd,
           kEnd,
           kEnd}},
    Scene{"a handler of C calls back into Go, which panics",
          kGo,
          {kGocall, kRecover, kCgocall, record(LAB_HANDLE_STEPS_CONTINUE), kFault, kCallback,
           kPanic, kEnd, kEnd, kEnd, kEnd, kEnd}},
    Scene{"a C frame faults and is unwound around a callback",
          kGo,
          {kCgocall, except(LAB_FILTER_EXECUTE), kCallback, kCgocall, kFault, kEnd, kEnd, kEnd,
           kEnd}},
    Scene{"locked to its thread",
          kGo,
          {Scene::Op{LAB_OP_LOCK},
           kGocall,
           kRecover,
           kCgocall,
           kCallback,
           kPanic,
           kEnd,
           kEnd,
           kEnd,
           {LAB_OP_UNLOCK},
           kFault}},
    Scene{"a goroutine of its own",
          kGo,
          {Scene::Op{LAB_OP_GO}, kRecover, kCgocall, kCallback, kPanic, kEnd, kEnd, kEnd}},
};

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

std::size_t draw_scene(Dice& dice, World world, std::span<RawOp, kMostSceneOps> into) {
  std::size_t many = 0;
  for (const Scene& scene : kScenes) many += scene.world == world ? 1 : 0;
  std::size_t rest = dice.below(many);
  for (const Scene& scene : kScenes) {
    if (scene.world == world && rest-- == 0) return play(scene, dice, into);
  }
  return 0;
}

}  // namespace sehlab::fuzz::sequence
