/* Streams that carry Unicode: UTF-16 or UTF-8 in the file, characters of two bytes in the program.
 */
#ifndef CRT_LIBC_STREAM_UNICODE_H
#define CRT_LIBC_STREAM_UNICODE_H

#include "streams.h"

/* One character to and from a file of these modes (flags of struct crt_file); WEOF: none, or an
 * error. */
wint_t crt_get_unicode(FILE* stream, unsigned file_flags);
wint_t crt_put_unicode(wchar_t c, FILE* stream, unsigned file_flags);

/* What a file just opened with _O_WTEXT, _O_U16TEXT or _O_U8TEXT begins with: a mark of byte order
 * is read, where the file may be read, and decides; an empty file that may be written gets one. */
void crt_begin_unicode(int number, int open_flags);
/* FILE_UTF16, FILE_UTF8 and FILE_TEXT for the modes of _setmode; of a device all is UTF-8. */
unsigned crt_mode_flags(int mode, unsigned file_flags);

#endif
