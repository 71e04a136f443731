/* Go's runtime of early 2014 on windows/386, as far as sehlab models it: the types, under Go's
 * own names (src/pkg/runtime/runtime.h). What differs from Go is said at the place. */
#ifndef GO_RUNTIME_H
#define GO_RUNTIME_H

#include <stdbool.h>
#include <stdint.h>

typedef uint8_t uint8;
typedef int32_t int32;
typedef uint32_t uint32;
typedef int64_t int64;
typedef uint64_t uint64;
typedef uint32_t uintptr;

#define nil ((void*)0)
#define nelem(x) (sizeof(x) / sizeof((x)[0]))
#define NORETURN __attribute__((noreturn))
#define NOINLINE __attribute__((noinline))

typedef struct G G;
typedef struct M M;
typedef struct P P;
typedef struct Gobuf Gobuf;
typedef struct Stktop Stktop;
typedef struct Defer Defer;
typedef struct Panic Panic;
typedef struct FuncVal FuncVal;
typedef struct Eface Eface;
typedef struct SEH SEH;
typedef struct SEHUnwind SEHUnwind;
typedef struct LibCall LibCall;
typedef struct WinCallbackContext WinCallbackContext;
typedef struct Lock Lock;
typedef struct Note Note;
typedef struct Hchan Hchan;

/* A function value: a pointer to the code and what the closure captured. The code finds its own
 * FuncVal in EDX, Go's context register of that time; regparm(2) is how C says so (EAX is what
 * gogo returns, of no interest to a function that starts). Arguments and results are words in
 * the caller's frame, GOARG(0) the first. */
struct FuncVal {
  void* fn;
};
#define GOFUNC(name) __attribute__((regparm(2))) NOINLINE void name(uintptr ax, FuncVal* ctxt)
typedef __attribute__((regparm(2))) void (*GoCode)(uintptr ax, FuncVal* ctxt);
#define GOARG(i) (((volatile uintptr*)__builtin_frame_address(0))[2 + (i)])
#define CALLFUNC(fv) (((GoCode)(fv)->fn)(0, (fv)))

struct Gobuf {
  uintptr sp;
  uintptr pc;
  G* g;
  uintptr ret;
  void* ctxt;
  /* Go's compilers kept nothing in registers across a call; clang does. */
  uintptr bp;
  uintptr bx;
  uintptr si;
  uintptr di;
};

struct SEH {
  void* prev;
  void* handler;
};

struct SEHUnwind {
  SEHUnwind* link;
  SEH* seh;
};

/* As in the commit: one symbol for the only system whose faults come by way of SEH. */
#define GOOS_windows
#define GOARCH_386
#ifdef GOOS_windows
#ifdef GOARCH_386
#define GOOSARCH_windows_386
#endif
#endif

struct Lock {
  volatile uint32 key;
};

/* Sleep and wake-up on a one-time event: 0, the M that sleeps, or 1 when woken. */
struct Note {
  volatile uintptr key;
};

struct LibCall {
  void* fn;
  uintptr n;
  void* args;
  uintptr r1;
  uintptr r2;
  uintptr err;
};

struct Eface {
  const char* type; /* "string", "int", "runtime.Error": enough of a type for the tests */
  uintptr data;
};

struct Defer {
  int32 siz;
  bool special; /* not heap allocated, never recovered into */
  bool started;
  uint8* argp;
  uintptr pc;
  uintptr bp; /* the deferring frame, and its registers when it deferred */
  uintptr bx;
  uintptr si;
  uintptr di;
  FuncVal* fn;
  Panic* panic; /* the panic that is running this defer */
  Defer* link;
  uintptr args[];
};

struct Panic {
  Eface arg;
  Panic* link;
  bool recovered;
  bool aborted;
};

struct Stktop {
  uintptr stackguard;
  uintptr stackbase;
  Gobuf gobuf;
  uint32 argsize;
  uint8* argp;
  uintptr free; /* size of the segment to free on return; 0: it was the same segment */
  bool panic;   /* is this the top of a panic's deferred call? */
};

enum { Gidle, Grunnable, Grunning, Gsyscall, Gwaiting, Gdead };

struct G {
  uintptr stackguard; /* lowest address of the segment + StackGuard */
  uintptr stackbase;  /* a Stktop lies at this address */
  Panic* panic;
  Defer* defer;
  Gobuf sched;
  int32 status;
  int32 goid;
  G* alllink;
  G* schedlink;
  void* param; /* passed by ready() */
  const char* waitreason;
  bool ispanic;
  bool paniconfault;
  M* m;
  M* lockedm;
  uint32 sig;
  uintptr sigcode0;
  uintptr sigcode1;
  uintptr sigpc;
  Gobuf recover; /* where recovery goes: sp, pc and the registers of the recovering frame */
};

/* The one thing that runs Go code: GOMAXPROCS was 1 unless set. */
enum { Pidle, Prunning, Psyscall };
struct P {
  int32 status;
  M* m;
};

struct M {
  G* g0;
  G* curg;
  uintptr tls[4]; /* g, m: fs:[0x14] points here */
  SEH* seh;
  uintptr cret;
  uint8* moreargp;
  uintptr moreargsize;
  FuncVal* morefn;
  Gobuf morebuf;
  P* p;
  P* nextp;
  int32 id;
  uint32 locked; /* LockExternal, and LockInternal for each internal lock */
  G* lockedg;
  int32 ncgo;
  uint32 ncgocall;
  SEHUnwind* sehunwind;
  Note park;
  M* alllink;
  M* schedlink;
  bool (*waitunlockf)(G*, void*);
  void* waitlock;
  void* waitsema; /* a Win32 event */
  void* thread;
  bool needextram;
  LibCall wincall;
};
enum { LockExternal = 1, LockInternal = 2 };

struct WinCallbackContext {
  FuncVal* gobody;
  uintptr argsize;
  uintptr restorestack; /* bytes that the callback pops: 0 for cdecl */
};

#define FSREAD(offset)                                                               \
  ({                                                                                 \
    uintptr fs_value_;                                                               \
    __asm__ volatile("movl %%fs:%c1,%0" : "=r"(fs_value_) : "i"(offset) : "memory"); \
    fs_value_;                                                                       \
  })
/* g and m live behind fs:[0x14]; each use reads them again, since a goroutine that was parked
 * may go on with another M. */
static inline G* getg(void) {
  return *(G**)FSREAD(0x14);
}
static inline M* getm(void) {
  return *(M**)(FSREAD(0x14) + 4);
}

#include "go/runtime_funcs.h"

#endif
