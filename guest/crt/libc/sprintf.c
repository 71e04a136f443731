/* Formatted output into strings. */
#include <stdio.h>
#include "crt.h"
#include "format.h"

#define CHAR char
#define FORMAT crt_format
#define COMMON __stdio_common_vsprintf
#define COMMON_S __stdio_common_vsprintf_s
#define COMMON_N_S __stdio_common_vsnprintf_s
#define COMMON_P __stdio_common_vsprintf_p
#include "sprintf.inc"
