/* Vectored and continue handlers. Windows tells a handler nothing of itself, so each place has a
 * function of its own. */
#include "fuzz/sequences/exceptions.h"

typedef struct List {
  uint32_t made;                          /* so far: a place is not used again, as its handler may
                                             be called when it is removed already */
  uint32_t count;                         /* there now */
  uint32_t places[LAB_SEQ_MOST_VECTORED]; /* in the order in which they were added */
  uint8_t ids[LAB_SEQ_MOST_VECTORED];     /* of a place */
  PVOID handles[LAB_SEQ_MOST_VECTORED];
} List;
static List vectored, continued;

static LONG ask(EXCEPTION_POINTERS* pointers, uint32_t place) {
  EXCEPTION_RECORD* record = pointers->ExceptionRecord;
  const uint32_t id = vectored.ids[place];
  const uint32_t policy = OP(id)[1] % LAB_VECTOREDS;
  say(LAB_LOG_VECTORED, id, record->ExceptionFlags, code8(record));
  if (policy == LAB_VECTORED_SEARCH || !use(uses, id)) return EXCEPTION_CONTINUE_SEARCH;
  if (policy == LAB_VECTORED_STEPS) {
    run_inside();
    return EXCEPTION_CONTINUE_SEARCH;
  }
  if (record->ExceptionFlags & EXCEPTION_NONCONTINUABLE) return EXCEPTION_CONTINUE_SEARCH;
  go_on(record, pointers->ContextRecord);
  return EXCEPTION_CONTINUE_EXECUTION;
}

static LONG tell(EXCEPTION_POINTERS* pointers, uint32_t place) {
  EXCEPTION_RECORD* record = pointers->ExceptionRecord;
  say(LAB_LOG_CONTINUED, continued.ids[place], record->ExceptionFlags, code8(record));
  return EXCEPTION_CONTINUE_SEARCH;
}

#define HANDLERS(place)                                        \
  static LONG NTAPI vectored_##place(EXCEPTION_POINTERS* p) {  \
    return ask(p, place);                                      \
  }                                                            \
  static LONG NTAPI continued_##place(EXCEPTION_POINTERS* p) { \
    return tell(p, place);                                     \
  }
HANDLERS(0)
HANDLERS(1)
HANDLERS(2)
HANDLERS(3)
HANDLERS(4)
HANDLERS(5)
HANDLERS(6)
HANDLERS(7)
static const VECTORED_HANDLER vectored_handlers[] = {
    vectored_0, vectored_1, vectored_2, vectored_3, vectored_4, vectored_5, vectored_6, vectored_7};
static const VECTORED_HANDLER continue_handlers[] = {continued_0, continued_1, continued_2,
                                                     continued_3, continued_4, continued_5,
                                                     continued_6, continued_7};

static void add(List* list, uint32_t id) {
  const uint32_t place = list->made;
  if (place == LAB_SEQ_MOST_VECTORED) return;
  list->made = place + 1;
  list->ids[place] = (uint8_t)id;
  list->places[list->count++] = place;
  list->handles[place] = list == &vectored
                             ? AddVectoredExceptionHandler(OP(id)[2] & 1, vectored_handlers[place])
                             : AddVectoredContinueHandler(OP(id)[2] & 1, continue_handlers[place]);
}

static void drop(List* list, uint32_t number) {
  uint32_t place;
  if (list->count == 0) return;
  number %= list->count;
  place = list->places[number];
  for (list->count--; number < list->count; number++)
    list->places[number] = list->places[number + 1];
  if (list == &vectored) {
    RemoveVectoredExceptionHandler(list->handles[place]);
  } else {
    RemoveVectoredContinueHandler(list->handles[place]);
  }
}

void add_vectored(uint32_t id) {
  add(&vectored, id);
}
void remove_vectored(uint32_t number) {
  drop(&vectored, number);
}
void add_continue(uint32_t id) {
  add(&continued, id);
}
void remove_continue(uint32_t number) {
  drop(&continued, number);
}
