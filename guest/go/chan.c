/* Channels of words (chan.c). One M runs Go code at a time and switches only where it parks, so
 * that a channel needs no lock. */
#include "go/runtime.h"

/* A goroutine that waits at a channel. */
typedef struct SudoG SudoG;
struct SudoG {
  G* g;
  SudoG* link;
  uintptr elem;
  bool success; /* a value was passed; else the channel was closed */
};

typedef struct WaitQ WaitQ;
struct WaitQ {
  SudoG* first;
  SudoG* last;
};

struct Hchan {
  uint32 qcount;   /* values in the buffer */
  uint32 dataqsiz; /* and its size */
  uint32 sendx;
  uint32 recvx;
  bool closed;
  WaitQ recvq;
  WaitQ sendq;
  uintptr buffer[];
};

Hchan* makechan(uint32 capacity) {
  Hchan* c = mal(sizeof(Hchan) + capacity * sizeof(uintptr));
  c->dataqsiz = capacity;
  return c;
}

static void enqueue(WaitQ* q, SudoG* sg) {
  sg->link = nil;
  if (q->first == nil) {
    q->first = sg;
  } else {
    q->last->link = sg;
  }
  q->last = sg;
}

static SudoG* dequeue(WaitQ* q) {
  SudoG* sg = q->first;
  if (sg != nil) q->first = sg->link;
  return sg;
}

static void wake(SudoG* sg, bool success) {
  sg->success = success;
  ready(sg->g);
}

void chansend(Hchan* c, uintptr value) {
  SudoG mysg = {getg(), nil, value, false};
  SudoG* sg;
  if (c->closed) panicstring("send on closed channel");
  sg = dequeue(&c->recvq);
  if (sg != nil) {
    sg->elem = value;
    wake(sg, true);
    return;
  }
  if (c->qcount < c->dataqsiz) {
    c->buffer[c->sendx] = value;
    c->sendx = (c->sendx + 1) % c->dataqsiz;
    c->qcount++;
    return;
  }
  enqueue(&c->sendq, &mysg);
  park(nil, nil, "chan send");
  if (!mysg.success) panicstring("send on closed channel");
}

/* The next value; 0, and *ok false, of a closed channel that is empty. */
uintptr chanrecv(Hchan* c, bool* ok) {
  SudoG mysg = {getg(), nil, 0, false};
  SudoG* sg;
  uintptr value;
  if (ok != nil) *ok = true;
  if (c->qcount > 0) {
    value = c->buffer[c->recvx];
    c->recvx = (c->recvx + 1) % c->dataqsiz;
    c->qcount--;
    sg = dequeue(&c->sendq);
    if (sg != nil) {
      c->buffer[c->sendx] = sg->elem;
      c->sendx = (c->sendx + 1) % c->dataqsiz;
      c->qcount++;
      wake(sg, true);
    }
    return value;
  }
  sg = dequeue(&c->sendq);
  if (sg != nil) {
    value = sg->elem;
    wake(sg, true);
    return value;
  }
  if (!c->closed) {
    enqueue(&c->recvq, &mysg);
    park(nil, nil, "chan receive");
    if (ok != nil) *ok = mysg.success;
    return mysg.elem;
  }
  if (ok != nil) *ok = false;
  return 0;
}

void closechan(Hchan* c) {
  SudoG* sg;
  if (c->closed) panicstring("close of closed channel");
  c->closed = true;
  while ((sg = dequeue(&c->recvq)) != nil) wake(sg, false);
  while ((sg = dequeue(&c->sendq)) != nil) wake(sg, false);
}
