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

/* One line and what the test said, in one piece. */
static void report(T* t) {
  char text[sizeof t->output + 128];
  const char* verdict = t->failed ? "FAIL" : "PASS";
  snprintf(text, sizeof text, "--- %s: %s\n%s", verdict, t->name, t->output);
  print(text);
}

/* The deferred half of tRunner: also when the test ended early. A panic is not stopped here. */
static GOFUNC(tRunner_func1) {
  T* t = (T*)GOARG(0);
  if (!t->finished) {
    /* the test panics: say whose it is before the program ends */
    t->failed = true;
    report(t);
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

uint32 testpanics = 100000;

/* Flags are -panics=N alone. */
static bool parseflag(const char* word) {
  static const char panics[] = "-panics=";
  uint32 i, n = 0;
  for (i = 0; i < sizeof panics - 1; i++) {
    if (word[i] != panics[i]) return false;
  }
  if (word[i] == 0) return false;
  for (; word[i] != 0; i++) {
    if (word[i] < '0' || word[i] > '9' || n > 100000000) return false;
    n = n * 10 + (uint32)(word[i] - '0');
  }
  testpanics = n;
  return true;
}

/* Sets the flags. Every name that is no test's is said before anything runs. */
static bool parse(char* line) {
  bool ok = true;
  char* word;
  while ((word = nextarg(&line)) != nil) {
    bool flag = word[0] == '-';
    if (flag ? parseflag(word) : find(word) != nil) continue;
    print(flag ? "testing: unknown flag " : "testing: unknown test ");
    print(word);
    print("\n");
    ok = false;
  }
  return ok;
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
  if (!parse(check)) finish(false);
  while ((name = nextarg(&line)) != nil) {
    if (name[0] == '-') continue;
    any = true;
    ok = run(find(name)) && ok;
  }
  for (i = 0; !any && i < ntests; i++) {
    if (!tests[i].onlynamed) ok = run(&tests[i]) && ok;
  }
  finish(ok);
}
