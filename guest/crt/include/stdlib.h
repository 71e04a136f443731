#ifndef CRT_STDLIB_H
#define CRT_STDLIB_H

#include <corecrt.h>
#include <errno.h>
#include <malloc.h>

#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1
#define RAND_MAX 0x7fff
#define MB_CUR_MAX 1

typedef struct {
  int quot, rem;
} div_t;
typedef struct {
  long quot, rem;
} ldiv_t;
typedef struct {
  long long quot, rem;
} lldiv_t;
typedef int(__cdecl* _onexit_t)(void);
typedef void(__cdecl* _purecall_handler)(void);
typedef void(__cdecl* _invalid_parameter_handler)(const wchar_t* expression,
                                                  const wchar_t* function, const wchar_t* file,
                                                  unsigned line, uintptr_t reserved);

CRT_BEGIN
CRT_NORETURN void exit(int code);
CRT_NORETURN void _exit(int code);
CRT_NORETURN void _Exit(int code);
CRT_NORETURN void quick_exit(int code);
CRT_NORETURN void abort(void);
int atexit(void(__cdecl* routine)(void));
int at_quick_exit(void(__cdecl* routine)(void));
_onexit_t _onexit(_onexit_t routine);
void _cexit(void);
void _c_exit(void);
unsigned _set_abort_behavior(unsigned flags, unsigned mask);
#define _WRITE_ABORT_MSG 1
#define _CALL_REPORTFAULT 2
int _set_error_mode(int mode);
_purecall_handler _set_purecall_handler(_purecall_handler handler);
_purecall_handler _get_purecall_handler(void);
_invalid_parameter_handler _set_invalid_parameter_handler(_invalid_parameter_handler handler);
_invalid_parameter_handler _get_invalid_parameter_handler(void);
_invalid_parameter_handler _set_thread_local_invalid_parameter_handler(
    _invalid_parameter_handler handler);
_invalid_parameter_handler _get_thread_local_invalid_parameter_handler(void);
CRT_NORETURN void _invoke_watson(const wchar_t* expression, const wchar_t* function,
                                 const wchar_t* file, unsigned line, uintptr_t reserved);

int abs(int value);
long labs(long value);
long long llabs(long long value);
int64_t _abs64(int64_t value);
div_t div(int a, int b);
ldiv_t ldiv(long a, long b);
lldiv_t lldiv(long long a, long long b);
int rand(void);
void srand(unsigned seed);
errno_t rand_s(unsigned* value);
void qsort(void* base, size_t count, size_t size, int(__cdecl* compare)(const void*, const void*));
void* bsearch(const void* key, const void* base, size_t count, size_t size,
              int(__cdecl* compare)(const void*, const void*));
void qsort_s(void* base, size_t count, size_t size,
             int(__cdecl* compare)(void*, const void*, const void*), void* context);
void* bsearch_s(const void* key, const void* base, size_t count, size_t size,
                int(__cdecl* compare)(void*, const void*, const void*), void* context);
void* _lfind_s(const void* key, const void* base, unsigned* count, size_t size,
               int(__cdecl* compare)(void*, const void*, const void*), void* context);
void* _lsearch_s(const void* key, void* base, unsigned* count, size_t size,
                 int(__cdecl* compare)(void*, const void*, const void*), void* context);
void* _lfind(const void* key, const void* base, unsigned* count, unsigned size,
             int(__cdecl* compare)(const void*, const void*));
void* _lsearch(const void* key, void* base, unsigned* count, unsigned size,
               int(__cdecl* compare)(const void*, const void*));

