/* Variables that msvcrt exports to programs as old as itself. */
#include "crt.h"

#if CRT_MSVCRT
/* Not 0: the processor divides wrongly (the Pentium's flaw of 1994), and Visual C++'s code is to go
 * around it. Programs of Visual C++ 6 read it when they start. */
int _adjust_fdiv;
double _HUGE = __builtin_huge_val();

/* What GetVersion told when the program began (documented under _osver, _winver). */
unsigned _osplatform, _osver, _winver, _winmajor, _winminor;
unsigned* __p__osver(void) {
  return &_osver;
}
unsigned* __p__winver(void) {
  return &_winver;
}
unsigned* __p__winmajor(void) {
  return &_winmajor;
}
unsigned* __p__winminor(void) {
  return &_winminor;
}

/* Called before the exit routines of DLLs once were; programs only export it anew. */
void(__cdecl* _aexit_rtn)(int) = _exit;

DWORD WINAPI GetVersion(void);

void crt_make_versions(void) {
  const DWORD version = GetVersion();
  _osplatform = version & 0x80000000u ? 1 : 2; /* 2: Windows NT */
  _winmajor = version & 0xff;
  _winminor = version >> 8 & 0xff;
  _winver = _winmajor << 8 | _winminor;
  _osver = version >> 16 & 0x7fff;
}
#else
void crt_make_versions(void) {}
#endif
