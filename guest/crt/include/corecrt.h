/* What every header of this C runtime needs. */
#ifndef CRT_CORECRT_H
#define CRT_CORECRT_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define CRT_BEGIN extern "C" {
#define CRT_END }
#define CRT_NORETURN [[noreturn]]
#else
#define CRT_BEGIN
#define CRT_END
#define CRT_NORETURN _Noreturn
#endif

typedef unsigned short wint_t;
typedef unsigned short wctype_t;
typedef int errno_t;
typedef int64_t __time64_t;
typedef int32_t __time32_t;
typedef __time64_t time_t; /* _USE_32BIT_TIME_T is not offered by these headers */
typedef struct _locale_struct* _locale_t;

#endif
