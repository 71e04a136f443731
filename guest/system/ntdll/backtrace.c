/* The calls that lead here, by the frames that EBP links: what Microsoft documents of
 * CaptureStackBackTrace. A function without such a frame is left out, and what is no frame ends the
 * walk. */
#include "system/ntdll/ntdll.h"

typedef struct FRAME {
  struct FRAME* Caller;
  PVOID ReturnAddress;
} FRAME;

/* In the thread's stack, above the frame before it. */
static BOOLEAN is_frame(const FRAME* frame, const FRAME* before) {
  const ULONG_PTR at = (ULONG_PTR)frame;
  return frame > before && (at & 3) == 0 && at >= teb_read(TEB_STACK_LIMIT) &&
         at <= teb_read(TEB_STACK_BASE) - sizeof *frame;
}

static ULONG walk(const FRAME* frame, PVOID* to, ULONG skip, ULONG most) {
  ULONG count = 0;
  while (count < most) {
    const ULONG_PTR back = (ULONG_PTR)frame->ReturnAddress;
    /* Code lies outside of the stack, and the first 64 KiB hold nothing. */
    if (back < 0x10000 || (back >= teb_read(TEB_STACK_LIMIT) && back < teb_read(TEB_STACK_BASE))) {
      break;
    }
    if (skip) {
      --skip;
    } else {
      to[count++] = frame->ReturnAddress;
    }
    if (!is_frame(frame->Caller, frame)) break;
    frame = frame->Caller;
  }
  return count;
}

/* `*hash` is the sum of the addresses. */
USHORT NTAPI RtlCaptureStackBackTrace(ULONG skip, ULONG most, PVOID* to, ULONG* hash) {
  ULONG count = walk(__builtin_frame_address(0), to, skip, most < 0xffff ? most : 0xffff);
  if (hash) {
    *hash = 0;
    for (ULONG i = 0; i < count; ++i) *hash += (ULONG)to[i];
  }
  return (USHORT)count;
}

ULONG NTAPI RtlWalkFrameChain(PVOID* to, ULONG most, ULONG flags) {
  return flags ? 0 : walk(__builtin_frame_address(0), to, 0, most);
}
