/* The console past its streams, and what needs a command interpreter, of which there is none.
 * Source: Microsoft's pages of _putch, _cputs, _cprintf, _getch, _ungetch, _kbhit, system and
 * _popen. */
#include <conio.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mingw/check.h"

int main(void) {
  printf("first "); /* what a stream writes does not come after it */
  CHECK(_cputs("text\r\n") == 0 && _putch('c') == 'c' && _putch('\n') == '\n');
  CHECK(_cputws(L"wide\r\n") == 0 && _putwch(L'w') == L'w');
#if CRT_MSVCRT
  CHECK(_cprintf(" %d %s\r\n", 7, "seven") == 10);
#else
  _cputs(" 7 seven\r\n");
#endif
  CHECK(_getch() == EOF); /* standard input is empty */
  CHECK(!_kbhit() && _ungetch('u') == 'u' && _ungetch('v') == EOF && _kbhit() && _getch() == 'u');
  errno = 0;
  CHECK(system(0) == 0 && system("dir") == -1 && errno == ENOENT);
  puts(failures ? "FAIL console" : "PASS console");
  return failures;
}
