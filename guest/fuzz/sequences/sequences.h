/* What the parts of the program share that runs a sequence of operations (lab/sequence.h). Neither
 * Windows' nor Go's own types: C's side and Go's side both include it. */
#ifndef FUZZ_SEQUENCES_SEQUENCES_H
#define FUZZ_SEQUENCES_SEQUENCES_H

#include <stdbool.h>
#include <stdint.h>

#include "lab/fuzz.h"
#include "lab/sequence.h"

extern struct lab_fuzz_input lab_fuzz_input;
extern struct lab_fuzz_log lab_fuzz_log;
void lab_fuzz_ready(void);

#define NOINLINE __attribute__((noinline))
#define READ_FS(offset)                                                              \
  ({                                                                                 \
    uint32_t fs_value_;                                                              \
    __asm__ volatile("movl %%fs:%c1,%0" : "=r"(fs_value_) : "i"(offset) : "memory"); \
    fs_value_;                                                                       \
  })

#define WRITE_FS(offset, value) \
  __asm__ volatile("movl %0,%%fs:%c1" : : "r"(value), "i"(offset) : "memory")

typedef struct Record Record;
typedef struct Jump Jump;

/* Where the sequence stands. `depth`, `records` and `jumps` are those of the frame whose operations
 * run: whoever opens a frame keeps them, and puts them back where he goes on. */
typedef struct Standing {
  uint32_t depth;
  Record* records; /* innermost live frame of LAB_OP_RECORD */
  Jump* jumps;     /* of LAB_OP_SETJMP */
  bool base_moved; /* StackBase is not the stack's: LAB_OP_STACK_BASE */
} Standing;
extern Standing standing;
extern uint32_t cursor; /* number of the next operation */
extern uint8_t uses[256], unwind_uses[256];

/* command_line.c: a sequence may be given on the command line, in hexadecimal digits, to look at a
 * run by itself: each word of the log is then a line of the output as well. */
extern bool aloud;
void print_word(uint32_t word);
void take_command_line(void); /* after warm_up */

#define OP(id) (&lab_fuzz_input.bytes[(id)*LAB_SEQ_OP_BYTES])

/* The next operation's number, or -1 at the end of the string. */
static inline int32_t next_op(void) {
  uint32_t id = cursor;
  if (id >= LAB_SEQ_MOST_OPS || (id + 1) * LAB_SEQ_OP_BYTES > lab_fuzz_input.size) return -1;
  cursor = id + 1;
  return (int32_t)id;
}

static inline void say(uint32_t kind, uint32_t id, uint32_t x, uint32_t y) {
  uint32_t n = lab_fuzz_log.used;
  if (n >= LAB_SEQ_MOST_LOG) return;
  lab_fuzz_log.words[n] = kind | id << 8 | (x & 0xff) << 16 | y << 24;
  lab_fuzz_log.used = n + 1;
  if (aloud) print_word(lab_fuzz_log.words[n]);
}

/* A frame was left: the chain is to be as it was when it was opened. */
static inline void check_chain(uint32_t id, uint32_t head) {
  if (READ_FS(0) != head) say(LAB_LOG_CHAIN, id, 0, 0);
}

/* TEB.StackBase, which Go's side never moves. */
static inline void put_base(uint32_t base) {
  if (READ_FS(4) != base) WRITE_FS(4, base);
}

/* May `id` follow its policy once more? */
static inline bool use(uint8_t* table, uint32_t id) {
  return table[id]++ < LAB_SEQ_MOST_USES;
}

/* stream.c: runs operations before the snapshot is taken, so that what is made once (memory of
 * heaps and of Go's stacks, the C runtime's data of a thread) is there in each run. */
void warm_up(const uint8_t* ops, uint32_t size, void (*run)(bool));

/* c_world.c: the operations of a C frame, until END or the end of the string. */
void run_c_frame(bool outermost);
/* The same inside a handler, a filter or a block: one level deeper, if there is one. */
void run_inside(void);

/* Opens a frame of an operation: declares what must be put back. Returns where the level forbids.
 */
#define OPEN_FRAME                                \
  const uint32_t head_ = READ_FS(0);              \
  const uint32_t base_ = READ_FS(4);              \
  const Standing kept_ = standing;                \
  if (kept_.depth >= LAB_SEQ_MOST_LEVELS) return; \
  standing.depth = kept_.depth + 1
#define PUT_BACK (standing = kept_, put_base(base_))
#define CLOSE_FRAME(id) \
  PUT_BACK;             \
  check_chain(id, head_)

/* record.S, record.c */
void open_record(uint32_t id);
void unwind_to_live(uint32_t number); /* LAB_OP_UNWIND */
void open_stack_base(uint32_t id);
/* try.c */
void open_try_except(uint32_t id);
void open_try_finally(uint32_t id);
void open_try_both(uint32_t id);
/* raise.c, fault.S */
void raise_exception(uint32_t id);
void fault(uint32_t id);
extern bool x87_faulted; /* an exception of the x87 may be pending */
void reuse_stack(void);
/* cxx.cpp */
void open_cxx_try(uint32_t id);
void open_cxx_object(uint32_t id);
void throw_int(uint32_t id);
/* jump.c */
void open_setjmp(uint32_t id);
void jump_to_live(uint32_t number);
/* vectored.c */
void add_vectored(uint32_t id);
void remove_vectored(uint32_t number);
void add_continue(uint32_t id);
void remove_continue(uint32_t number);
/* thread.c */
void open_thread(uint32_t id);
/* go_world.c; c_only.c in a program that has no Go */
void open_callback(uint32_t id);

#endif
