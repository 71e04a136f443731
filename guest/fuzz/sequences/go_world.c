/* The operations of Go's world, and the two ways between the worlds. */
#include "fuzz/sequences/go_world.h"

uint32_t call_kept(void* function); /* kept.S */

static uintptr callback_entry; /* what C calls */

static GOFUNC(callback) {
  run_go_frame(false);
}

static GOFUNC(goroutine) {
  Hchan* done = (Hchan*)GOARG(0);
  run_go_frame(false);
  chansend(done, 0);
}

/* C calls Go: the operation of C's world. */
void open_callback(uint32_t id) {
  if (standing.base_moved) return;
  OPEN_FRAME;
  /* The callback begins with FLDCW on a thread that is not Go's, and a pending exception comes
   * then. */
  if (x87_faulted) __asm__ volatile("fninit");
  if (call_kept((void*)callback_entry)) say(LAB_LOG_REGISTERS, id, 0, 0);
  CLOSE_FRAME(id);
}

static void c_frame(void* unused) {
  (void)unused;
  run_c_frame(false);
}

static NOINLINE void open_cgocall(uint32_t id) {
  OPEN_FRAME;
  standing.records = 0;
  standing.jumps = 0;
  cgocall(c_frame, nil);
  CLOSE_FRAME(id);
}

static NOINLINE void open_gocall(uint32_t id) {
  OPEN_FRAME;
  if (call_kept(run_go_frame)) say(LAB_LOG_REGISTERS, id, 0, 0);
  CLOSE_FRAME(id);
}

static NOINLINE void open_go(uint32_t id) {
  static FuncVal function = {goroutine};
  Hchan* done;
  OPEN_FRAME;
  standing.records = 0;
  standing.jumps = 0;
  done = makechan(0);
  newproc(4, &function, done);
  chanrecv(done, nil);
  CLOSE_FRAME(id);
}

static void reuse_on_g0(void* unused) {
  (void)unused;
  reuse_stack();
}

static NORETURN void panic_with(uint32_t value) {
  Eface e = {"int", value};
  panic(e);
}

/* What recover() gave, as the log has it. */
static uint32_t value_of(Eface e) {
  const char* text = (const char*)e.data;
  if (e.type == nil) return 0;
  if (e.type[0] == 'i') return 0x80 | (e.data & 0x7f);
  switch (text[0]) {
    case 'c':
      return LAB_VALUE_NIL_CALL;
    case 'f':
      return LAB_VALUE_FLOAT;
  }
  if (text[2] == 'v') return LAB_VALUE_MEMORY;
  return text[8] == 'd' ? LAB_VALUE_DIVIDE : LAB_VALUE_OVERFLOW;
}

static NOINLINE Eface recover_for(void) {
  return recover();
}

static void run_go_inside(void) {
  const Standing kept = standing;
  if (kept.depth >= LAB_SEQ_MOST_LEVELS) return;
  standing.depth = kept.depth + 1;
  run_go_frame(false);
  standing = kept;
}

static GOFUNC(deferred) {
  const uint32_t id = GOARG(0);
  const uint32_t policy = OP(id)[1] % LAB_DEFERS;
  say(LAB_LOG_DEFERRED, id, 0, 0);
  if (policy == LAB_DEFER_STEPS || policy == LAB_DEFER_STEPS_RECOVER) run_go_inside();
  switch (policy) {
    case LAB_DEFER_RECOVER:
    case LAB_DEFER_STEPS_RECOVER:
    case LAB_DEFER_RECOVER_PANIC:
      say(LAB_LOG_RECOVERED, id, value_of(recover()), 0);
      break;
    case LAB_DEFER_HELPED:
      say(LAB_LOG_RECOVERED, id, value_of(recover_for()), 0);
      break;
  }
  if (policy == LAB_DEFER_PANIC || policy == LAB_DEFER_RECOVER_PANIC) panic_with(id);
}

static void run_go_op(uint32_t id) {
  const uint8_t* op = OP(id);
  switch (op[0] & LAB_SEQ_OP_MASK) {
    case LAB_OP_FAULT:
      fault(id);
      break;
    case LAB_OP_REUSE:
      asmcgocall(reuse_on_g0, nil);
      break;
    case LAB_OP_CGOCALL:
      open_cgocall(id);
      break;
    case LAB_OP_GOCALL:
      open_gocall(id);
      break;
    case LAB_OP_PANIC:
      panic_with(op[1]);
      break;
    case LAB_OP_GO:
      open_go(id);
      break;
    case LAB_OP_LOCK:
      LockOSThread();
      break;
    case LAB_OP_UNLOCK:
      UnlockOSThread();
      break;
    default:
      break;
  }
}

NOINLINE void run_go_frame(bool outermost) {
  static FuncVal function = {deferred};
  const volatile Standing own = standing;
  int32 id;
  while ((id = next_op()) >= 0) {
    switch (OP(id)[0] & LAB_SEQ_OP_MASK) {
      case LAB_OP_END:
        if (!outermost) RETURN;
        break;
      case LAB_OP_DEFER:
        if (deferproc(4, &function, id) != 0) {
          standing = own; /* recovered: what else was deferred runs in this frame */
          deferreturn();
          return;
        }
        break;
      default:
        run_go_op((uint32)id);
    }
  }
  RETURN;
}

#define ONE(op, a) op, a, 0, 0
/* A goroutine with a fault, two callbacks inside each other, and panics that go through no C: what
 * the commit mended would leave the chain broken for all runs. */
static const uint8_t once[] = {
    ONE(LAB_OP_GO, 0),
    ONE(LAB_OP_GOCALL, 0),
    ONE(LAB_OP_DEFER, LAB_DEFER_RECOVER),
    ONE(LAB_OP_FAULT, LAB_FAULT_READ),
    ONE(LAB_OP_END, 0),
    ONE(LAB_OP_CGOCALL, 0),
    ONE(LAB_OP_CXX_TRY, LAB_CATCH_INT),
    ONE(LAB_OP_THROW, 1),
    ONE(LAB_OP_CALLBACK, 0),
    ONE(LAB_OP_CGOCALL, 0),
    ONE(LAB_OP_CALLBACK, 0),
    ONE(LAB_OP_GOCALL, 0),
    ONE(LAB_OP_DEFER, LAB_DEFER_RECOVER),
    ONE(LAB_OP_GOCALL, 0),
    ONE(LAB_OP_DEFER, LAB_DEFER_STEPS),
    ONE(LAB_OP_PANIC, 0),
    ONE(LAB_OP_GOCALL, 0),
    ONE(LAB_OP_DEFER, LAB_DEFER_RECOVER),
    ONE(LAB_OP_PANIC, 0),
};

__attribute__((stdcall)) int32 NtTerminateProcess(uintptr process, int32 status);

void main_main(void) {
  static FuncVal function = {callback};
  callback_entry = compilecallback(&function, 0, true);
  warm_up(once, sizeof once, run_go_frame);
  take_command_line();
  lab_fuzz_ready();
  run_go_frame(true);
  NtTerminateProcess((uintptr)-1, 0);
}
