/* The multimedia timer's clock. The lab's clock is finer than any period that can be asked for. */
#include "system/win32.h"

#define TIMERR_NOERROR 0
#define TIMERR_NOCANDO 97
#define LONGEST_PERIOD 1000000

typedef struct TIMECAPS {
  UINT wPeriodMin, wPeriodMax;
} TIMECAPS;

static ULONG begun[16]; /* how often each of the shortest periods was begun and not ended */

static BOOL is_period(UINT period) {
  return period >= 1 && period <= LONGEST_PERIOD;
}

UINT WINAPI timeBeginPeriod(UINT period) {
  if (!is_period(period)) return TIMERR_NOCANDO;
  if (period < sizeof begun / sizeof begun[0]) __sync_fetch_and_add(&begun[period], 1);
  return TIMERR_NOERROR;
}

/* Who ends what was not begun is told so. A period of 16 ms or more is what the clock of Windows
 * has anyway: none is counted. */
UINT WINAPI timeEndPeriod(UINT period) {
  if (!is_period(period)) return TIMERR_NOCANDO;
  if (period >= sizeof begun / sizeof begun[0]) return TIMERR_NOERROR;
  for (;;) {
    ULONG count = begun[period];
    if (!count) return TIMERR_NOCANDO;
    if (__sync_bool_compare_and_swap(&begun[period], count, count - 1)) return TIMERR_NOERROR;
  }
}

UINT WINAPI timeGetDevCaps(TIMECAPS* caps, UINT bytes) {
  if (!caps || bytes < sizeof *caps) return TIMERR_NOCANDO;
  *caps = (TIMECAPS){1, LONGEST_PERIOD};
  return TIMERR_NOERROR;
}

DWORD WINAPI timeGetTime(void) {
  return GetTickCount();
}
