/* Variables that programs of Visual C++ 6 and of mingw import from msvcrt. Source: Microsoft,
 * _osver, _winver, _daylight/_timezone/_tzname (before _tzset: the Pacific coast's), _sys_errlist,
 * _pgmptr. */
#include <errno.h>
#include <string.h>
#include <time.h>

#include "mingw/check.h"

#define IMPORTED __declspec(dllimport) extern
IMPORTED int _adjust_fdiv;
IMPORTED unsigned _osver, _winver, _winmajor, _winminor;
IMPORTED long _timezone;
IMPORTED int _daylight;
IMPORTED char* _tzname[2];
IMPORTED const char* const _sys_errlist[];
IMPORTED int _sys_nerr;
IMPORTED unsigned short* _pctype;
IMPORTED char* _acmdln;

int main(void) {
  CHECK(_adjust_fdiv == 0);
  CHECK(_winver == (_winmajor << 8 | _winminor) && _winmajor >= 5 && _osver > 2000);
  CHECK(_timezone == 28800 && _daylight == 1 && !strcmp(_tzname[0], "PST"));
  _tzset(); /* the lab's time zone is UTC */
  CHECK(_timezone == 0 && _daylight == 0 && !strcmp(_tzname[0], "UTC"));
  CHECK(_sys_nerr > 40 && !strcmp(_sys_errlist[ENOENT], "No such file or directory"));
  CHECK(_pctype['5'] & 4 && strstr(_acmdln, "crt_old_variables"));
  puts(failures ? "FAIL old_variables" : "PASS old_variables");
  return failures;
}
