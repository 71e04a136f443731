/* The environment: a list of "NAME=value" for char and one for wchar_t, both from the process's
 * block. A change is made in both, and kept from the process's own block (as msvcrt's and the
 * UCRT's callers see it; SetEnvironmentVariable is not called). */
#include "arguments.h"
#include "names.h"

#undef _environ
#undef _wenviron
wchar_t** _wenviron;
char** _environ;
#define wide _wenviron
#define narrow _environ
static size_t count;
/* What main got as its third parameter: the list at the start. */
char** __initenv;
wchar_t** __winitenv;

static void* needed(void* block) {
  if (!block) _amsg_exit(9);
  return block;
}

void crt_make_environment(void) {
  const wchar_t* block = current_peb()->ProcessParameters->Environment;
  size_t entries = 0;
  for (const wchar_t* at = block; *at; at += wcslen(at) + 1) ++entries;
  wide = needed(calloc(entries + 1, sizeof *wide));
  narrow = needed(calloc(entries + 1, sizeof *narrow));
  for (const wchar_t* at = block; *at; at += wcslen(at) + 1) {
    if (*at == '=') continue; /* the current folders of drives, which Windows hides there */
    wide[count] = needed(_wcsdup(at));
    narrow[count++] = needed(crt_narrow(at, wcslen(at) + 1));
  }
  __initenv = narrow;
  __winitenv = wide;
}

char*** __p__environ(void) {
  return &narrow;
}
wchar_t*** __p__wenviron(void) {
  return &wide;
}
char*** __p___initenv(void) {
  return &__initenv;
}
wchar_t*** __p___winitenv(void) {
  return &__winitenv;
}
char** _get_initial_narrow_environment(void) {
  return __initenv;
}
wchar_t** _get_initial_wide_environment(void) {
  return __winitenv;
}
int _initialize_narrow_environment(void) {
  return 0; /* made when the runtime was loaded */
}
int _initialize_wide_environment(void) {
  return 0;
}

/* Names are compared without regard to case. */
static size_t find(const char* name, size_t length) {
  size_t i = 0;
  for (; i < count; ++i) {
    if (_strnicmp(narrow[i], name, length) == 0 && narrow[i][length] == '=') break;
  }
  return i;
}

char* getenv(const char* name) {
  if (!name) {
    crt_invalid_parameter();
    return 0;
  }
  const size_t length = strlen(name);
  const size_t at = find(name, length);
  return at < count ? narrow[at] + length + 1 : 0;
}

static char* narrow_copy(const wchar_t* text) {
  return text ? crt_narrow(text, wcslen(text) + 1) : 0;
}

wchar_t* _wgetenv(const wchar_t* name) {
  char* plain = narrow_copy(name);
  if (!plain) {
    crt_invalid_parameter();
    return 0;
  }
  const size_t length = strlen(plain);
  const size_t at = find(plain, length);
  free(plain);
  return at < count ? wide[at] + length + 1 : 0;
}

/* A list with room for one more; the first change leaves the list that main got as it is. */
static int make_room(void) {
  char** more_narrow = malloc((count + 2) * sizeof *more_narrow);
  wchar_t** more_wide = malloc((count + 2) * sizeof *more_wide);
  if (!more_narrow || !more_wide) {
    free(more_narrow);
    free(more_wide);
    return 0;
  }
  memcpy(more_narrow, narrow, (count + 1) * sizeof *narrow);
  memcpy(more_wide, wide, (count + 1) * sizeof *wide);
  if (narrow != __initenv) free(narrow);
  if (wide != __winitenv) free(wide);
  narrow = more_narrow;
  wide = more_wide;
  return 1;
}

static void drop(size_t at) {
  for (size_t i = at; i < count; ++i) {
    narrow[i] = narrow[i + 1];
    wide[i] = wide[i + 1];
  }
  --count;
}

/* "NAME=value"; "NAME=" removes it. The strings that go are not freed: getenv gave them out. */
int _putenv(const char* assignment) {
  const char* equals = assignment ? strchr(assignment, '=') : 0;
  if (!equals || equals == assignment) {
    crt_invalid_parameter();
    return -1;
  }
  crt_lock(LOCK_ENVIRONMENT);
  int result = -1;
  const size_t at = find(assignment, (size_t)(equals - assignment));
  if (make_room()) {
    result = 0;
    if (!equals[1]) {
      if (at < count) drop(at);
    } else {
      char* text = _strdup(assignment);
      wchar_t* wide_text = crt_wide_name(assignment);
      if (text && wide_text) {
        narrow[at] = text;
        wide[at] = wide_text;
        if (at == count) {
          narrow[++count] = 0;
          wide[count] = 0;
        }
      } else {
        result = -1;
      }
    }
  }
  crt_unlock(LOCK_ENVIRONMENT);
  return result;
}

int _wputenv(const wchar_t* assignment) {
  char* plain = narrow_copy(assignment);
  const int result = _putenv(plain);
  free(plain);
  return result;
}

errno_t _putenv_s(const char* name, const char* value) {
  if (!name || !value) {
    crt_invalid_parameter();
    return EINVAL;
  }
  const size_t length = strlen(name);
  char* assignment = malloc(length + strlen(value) + 2);
  if (!assignment) return ENOMEM;
  strcpy(assignment, name);
  assignment[length] = '=';
  strcpy(assignment + length + 1, value);
  const int result = _putenv(assignment);
  free(assignment);
  return result == 0 ? 0 : errno;
}

errno_t getenv_s(size_t* required, char* to, size_t room, const char* name) {
  if (!required || (!to && room > 0) || !name) {
    crt_invalid_parameter();
    return EINVAL;
  }
  if (to && room > 0) to[0] = 0;
  const char* value = getenv(name);
  *required = value ? strlen(value) + 1 : 0;
  if (!value || !to) return 0;
  if (*required > room) return ERANGE;
  strcpy(to, value);
  return 0;
}

errno_t _dupenv_s(char** to, size_t* length, const char* name) {
  if (!to || !name) {
    crt_invalid_parameter();
    return EINVAL;
  }
  const char* value = getenv(name);
  *to = value ? _strdup(value) : 0;
  if (length) *length = value ? strlen(value) + 1 : 0;
  return value && !*to ? ENOMEM : 0;
}

errno_t _wputenv_s(const wchar_t* name, const wchar_t* value) {
  char *plain = narrow_copy(name), *plain_value = narrow_copy(value);
  const errno_t error = _putenv_s(plain, plain_value);
  free(plain);
  free(plain_value);
  return error;
}
errno_t _wgetenv_s(size_t* required, wchar_t* to, size_t room, const wchar_t* name) {
  if (!required || (!to && room > 0) || !name) {
    crt_invalid_parameter();
    return EINVAL;
  }
  if (to && room > 0) to[0] = 0;
  const wchar_t* value = _wgetenv(name);
  *required = value ? wcslen(value) + 1 : 0;
  if (!value || !to) return 0;
  if (*required > room) return ERANGE;
  wcscpy(to, value);
  return 0;
}
errno_t _wdupenv_s(wchar_t** to, size_t* length, const wchar_t* name) {
  if (!to || !name) {
    crt_invalid_parameter();
    return EINVAL;
  }
  const wchar_t* value = _wgetenv(name);
  *to = value ? _wcsdup(value) : 0;
  if (length) *length = value ? wcslen(value) + 1 : 0;
  return value && !*to ? ENOMEM : 0;
}
