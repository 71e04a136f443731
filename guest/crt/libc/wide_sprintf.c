/* Formatted output into wide strings. */
#include <stdio.h>
#include "crt.h"
#include "format.h"

#define CHAR wchar_t
#define FORMAT crt_wide_format
#define COMMON __stdio_common_vswprintf
#define COMMON_S __stdio_common_vswprintf_s
#define COMMON_N_S __stdio_common_vsnwprintf_s
#define COMMON_P __stdio_common_vswprintf_p
#include "sprintf.inc"
