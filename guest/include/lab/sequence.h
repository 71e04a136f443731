/* Sequences of operations on the chain of handlers: the byte format that guest/fuzz executes,
 * host/fuzz/sequence predicts, and mutators write. Shared by guest and host: constants only.
 *
 * A sequence is a string of operations of four bytes each, {operation, a, b, c}; a rest of one to
 * three bytes, and what follows the first LAB_SEQ_MOST_OPS operations, is ignored. Every string of
 * bytes is a sequence, and a prefix of one means the same as before: an operation that is unknown,
 * that its world does not have or that a limit forbids does nothing. Operands are taken modulo what
 * they choose from. Operations are numbered from 0; the number of the one that made a thing is the
 * thing's id. One cursor goes through the string, whoever reads: an operation that opens a frame
 * runs those behind it inside that frame, until LAB_OP_END, the end of the string, or somebody
 * unwinds the frame; then those behind run in the frame that was opened before. */
#ifndef LAB_SEQUENCE_H
#define LAB_SEQUENCE_H

enum {
  LAB_SEQ_OP_BYTES = 4,
  LAB_SEQ_MOST_OPS = 240,
  LAB_SEQ_OP_MASK = 0x3f, /* the operation is the first byte's low six bits */
  /* Opening a frame, and running operations inside a handler, filter, destructor or deferred
   * function, goes one level deeper; at this level neither happens any more: what would open a
   * frame does nothing, what would run operations runs none. Whoever leaves a level for whatever
   * reason is back at the level of the frame where he goes on. */
  LAB_SEQ_MOST_LEVELS = 12,
  /* A policy other than "search" is followed so often by one record, __try or vectored handler;
   * each call of its handler or filter for an exception (not for an unwind) counts, and then it
   * searches on. The same for an unwind policy, counted by itself: afterwards it answers 1. */
  LAB_SEQ_MOST_USES = 2,
  LAB_SEQ_MOST_VECTORED = 8,  /* that are ever added, of each list; adding more does nothing */
  LAB_SEQ_REUSED_BYTES = 512, /* that LAB_OP_REUSE overwrites */
  LAB_SEQ_MOST_LOG = 2048     /* words of the log; what comes then is lost */
};

/* Two worlds that call each other. C: on the thread's own stack, where records live. Go: on a
 * goroutine's stack. A program of C alone begins in C and has no Go: LAB_OP_CGOCALL and everything
 * of Go's does nothing there. */
enum {
  LAB_OP_NOP = 0,
  /* Both worlds: leaves the innermost frame as a return does; where a handler, a filter, a block or
   * a deferred function runs operations, it ends those, and the handler goes on. Nothing in the
   * sequence's outermost frame. */
  LAB_OP_END = 1,
  /* Both: a hardware fault, a % LAB_FAULTS. Nonvolatile registers hold known values before and are
   * checked when it is continued. */
  LAB_OP_FAULT = 2,

  /* ---- C ---- */
  /* Opens a frame with a registration record linked by hand. a: what its handler does about an
   * exception, % LAB_HANDLES. b: operand of that. c: what it does when it is unwound, the low four
   * bits % LAB_UNWINDS. */
  LAB_OP_RECORD = 8,
  LAB_OP_TRY_EXCEPT = 9, /* __try {frame} __except: a % LAB_FILTERS; c & 1: the __except block runs
                            operations as well */
  LAB_OP_TRY_FINALLY = 10, /* __try {frame} __finally: a % LAB_BLOCKS */
  LAB_OP_TRY_BOTH = 11, /* __try {__try {frame} __finally} __except in one function, so one record:
                           a % LAB_FILTERS, b % LAB_BLOCKS; c as in LAB_OP_TRY_EXCEPT */
  LAB_OP_CXX_TRY =
      12, /* try {frame} catch: a % LAB_CATCHES; c & 1: the catch block runs operations */
  LAB_OP_CXX_OBJECT =
      13,              /* {an object with a destructor, frame}: a % LAB_BLOCKS, of the destructor */
  LAB_OP_SETJMP = 14,  /* _setjmp3 in a function without __try, then the frame; a return of it with
                          a value leaves the frame */
  LAB_OP_LONGJMP = 15, /* to live LAB_OP_SETJMP frame number a, the innermost being 0 */
  LAB_OP_RAISE = 16,   /* RaiseException: code LAB_CODES[a % LAB_CODES_COUNT], one parameter
                          LAB_SEQ_RAISED; b & 1: EXCEPTION_NONCONTINUABLE */
  LAB_OP_THROW = 17,   /* C++: throws an int, a */
  LAB_OP_UNWIND = 18,  /* RtlUnwind(record of live RECORD frame number a, innermost 0; no record),
                          then goes on as that frame: see LAB_LANDED */
  LAB_OP_ADD_VECTORED = 19,    /* AddVectoredExceptionHandler(b & 1: first): a % LAB_VECTOREDS */
  LAB_OP_REMOVE_VECTORED = 20, /* the one that was added a % n'th of the n that are there */
  LAB_OP_ADD_CONTINUE = 21,    /* AddVectoredContinueHandler(b & 1: first); all of them answer 0 */
  LAB_OP_REMOVE_CONTINUE = 22,
  LAB_OP_REUSE =
      23, /* both worlds: overwrites what lies below the used part of the thread's stack */
  LAB_OP_THREAD = 24,   /* a thread of its own, new: runs a frame, and is waited for */
  LAB_OP_CALLBACK = 25, /* calls back into Go: a Go frame; nothing while StackBase is moved */
  /* A frame during which TEB.StackBase is the end of live RECORD frame number a's record, or with
   * b & 1 one byte below it. Nothing on a goroutine's stack, and where that record is not, or not
   * whole, on the thread's stack. Whoever leaves the frame puts StackBase back. */
  LAB_OP_STACK_BASE = 26,