int atoi(const char* text);
long atol(const char* text);
long long atoll(const char* text);
int64_t _atoi64(const char* text);
double atof(const char* text);
long strtol(const char* text, char** end, int base);
unsigned long strtoul(const char* text, char** end, int base);
long long strtoll(const char* text, char** end, int base);
unsigned long long strtoull(const char* text, char** end, int base);
int64_t _strtoi64(const char* text, char** end, int base);
uint64_t _strtoui64(const char* text, char** end, int base);
double strtod(const char* text, char** end);
float strtof(const char* text, char** end);
long double strtold(const char* text, char** end);
int _wtoi(const wchar_t* text);
long _wtol(const wchar_t* text);
int64_t _wtoi64(const wchar_t* text);
double _wtof(const wchar_t* text);
long wcstol(const wchar_t* text, wchar_t** end, int base);
unsigned long wcstoul(const wchar_t* text, wchar_t** end, int base);
long long wcstoll(const wchar_t* text, wchar_t** end, int base);
unsigned long long wcstoull(const wchar_t* text, wchar_t** end, int base);
int64_t _wcstoi64(const wchar_t* text, wchar_t** end, int base);
uint64_t _wcstoui64(const wchar_t* text, wchar_t** end, int base);
double wcstod(const wchar_t* text, wchar_t** end);
float wcstof(const wchar_t* text, wchar_t** end);
char* _itoa(int value, char* to, int base);
char* _ltoa(long value, char* to, int base);
char* _ultoa(unsigned long value, char* to, int base);
char* _i64toa(int64_t value, char* to, int base);
char* _ui64toa(uint64_t value, char* to, int base);
wchar_t* _itow(int value, wchar_t* to, int base);
wchar_t* _ltow(long value, wchar_t* to, int base);
wchar_t* _ultow(unsigned long value, wchar_t* to, int base);
wchar_t* _i64tow(int64_t value, wchar_t* to, int base);
wchar_t* _ui64tow(uint64_t value, wchar_t* to, int base);
errno_t _itoa_s(int value, char* to, size_t room, int base);
errno_t _ltoa_s(long value, char* to, size_t room, int base);
errno_t _ultoa_s(unsigned long value, char* to, size_t room, int base);
errno_t _i64toa_s(int64_t value, char* to, size_t room, int base);
errno_t _ui64toa_s(uint64_t value, char* to, size_t room, int base);
errno_t _itow_s(int value, wchar_t* to, size_t room, int base);
char* _ecvt(double value, int digits, int* point, int* sign);
char* _fcvt(double value, int digits, int* point, int* sign);
char* _gcvt(double value, int digits, char* to);
errno_t _ecvt_s(char* to, size_t room, double value, int digits, int* point, int* sign);
errno_t _fcvt_s(char* to, size_t room, double value, int digits, int* point, int* sign);
errno_t _gcvt_s(char* to, size_t room, double value, int digits);

char* getenv(const char* name);
int _putenv(const char* assignment);
errno_t _putenv_s(const char* name, const char* value);
errno_t getenv_s(size_t* needed, char* to, size_t room, const char* name);
errno_t _dupenv_s(char** to, size_t* length, const char* name);
wchar_t* _wgetenv(const wchar_t* name);
int _wputenv(const wchar_t* assignment);
int system(const char* command);
errno_t _wputenv_s(const wchar_t* name, const wchar_t* value);
errno_t _wgetenv_s(size_t* needed, wchar_t* to, size_t room, const wchar_t* name);
errno_t _wdupenv_s(wchar_t** to, size_t* length, const wchar_t* name);
errno_t _searchenv_s(const char* name, const char* variable, char* to, size_t room);
void _searchenv(const char* name, const char* variable, char* to);
void _sleep(unsigned long milliseconds);

errno_t wctomb_s(int* length, char* to, size_t room, wchar_t character);
int mblen(const char* text, size_t count);
int mbtowc(wchar_t* to, const char* text, size_t count);
int wctomb(char* to, wchar_t character);
size_t mbstowcs(wchar_t* to, const char* text, size_t count);
size_t wcstombs(char* to, const wchar_t* text, size_t count);
errno_t mbstowcs_s(size_t* converted, wchar_t* to, size_t room, const char* text, size_t count);
errno_t wcstombs_s(size_t* converted, char* to, size_t room, const wchar_t* text, size_t count);

unsigned _rotl(unsigned value, int count);
unsigned _rotr(unsigned value, int count);
uint64_t _rotl64(uint64_t value, int count);
uint64_t _rotr64(uint64_t value, int count);
unsigned long _lrotl(unsigned long value, int count);
unsigned long _lrotr(unsigned long value, int count);
unsigned short _byteswap_ushort(unsigned short value);
unsigned long _byteswap_ulong(unsigned long value);
uint64_t _byteswap_uint64(uint64_t value);
char* _fullpath(char* to, const char* path, size_t room);
void _makepath(char* path, const char* drive, const char* folder, const char* name,
               const char* extension);
void _splitpath(const char* path, char* drive, char* folder, char* name, char* extension);
errno_t _makepath_s(char* path, size_t room, const char* drive, const char* folder,
                    const char* name, const char* extension);
errno_t _splitpath_s(const char* path, char* drive, size_t drive_room, char* folder,
                     size_t folder_room, char* name, size_t name_room, char* extension,
                     size_t extension_room);
wchar_t* _wfullpath(wchar_t* to, const wchar_t* path, size_t room);

int* __p___argc(void);
char*** __p___argv(void);
wchar_t*** __p___wargv(void);
char*** __p__environ(void);
wchar_t*** __p__wenviron(void);
char** __p__pgmptr(void);
CRT_END

#define __argc (*__p___argc())
#define __argv (*__p___argv())
#define __wargv (*__p___wargv())
#define _environ (*__p__environ())
#define _wenviron (*__p__wenviron())
#define _pgmptr (*__p__pgmptr())
#define _countof(array) (sizeof(array) / sizeof((array)[0]))
#define _MAX_PATH 260
#define _MAX_DRIVE 3
#define _MAX_DIR 256
#define _MAX_FNAME 256
#define _MAX_EXT 256

#endif
