/* Files by number: handles, and the translation of line ends. */
#ifndef CRT_LIBC_FILES_H
#define CRT_LIBC_FILES_H

#include "crt.h"

#define MOST_FILES 2048 /* documented under _setmaxstdio */

enum {
  FILE_OPEN = 0x01,
  FILE_AT_END = 0x02, /* a Ctrl-Z was met in text mode */
  FILE_APPEND = 0x20,
  FILE_DEVICE = 0x40,
  FILE_TEXT = 0x80,
  FILE_UTF16 = 0x100, /* wide characters are written as they are, LF as CR LF */
  FILE_UTF8 = 0x200   /* wide characters are written as UTF-8 */
};

struct crt_file {
  HANDLE handle;
  unsigned flags;
  int kept; /* a character that was read ahead, or -1 */
};

/* null with errno set to EBADF, and the handler of invalid parameters told: there is no such file
 * (documented under _close, _read and their kin) */
struct crt_file* crt_file(int number);
void crt_make_files(void);
int crt_open(const wchar_t* name, int flags);
int crt_open_shared(const wchar_t* name, int flags, int sharing, int permissions);

#endif