  /* ---- Go ---- */
  LAB_OP_CGOCALL = 32, /* calls C: a C frame */
  LAB_OP_GOCALL = 33,  /* calls a Go function: a Go frame */
  LAB_OP_DEFER = 34,   /* the innermost Go function defers: a % LAB_DEFERS */
  LAB_OP_PANIC = 35,   /* panic(a) */
  LAB_OP_GO = 36,      /* a goroutine of its own: runs a Go frame, and is waited for */
  LAB_OP_LOCK = 37,    /* runtime.LockOSThread */
  LAB_OP_UNLOCK = 38
};

/* What a LAB_OP_RECORD handler does about an exception.
 *
 * "Live" frames, which operands choose from: those that were opened and are not left, since the
 * sequence, the thread or the innermost call of C began. A frame whose record an unwind has taken
 * off the chain is live until somebody goes on outside of it. Where there is none to choose, an
 * operation does nothing and a handler searches on (its use counts). */
enum {
  LAB_HANDLE_SEARCH,    /* answers 1 */
  LAB_HANDLE_CONTINUE,  /* answers 0; a hardware fault's context goes on behind the fault */
  LAB_HANDLE_UNWIND,    /* RtlUnwind(own record, the exception's record), then LAB_LANDED */
  LAB_HANDLE_UNWIND_TO, /* the same for live RECORD frame number b, the innermost being 0: inside or
                           outside this one, or itself */
  LAB_HANDLE_UNWIND_BAD, /* RtlUnwind(own record - 4, the exception's record), which is no record */
  LAB_HANDLE_NESTED,     /* answers 2, with its own record in the dispatcher's context */
  LAB_HANDLE_COLLIDED,   /* answers 3 */
  LAB_HANDLE_JUNK,       /* answers 4 + b */
  LAB_HANDLE_INVALIDATE, /* sets EXCEPTION_STACK_INVALID in the record, answers 1 */
  LAB_HANDLE_STEPS_SEARCH,   /* runs operations, then answers 1 */
  LAB_HANDLE_STEPS_CONTINUE, /* runs operations, then as LAB_HANDLE_CONTINUE */
  LAB_HANDLE_STEPS_UNWIND,   /* runs operations, then as LAB_HANDLE_UNWIND */
  LAB_HANDLES
};
/* What it does when it is unwound. */
enum {
  LAB_UNWIND_SEARCH,   /* answers 1 */
  LAB_UNWIND_CONTINUE, /* answers 0: STATUS_INVALID_DISPOSITION is raised */
  LAB_UNWIND_NESTED,   /* answers 2: the same */
  LAB_UNWIND_COLLIDED, /* answers 3, with its own record in the dispatcher's context: nothing
                          changes */
  LAB_UNWIND_STEPS,    /* runs operations, then answers 1 */
  LAB_UNWINDS
};
/* Filters; a hardware fault that is continued goes on behind the fault. */
enum {
  LAB_FILTER_SEARCH,
  LAB_FILTER_CONTINUE,
  LAB_FILTER_EXECUTE,
  LAB_FILTER_STEPS_SEARCH,
  LAB_FILTER_STEPS_CONTINUE,
  LAB_FILTER_STEPS_EXECUTE,
  LAB_FILTERS
};
/* __finally blocks and destructors. */
enum { LAB_BLOCK_PLAIN, LAB_BLOCK_STEPS, LAB_BLOCKS };
enum { LAB_CATCH_INT, LAB_CATCH_ALL, LAB_CATCHES }; /* catch (int), catch (...) */
enum {
  LAB_VECTORED_SEARCH,
  LAB_VECTORED_CONTINUE, /* -1, if the exception is continuable; as LAB_HANDLE_CONTINUE */
  LAB_VECTORED_STEPS,    /* runs operations, then searches */
  LAB_VECTOREDS
};
/* A deferred function. Where it recovers it is itself that calls recover(), and says what it got.
 */
