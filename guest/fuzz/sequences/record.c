/* LAB_OP_RECORD and LAB_OP_UNWIND: handlers that do what their operation says. */
#include "fuzz/sequences/exceptions.h"

struct Record {
  Record* next;
  void* handler;
  uint32_t id;
  Record* outer; /* the live one that this frame was opened in */
};

/* record.S */
void record_frame(uint32_t id);
void land(Record* frame) __attribute__((noreturn));
void unwind_to(void* target, EXCEPTION_RECORD* record);

void open_record(uint32_t id) {
  OPEN_FRAME;
  record_frame(id);
  CLOSE_FRAME(id);
}

static Record* live(uint32_t number) {
  uint32_t count = 0;
  Record* at;
  for (at = standing.records; at != 0; at = at->outer) count++;
  if (count == 0) return 0;
  number %= count;
  for (at = standing.records; number > 0; number--) at = at->outer;
  return at;
}

/* LAB_OP_STACK_BASE */
void open_stack_base(uint32_t id) {
  Record* target = live(OP(id)[1]);
  const uint32_t end = (uint32_t)target + 8;
  const uint32_t limit = READ_FS(8);
  if (target == 0 || (uint32_t)__builtin_frame_address(0) - limit >= READ_FS(4) - limit) return;
  if ((uint32_t)target < limit || end > READ_FS(4)) return;
  OPEN_FRAME;
  standing.base_moved = true;
  WRITE_FS(4, end - (OP(id)[2] & 1));
  run_c_frame(false);
  CLOSE_FRAME(id);
}

/* Unwinds to the frame and goes on there. */
static __attribute__((noreturn)) void leave_to(Record* frame, EXCEPTION_RECORD* record) {
  unwind_to(frame, record);
  say(LAB_LOG_LANDED, frame->id, 0, 0);
  land(frame);
}

void unwind_to_live(uint32_t number) {
  Record* target = live(number);
  if (target != 0) leave_to(target, 0);
}

enum { kContinueExecution, kContinueSearch, kNestedException, kCollidedUnwind };

static uint32_t unwound(uint32_t id, Record* own, void** dispatcher) {
  const uint32_t policy = (OP(id)[3] & 15) % LAB_UNWINDS;
  if (policy == LAB_UNWIND_SEARCH || !use(unwind_uses, id)) return kContinueSearch;
  switch (policy) {
    case LAB_UNWIND_CONTINUE:
      return kContinueExecution;
    case LAB_UNWIND_NESTED:
      return kNestedException;
    case LAB_UNWIND_COLLIDED:
      *dispatcher = own;
      return kCollidedUnwind;
    default:
      run_inside();
      return kContinueSearch;
  }
}

/* Called by record.S' records, cdecl. */
uint32_t record_handler(EXCEPTION_RECORD* record, Record* own, void* context, void** dispatcher) {
  const uint32_t id = own->id;
  const uint32_t policy = OP(id)[1] % LAB_HANDLES;
  Record* target = own;
  say(LAB_LOG_HANDLER, id, record->ExceptionFlags, code8(record));
  if (record->ExceptionFlags & kUnwinding) return unwound(id, own, dispatcher);
  if (policy == LAB_HANDLE_SEARCH || !use(uses, id)) return kContinueSearch;
  switch (policy) {
    case LAB_HANDLE_STEPS_CONTINUE:
      run_inside();
      /* fall through */
    case LAB_HANDLE_CONTINUE:
      go_on(record, context);
      return kContinueExecution;
    case LAB_HANDLE_STEPS_UNWIND:
      run_inside();
      leave_to(own, record);
    case LAB_HANDLE_UNWIND_TO:
      target = live(OP(id)[2]);
      if (target == 0) return kContinueSearch;
      /* fall through */
    case LAB_HANDLE_UNWIND:
      leave_to(target, record);
    case LAB_HANDLE_UNWIND_BAD:
      unwind_to((char*)own - 4, record);
      say(LAB_LOG_RETURNED, id, 0, 0);
      return kContinueSearch;
    case LAB_HANDLE_NESTED:
      *dispatcher = own;
      return kNestedException;
    case LAB_HANDLE_COLLIDED:
      return kCollidedUnwind;
    case LAB_HANDLE_JUNK:
      return 4 + (uint32_t)OP(id)[2];
    case LAB_HANDLE_INVALIDATE:
      record->ExceptionFlags |= kStackInvalid;
      return kContinueSearch;
    default: /* LAB_HANDLE_STEPS_SEARCH */
      run_inside();
      return kContinueSearch;
  }
}
