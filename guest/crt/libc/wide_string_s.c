/* wcscpy_s and its kin. */
#include "crt.h"

void _invalid_parameter_noinfo(void);

#define CHAR wchar_t
#define NAME(rest) wcs##rest
#define NAME_(rest) _wcs##rest
#include "string_s.inc"