enum {
  LAB_DEFER_PLAIN,
  LAB_DEFER_RECOVER,
  LAB_DEFER_STEPS,         /* runs operations (a Go frame inside it) */
  LAB_DEFER_STEPS_RECOVER, /* runs operations, then recovers */
  LAB_DEFER_PANIC,         /* panic(id) */
  LAB_DEFER_RECOVER_PANIC, /* recovers, then panic(id) */
  LAB_DEFER_HELPED,        /* calls a function that calls recover(): recovers nothing */
  LAB_DEFERS
};

/* Hardware faults. Without another word the exception is the one of Intel's mnemonic. */
enum {
  LAB_FAULT_READ,       /* of address 0 */
  LAB_FAULT_WRITE,      /* to address 0 */
  LAB_FAULT_WRITE_CODE, /* to the program's code */
  LAB_FAULT_CALL,       /* of address 0 */
  LAB_FAULT_DIVIDE,     /* DIV by zero */
  LAB_FAULT_OVERFLOW,   /* IDIV, -2^31 by -1 */
  LAB_FAULT_UD2,
  LAB_FAULT_INT3,
  LAB_FAULT_HLT,
  LAB_FAULT_STEP, /* EFLAGS.TF set by POPF */
  LAB_FAULT_BOUND,
  LAB_FAULT_INTO,
  LAB_FAULT_LOCK,   /* LOCK before an instruction that has no such form */
  LAB_FAULT_INT_20, /* INT 20h: no gate */
  LAB_FAULT_ASSERT, /* INT 2Ch */
  LAB_FAULT_X87,    /* FDIV by zero, unmasked, then FWAIT */
  LAB_FAULT_SSE,    /* DIVSS by zero, unmasked */
  LAB_FAULT_GUARD,  /* read of a PAGE_GUARD page */
  LAB_FAULTS
};

/* Codes of LAB_OP_RAISE. */
#define LAB_SEQ_CODES                                                                        \
  0xe0000001u, 0xe0000002u, 0xc0000005u, 0xc0000094u, 0xc000008cu, 0xc000001du, 0xc00000fdu, \
      0x80000001u
#define LAB_SEQ_CODES_COUNT 8
#define LAB_SEQ_RAISED 0x5e45e451u

/* The log: a word for each thing that the program met, kind | id << 8 | x << 16 | y << 24. `code8`
 * is an exception code's lowest byte xor its highest. */
enum {
  LAB_LOG_HANDLER = 1, /* a RECORD's handler is entered: x the record's flags, low byte; y code8 */
  LAB_LOG_FILTER = 2,  /* x, y: the same */
  LAB_LOG_EXCEPT = 3,  /* an __except block begins */
  LAB_LOG_FINALLY = 4, /* a __finally block begins: x AbnormalTermination() */
  LAB_LOG_CATCH = 5,   /* a catch block begins: x what was thrown, 0 in catch (...) */
  LAB_LOG_DESTROYED = 6, /* a destructor begins */
  LAB_LOG_VECTORED = 7,  /* x, y: as LAB_LOG_HANDLER */
  LAB_LOG_CONTINUED = 8, /* a continue handler: x, y: the same */
  /* LAB_LANDED: somebody unwound to this RECORD or SETJMP frame and went on in it: it is left. */
  LAB_LOG_LANDED = 9,
  LAB_LOG_RESUMED = 10,   /* FAULT, RAISE: the exception was continued */
  LAB_LOG_DEFERRED = 11,  /* a deferred function begins */
  LAB_LOG_RECOVERED = 12, /* recover() of a deferred function: x 0 nil, else LAB_VALUE_* or the low
                             seven bits of the panic's value | 0x80 */
  /* What is never predicted. */
  LAB_LOG_CHAIN = 0xe0,     /* a frame was left and fs:[0] is not what it was when it was opened */
  LAB_LOG_REGISTERS = 0xe1, /* nonvolatile registers are not what they were */
  LAB_LOG_RETURNED = 0xe2   /* something came back that cannot */
};
enum {
  LAB_VALUE_MEMORY = 1,   /* invalid memory address or nil pointer dereference */
  LAB_VALUE_DIVIDE = 2,   /* integer divide by zero */
  LAB_VALUE_OVERFLOW = 3, /* integer overflow */
  LAB_VALUE_FLOAT = 4,    /* floating point error */
  LAB_VALUE_NIL_CALL = 5  /* call of nil func value */
};

#endif
