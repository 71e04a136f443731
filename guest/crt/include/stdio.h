#ifndef CRT_STDIO_H
#define CRT_STDIO_H

#include <corecrt.h>

#define EOF (-1)
#define BUFSIZ 512
#define FILENAME_MAX 260
#define FOPEN_MAX 20
#define L_tmpnam 260
#define TMP_MAX 0x7fffffff
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#define _IOFBF 0x00
#define _IOLBF 0x40
#define _IONBF 0x04
#ifndef WEOF
#define WEOF ((wint_t)0xffff)
#endif

/* The layout that msvcrt's programs rely on (its getc was once a macro over it). */
typedef struct _iobuf {
  char* _ptr;
  int _cnt;
  char* _base;
  int _flag;
  int _file;
  int _charbuf;
  int _bufsiz;
  char* _tmpfname;
} FILE;
typedef int64_t fpos_t;

CRT_BEGIN
#if CRT_MSVCRT
FILE* __iob_func(void);
#define stdin (&__iob_func()[0])
#define stdout (&__iob_func()[1])
#define stderr (&__iob_func()[2])
#else
FILE* __acrt_iob_func(unsigned index);
#define stdin (__acrt_iob_func(0))
#define stdout (__acrt_iob_func(1))
#define stderr (__acrt_iob_func(2))
#endif

FILE* fopen(const char* name, const char* mode);
errno_t fopen_s(FILE** stream, const char* name, const char* mode);
FILE* _wfopen(const wchar_t* name, const wchar_t* mode);
FILE* freopen(const char* name, const char* mode, FILE* stream);
FILE* _fdopen(int file, const char* mode);
FILE* _fsopen(const char* name, const char* mode, int sharing);
FILE* _wfsopen(const wchar_t* name, const wchar_t* mode, int sharing);
errno_t _wfopen_s(FILE** stream, const wchar_t* name, const wchar_t* mode);
errno_t freopen_s(FILE** to, const char* name, const char* mode, FILE* stream);
FILE* tmpfile(void);
errno_t tmpfile_s(FILE** stream);
char* tmpnam(char* to);
errno_t tmpnam_s(char* to, size_t room);
char* _tempnam(const char* folder, const char* prefix);
int _rmtmp(void);
int _setmaxstdio(int most);
int _getmaxstdio(void);
int fclose(FILE* stream);
int _fcloseall(void);
int fflush(FILE* stream);
int _flushall(void);
int setvbuf(FILE* stream, char* buffer, int mode, size_t bytes);
void setbuf(FILE* stream, char* buffer);
int _fileno(FILE* stream);
int feof(FILE* stream);
int ferror(FILE* stream);
void clearerr(FILE* stream);
errno_t clearerr_s(FILE* stream);
int remove(const char* name);
int rename(const char* from, const char* to);
int _unlink(const char* name);

int fgetc(FILE* stream);
int getc(FILE* stream);
int getchar(void);
int ungetc(int c, FILE* stream);
char* fgets(char* to, int room, FILE* stream);
char* gets_s(char* to, size_t room);
int fputc(int c, FILE* stream);
int putc(int c, FILE* stream);
int putchar(int c);
int fputs(const char* text, FILE* stream);
int puts(const char* text);
size_t fread(void* to, size_t size, size_t count, FILE* stream);
size_t fread_s(void* to, size_t room, size_t size, size_t count, FILE* stream);
size_t fwrite(const void* from, size_t size, size_t count, FILE* stream);
int _getw(FILE* stream);
int _putw(int value, FILE* stream);
wint_t fgetwc(FILE* stream);
wint_t getwchar(void);
wint_t ungetwc(wint_t c, FILE* stream);
wchar_t* fgetws(wchar_t* to, int room, FILE* stream);
wint_t fputwc(wchar_t c, FILE* stream);
wint_t putwchar(wchar_t c);
wchar_t* _getws(wchar_t* to);
wchar_t* _getws_s(wchar_t* to, size_t room);
int fputws(const wchar_t* text, FILE* stream);
int _putws(const wchar_t* text);

int fseek(FILE* stream, long offset, int origin);
long ftell(FILE* stream);
int _fseeki64(FILE* stream, int64_t offset, int origin);
int64_t _ftelli64(FILE* stream);
void rewind(FILE* stream);
int fgetpos(FILE* stream, fpos_t* position);
int fsetpos(FILE* stream, const fpos_t* position);
void perror(const char* text);

int printf(const char* format, ...);
int fprintf(FILE* stream, const char* format, ...);
int vprintf(const char* format, va_list arguments);
int vfprintf(FILE* stream, const char* format, va_list arguments);
int sprintf(char* to, const char* format, ...);
int vsprintf(char* to, const char* format, va_list arguments);
int _snprintf(char* to, size_t room, const char* format, ...);
int _vsnprintf(char* to, size_t room, const char* format, va_list arguments);
int _scprintf(const char* format, ...);
int _vscprintf(const char* format, va_list arguments);
int sprintf_s(char* to, size_t room, const char* format, ...);
int vsprintf_s(char* to, size_t room, const char* format, va_list arguments);
int _snprintf_s(char* to, size_t room, size_t most, const char* format, ...);
int _vsnprintf_s(char* to, size_t room, size_t most, const char* format, va_list arguments);
int _printf_p(const char* format, ...);
int _sprintf_p(char* to, size_t room, const char* format, ...);
int _vsprintf_p(char* to, size_t room, const char* format, va_list arguments);
int _swprintf_p(wchar_t* to, size_t room, const wchar_t* format, ...);
#if !CRT_MSVCRT
int snprintf(char* to, size_t room, const char* format, ...);
int vsnprintf(char* to, size_t room, const char* format, va_list arguments);
#endif
int wprintf(const wchar_t* format, ...);
int fwprintf(FILE* stream, const wchar_t* format, ...);
int vfwprintf(FILE* stream, const wchar_t* format, va_list arguments);
#if CRT_MSVCRT
int swprintf(wchar_t* to, const wchar_t* format, ...); /* without a size, as before C99 */
int vswprintf(wchar_t* to, const wchar_t* format, va_list arguments);
#else
int swprintf(wchar_t* to, size_t room, const wchar_t* format, ...);
int vswprintf(wchar_t* to, size_t room, const wchar_t* format, va_list arguments);
#endif
int _snwprintf(wchar_t* to, size_t room, const wchar_t* format, ...);
int _vsnwprintf(wchar_t* to, size_t room, const wchar_t* format, va_list arguments);

int scanf(const char* format, ...);
int fscanf(FILE* stream, const char* format, ...);
int sscanf(const char* text, const char* format, ...);
int sscanf_s(const char* text, const char* format, ...);
int swscanf(const wchar_t* text, const wchar_t* format, ...);
#if !CRT_MSVCRT
int vscanf(const char* format, va_list arguments);
int vfscanf(FILE* stream, const char* format, va_list arguments);
int vsscanf(const char* text, const char* format, va_list arguments);
#endif
int _set_printf_count_output(int value);
unsigned _get_output_format(void);
unsigned _set_output_format(unsigned format);
CRT_END

#define _TWO_DIGIT_EXPONENT 1

#endif
