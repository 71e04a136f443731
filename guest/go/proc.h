/* The scheduler's own state and the functions that its files share. */
#ifndef GO_PROC_H
#define GO_PROC_H

#include "go/runtime.h"

typedef struct Sched Sched;
struct Sched {
  Lock lock;
  int32 goidgen;
  int32 mcount;
  int32 nsyscall; /* goroutines in C, which will come back and may make others runnable */
  G* runqhead;
  G* runqtail;
  M* midle;
  G* gfree;
};
extern Sched sched;
extern P allp; /* the one P */

/* proc_park.c: with sched.lock held where the name says so */
void globrunqput(G* gp);
G* globrunqget(void);
void acquirep(P* p);
P* releasep(void);
void startm_locked(P* p);
void handoffp_locked(P* p);
void stopm(void);
void stoplockedm(void);
void startlockedm(G* gp);
NORETURN void execute(G* gp);

#endif
