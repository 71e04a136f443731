/* What a case has to say goes to standard output, a line at a time; and checks that count. */
#ifndef CASES_SAY_H
#define CASES_SAY_H

#include "system/win32.h"

static inline void say(const char* text) {
  DWORD written;
  WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), text, (DWORD)lstrlenA(text), &written, 0);
}

/* "text: 0x0000002a\n" */
static inline void say_number(const char* text, DWORD value) {
  char digits[] = ": 0x00000000\n";
  for (int i = 0; i < 8; ++i) {
    DWORD digit = value >> (28 - 4 * i) & 0xf;
    digits[4 + i] = (char)(digit < 10 ? '0' + digit : 'a' + digit - 10);
  }
  say(text);
  say(digits);
}

/* A case that checks itself says each claim that does not hold and exits with their number. */
extern int failures;
static inline void check(int holds, const char* claim, DWORD line) {
  if (holds) return;
  ++failures;
  say("does not hold: ");
  say(claim);
  say_number(", line", line);
}
#define CHECK(claim) check((claim) != 0, #claim, __LINE__)
#define CHECK_ENDS(name)                   \
  do {                                     \
    if (!failures) say("PASS " name "\n"); \
    ExitProcess((UINT)failures);           \
  } while (0)

#endif
