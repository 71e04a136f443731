/* Paths of wchar_t: paths.inc. */
#include "crt.h"

#define CHAR wchar_t
#define SPLIT _wsplitpath
#define SPLIT_S _wsplitpath_s
#define MAKE _wmakepath
#define MAKE_S _wmakepath_s
#include "paths.inc"
