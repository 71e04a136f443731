/* What compilers' startup code calls before main: most of it only says what kind of program this
 * is. */
#include "arguments.h"
#include "crt.h"

static int app_type; /* 1: console, 2: windows */
static int error_mode;
static int thread_locale = -1;

#if CRT_MSVCRT
void __set_app_type(int type) {
  app_type = type;
}
#else
void _set_app_type(int type) {
  app_type = type;
}
int _query_app_type(void) {
  return app_type;
}
#endif
int crt_app_type(void) {
  return app_type;
}

int _set_error_mode(int mode) {
  const int before = error_mode;
  if (mode == 3) return before; /* _REPORT_ERRMODE */
  if (mode < 0 || mode > 2) {
    crt_invalid_parameter();
    return -1;
  }
  error_mode = mode;
  return before;
}

/* Locales are the process's: there is only "C", so a thread's own would be the same. */
int _configthreadlocale(int type) {
  const int before = thread_locale;
  if (type == 1) thread_locale = 1;
  if (type == 2) thread_locale = 2;
  return before == -1 ? 2 : before;
}

#if CRT_MSVCRT
struct startup_info {
  int new_mode;
};

int __getmainargs(int* count, char*** arguments, char*** environment, int expand_wildcards,
                  struct startup_info* info) {
  if (expand_wildcards) crt_expand_wildcards();
  *count = *__p___argc();
  *arguments = *__p___argv();
  *environment = *__p__environ();
  _set_new_mode(info->new_mode);
  return 0;
}

int __wgetmainargs(int* count, wchar_t*** arguments, wchar_t*** environment, int expand_wildcards,
                   struct startup_info* info) {
  if (expand_wildcards) crt_expand_wildcards();
  *count = *__p___argc();
  *arguments = *__p___wargv();
  *environment = *__p__wenviron();
  _set_new_mode(info->new_mode);
  return 0;
}

int __lconv_init(void) {
  return 0; /* the "C" locale's conventions need no making */
}
#else
/* 0: no arguments, 1: as they are, 2: with wildcards expanded. */
int _configure_narrow_argv(int mode) {
  if (mode == 2) crt_expand_wildcards();
  return mode >= 0 && mode <= 2 ? 0 : EINVAL;
}
int _configure_wide_argv(int mode) {
  return _configure_narrow_argv(mode);
}
#endif
