/* wprintf's format language; format.inc is compiled here for wchar_t. */
#include "crt.h"
#include "format.h"
#include "format_double.h"

#define CHAR wchar_t
#define FORMAT crt_wide_format
#include "format.inc"
