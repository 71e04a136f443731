/* The operations of C's world. */
#include "fuzz/sequences/sequences.h"

static void run_op(uint32_t id) {
  const uint8_t* op = OP(id);
  switch (op[0] & LAB_SEQ_OP_MASK) {
    case LAB_OP_FAULT:
      fault(id);
      break;
    case LAB_OP_RECORD:
      open_record(id);
      break;
    case LAB_OP_TRY_EXCEPT:
      open_try_except(id);
      break;
    case LAB_OP_TRY_FINALLY:
      open_try_finally(id);
      break;
    case LAB_OP_TRY_BOTH:
      open_try_both(id);
      break;
    case LAB_OP_CXX_TRY:
      open_cxx_try(id);
      break;
    case LAB_OP_CXX_OBJECT:
      open_cxx_object(id);
      break;
    case LAB_OP_SETJMP:
      open_setjmp(id);
      break;
    case LAB_OP_LONGJMP:
      jump_to_live(op[1]);
      break;
    case LAB_OP_RAISE:
      raise_exception(id);
      break;
    case LAB_OP_THROW:
      throw_int(id);
      break;
    case LAB_OP_UNWIND:
      unwind_to_live(op[1]);
      break;
    case LAB_OP_ADD_VECTORED:
      add_vectored(id);
      break;
    case LAB_OP_REMOVE_VECTORED:
      remove_vectored(op[1]);
      break;
    case LAB_OP_ADD_CONTINUE:
      add_continue(id);
      break;
    case LAB_OP_REMOVE_CONTINUE:
      remove_continue(op[1]);
      break;
    case LAB_OP_REUSE:
      reuse_stack();
      break;
    case LAB_OP_THREAD:
      open_thread(id);
      break;
    case LAB_OP_STACK_BASE:
      open_stack_base(id);
      break;
    case LAB_OP_CALLBACK:
      open_callback(id);
      break;
    default:
      break;
  }
}

NOINLINE void run_c_frame(bool outermost) {
  int32_t id;
  while ((id = next_op()) >= 0) {
    if ((OP(id)[0] & LAB_SEQ_OP_MASK) == LAB_OP_END) {
      if (!outermost) return;
    } else {
      run_op((uint32_t)id);
    }
  }
}

void run_inside(void) {
  const Standing kept = standing;
  if (kept.depth >= LAB_SEQ_MOST_LEVELS) return;
  standing.depth = kept.depth + 1;
  run_c_frame(false);
  standing = kept;
}
