/* Frames with __try, as the compiler makes them. */
#include "fuzz/sequences/exceptions.h"

static int filter(EXCEPTION_POINTERS* pointers, uint32_t id) {
  EXCEPTION_RECORD* record = pointers->ExceptionRecord;
  const uint32_t policy = OP(id)[1] % LAB_FILTERS;
  say(LAB_LOG_FILTER, id, record->ExceptionFlags, code8(record));
  if (policy == LAB_FILTER_SEARCH || !use(uses, id)) return EXCEPTION_CONTINUE_SEARCH;
  if (policy >= LAB_FILTER_STEPS_SEARCH) run_inside();
  switch (policy) {
    case LAB_FILTER_CONTINUE:
    case LAB_FILTER_STEPS_CONTINUE:
      go_on(record, pointers->ContextRecord);
      return EXCEPTION_CONTINUE_EXECUTION;
    case LAB_FILTER_EXECUTE:
    case LAB_FILTER_STEPS_EXECUTE:
      return EXCEPTION_EXECUTE_HANDLER;
    default:
      return EXCEPTION_CONTINUE_SEARCH;
  }
}

static void except_block(uint32_t id) {
  say(LAB_LOG_EXCEPT, id, 0, 0);
  if (OP(id)[3] & 1) run_inside();
}

static void finally_block(uint32_t id, uint32_t policy, int abnormal) {
  say(LAB_LOG_FINALLY, id, (uint32_t)abnormal, 0);
  if (policy % LAB_BLOCKS == LAB_BLOCK_STEPS) run_inside();
}

NOINLINE void open_try_except(uint32_t id) {
  OPEN_FRAME;
  __try {
    run_c_frame(false);
  } __except (filter(GetExceptionInformation(), id)) {
    PUT_BACK;
    except_block(id);
  }
  CLOSE_FRAME(id);
}

NOINLINE void open_try_finally(uint32_t id) {
  OPEN_FRAME;
  __try {
    run_c_frame(false);
    PUT_BACK;
  } __finally {
    finally_block(id, OP(id)[1], AbnormalTermination());
  }
  CLOSE_FRAME(id);
}

NOINLINE void open_try_both(uint32_t id) {
  OPEN_FRAME;
  __try {
    __try {
      run_c_frame(false);
      PUT_BACK;
    } __finally {
      finally_block(id, OP(id)[2], AbnormalTermination());
    }
  } __except (filter(GetExceptionInformation(), id)) {
    PUT_BACK;
    except_block(id);
  }
  CLOSE_FRAME(id);
}
