/* Runs the tests that the command line names, or all (testing.go). */
#include "go/testing.h"

#include "go/os_windows.h"
#include "go/tests.h"

static void logf(T* t, const char* format, __builtin_va_list args) {
  uint32 left = sizeof t->output - t->noutput;
  uint32 n = snprintf(t->output + t->noutput, left, "\t");
  n += vsnprintf(t->output + t->noutput + n, left - n, format, args);
  if (n + 2 > left) n = left - 2;
  t->output[t->noutput + n] = '\n';
  t->noutput += n + 1;
  t->output[t->noutput] = 0;
}

void T_Errorf(T* t, const char* format, ...) {
  __builtin_va_list args;
  __builtin_va_start(args, format);
  if (t->noutput < sizeof t->output - 8) logf(t, format, args);
  __builtin_va_end(args);
  t->failed = true;
}

void T_Fatalf(T* t, const char* format, ...) {
  __builtin_va_list args;
  __builtin_va_start(args, format);
  if (t->noutput < sizeof t->output - 8) logf(t, format, args);
  __builtin_va_end(args);
  t->failed = true;
  t->finished = true;
  Goexit();
}

static void print(const char* s) {
  write(1, s, findnull(s));
}

static void report(T* t) {
  print(t->failed ? "--- FAIL: " : "--- PASS: ");
  print(t->name);
  print("\n");
  print(t->output);
}

/* The deferred half of tRunner: also when the test ended early. A panic is not stopped here. */
static GOFUNC(tRunner_func1) {
  T* t = (T*)GOARG(0);
  if (!t->finished) {
    /* the test panics: say whose it is before the program ends */
    print("--- FAIL: ");
    print(t->name);
    print("\n");
    return;
  }
  chansend(t->signal, 0);
}

static GOFUNC(tRunner) {
  static FuncVal func1 = {tRunner_func1};
  T* t = (T*)GOARG(0);
  void (*f)(T*) = (void (*)(T*))GOARG(1);
  DEFER(4, &func1, t);
  f(t);
  t->finished = true;
  RETURN;
}

static bool run(InternalTest* test) {
  static FuncVal runner = {tRunner};
  T* t = mal(sizeof(T));
  bool ok;
  t->name = test->name;
  t->signal = makechan(0);
  newproc(8, &runner, t, test->f);
  chanrecv(t->signal, nil);
  report(t);
  ok = !t->failed;
  return ok;
}

static InternalTest* find(const char* name) {
  uint32 i;
  for (i = 0; i < ntests; i++) {
    if (streq(tests[i].name, name)) return &tests[i];
  }
  return nil;
}

/* The next word of a command line; words may be quoted. nil at the end. */
static char* nextarg(char** line) {
  char* p = *line;
  char* out;
  char* start;
  bool quoted = false;
  while (*p == ' ' || *p == '\t') p++;
  if (*p == 0) return nil;
  start = out = p;
  for (; *p != 0 && (quoted || (*p != ' ' && *p != '\t')); p++) {
    if (*p == '"') {
      quoted = !quoted;
    } else {
      *out++ = *p;
    }
  }
  if (*p != 0) p++;
  *line = p;
  *out = 0;
  return start;
}

static char* commandline(void) {
  const char* line = (const char*)stdcall(GetCommandLineA, 0);
  uint32 n = findnull(line) + 1;
  return memcpy(mal(n), line, n);
}

/* Every name that is no test's: said before anything runs. */
static bool unknownnames(char* line) {
  bool unknown = false;
  char* name;
  while ((name = nextarg(&line)) != nil) {
    if (find(name) != nil) continue;
    print("testing: unknown test ");
    print(name);
    print("\n");
    unknown = true;
  }
  return unknown;
}

static void finish(bool ok) {
  print(ok ? "PASS\n" : "FAIL\n");
  exit(ok ? 0 : 1);
}

void main_main(void) {
  char* line = commandline();
  char* check = commandline();
  char* name;
  bool ok = true, any = false;
  uint32 i;
  nextarg(&line); /* the program */
  nextarg(&check);
  if (unknownnames(check)) finish(false);
  while ((name = nextarg(&line)) != nil) {
    any = true;
    ok = run(find(name)) && ok;
  }
  for (i = 0; !any && i < ntests; i++) ok = run(&tests[i]) && ok;
  finish(ok);
}
