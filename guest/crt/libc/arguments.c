/* The program's arguments: the command line split by the documented rules ("Parsing C command-line
 * arguments"), for char and for wchar_t. */
#include "arguments.h"

#include "names.h"

/* msvcrt exports these as data; the headers' macros of the same names call functions. */
#undef __argc
#undef __argv
#undef __wargv
#undef _pgmptr
int __argc;
char** __argv;
wchar_t** __wargv;
char* _acmdln;
wchar_t* _wcmdln;
char* _pgmptr;
wchar_t* _wpgmptr;

static int is_blank(wchar_t c) {
  return c == ' ' || c == '\t';
}

/* Where the splitter writes: nowhere in the first round, which counts. */
struct sink {
  wchar_t* text;
  size_t characters;
  int wild; /* the argument has * or ? outside of quotation marks */
};

static void put(struct sink* sink, wchar_t c) {
  if (sink->text) sink->text[sink->characters] = c;
  ++sink->characters;
}

/* The program's name ends at the first blank outside of quotes; backslashes mean nothing in it. */
static const wchar_t* split_program(const wchar_t* line, struct sink* sink) {
  int quoted = 0;
  for (; *line && (quoted || !is_blank(*line)); ++line) {
    if (*line == '"') {
      quoted = !quoted;
    } else {
      put(sink, *line);
    }
  }
  put(sink, 0);
  return line;
}

/* 2n backslashes and a quotation mark are n backslashes and a delimiter; 2n+1 and a quotation mark
 * are n backslashes and a quotation mark; others stand for themselves. Two quotation marks in a
 * quoted part are one. */
static const wchar_t* split_argument(const wchar_t* line, struct sink* sink) {
  int quoted = 0;
  while (*line && (quoted || !is_blank(*line))) {
    size_t backslashes = 0;
    for (; *line == '\\'; ++line) ++backslashes;
    if (*line != '"') {
      while (backslashes-- > 0) put(sink, '\\');
      if (!quoted && (*line == '*' || *line == '?')) sink->wild = 1;
      if (*line && (quoted || !is_blank(*line))) put(sink, *line++);
      continue;
    }
    for (size_t i = 0; i < backslashes / 2; ++i) put(sink, '\\');
    if (backslashes % 2 || (quoted && line[1] == '"')) {
      if (!(backslashes % 2)) ++line;
      put(sink, '"');
    } else {
      quoted = !quoted;
    }
    ++line;
  }
  put(sink, 0);
  return line;
}

/* Where an argument begins in the sink's text, and what it is. */
struct start {
  size_t at;
  int wild;
};

/* One round over the line; `starts` may be null. */
static int split(const wchar_t* line, struct sink* sink, struct start* starts) {
  int count = 0;
  if (starts) starts[count] = (struct start){sink->characters, 0};
  ++count;
  line = split_program(line, sink);
  for (;;) {
    while (is_blank(*line)) ++line;
    if (!*line) return count;
    const size_t at = sink->characters;
    sink->wild = 0;
    line = split_argument(line, sink);
    if (starts) starts[count] = (struct start){at, sink->wild};
    ++count;
  }
}

static void* needed(size_t bytes) {
  void* block = malloc(bytes);
  if (!block) _amsg_exit(8);
  return block;
}

static void make_program_paths(void) {
  static char narrow[MAX_PATH + 1];
  static wchar_t wide[MAX_PATH + 1];
  GetModuleFileNameA(0, narrow, MAX_PATH);
  GetModuleFileNameW(0, wide, MAX_PATH);
  _pgmptr = narrow;
  _wpgmptr = wide;
}

static char* wild; /* for each argument: may its * and ? be expanded? */

int crt_is_wild(int argument) {
  return wild && wild[argument];
}

void crt_replace_arguments(int count, wchar_t** arguments) {
  char** narrow = needed(((size_t)count + 1) * sizeof *narrow);
  for (int i = 0; i < count; ++i) {
    narrow[i] = crt_narrow(arguments[i], wcslen(arguments[i]) + 1);
    if (!narrow[i]) _amsg_exit(8);
  }
  narrow[count] = 0;
  __argc = count;
  __argv = narrow;
  __wargv = arguments;
  free(wild);
  wild = 0;
}

void crt_make_arguments(void) {
  make_program_paths();
  _wcmdln = GetCommandLineW();
  _acmdln = GetCommandLineA();
  struct sink sink = {0, 0, 0};
  __argc = split(_wcmdln, &sink, 0);
  const size_t characters = sink.characters;
  struct start* starts = needed((size_t)__argc * sizeof *starts);
  __wargv = needed(((size_t)__argc + 1) * sizeof *__wargv);
  __argv = needed(((size_t)__argc + 1) * sizeof *__argv);
  wild = needed((size_t)__argc);
  sink = (struct sink){needed(characters * sizeof(wchar_t)), 0, 0};
  split(_wcmdln, &sink, starts);
  char* narrow = crt_narrow(sink.text, characters);
  if (!narrow) _amsg_exit(8);
  for (int i = 0; i < __argc; ++i) {
    __wargv[i] = sink.text + starts[i].at;
    __argv[i] = narrow + starts[i].at;
    wild[i] = (char)starts[i].wild;
  }
  __wargv[__argc] = 0;
  __argv[__argc] = 0;
  free(starts);
}

int* __p___argc(void) {
  return &__argc;
}
char*** __p___argv(void) {
  return &__argv;
}
wchar_t*** __p___wargv(void) {
  return &__wargv;
}
char** __p__acmdln(void) {
  return &_acmdln;
}
wchar_t** __p__wcmdln(void) {
  return &_wcmdln;
}

char** __p__pgmptr(void) {
  return &_pgmptr;
}
wchar_t** __p__wpgmptr(void) {
  return &_wpgmptr;
}

/* What WinMain gets: the command line after the program's name. */
wchar_t* crt_after_program(wchar_t* line) {
  struct sink sink = {0, 0, 0};
  const wchar_t* rest = split_program(line, &sink);
  while (is_blank(*rest)) ++rest;
  return (wchar_t*)rest;
}
wchar_t* _get_wide_winmain_command_line(void) {
  return crt_after_program(_wcmdln);
}
char* _get_narrow_winmain_command_line(void) {
  return _acmdln + (crt_after_program(_wcmdln) - _wcmdln);
}

#if !CRT_MSVCRT
errno_t _get_pgmptr(char** to) {
  if (!to) {
    crt_invalid_parameter();
    return EINVAL;
  }
  *to = _pgmptr;
  return 0;
}
errno_t _get_wpgmptr(wchar_t** to) {
  if (!to) {
    crt_invalid_parameter();
    return EINVAL;
  }
  *to = _wpgmptr;
  return 0;
}
#endif
