/* Wildcards in arguments: the program makes files, and then has the runtime expand its arguments.
 * Source: Microsoft, "Expanding wildcard arguments"; what stays (no match, quotation marks) is the
 * lab's choice; the parameters of __getmainargs are those of mingw-w64's internal.h. */
#include <string.h>

#include "check.h"

struct startup_info {
  int new_mode;
};
int __getmainargs(int* count, char*** arguments, char*** environment, int wildcards,
                  struct startup_info* info);

static void make(const char* name) {
  FILE* file = fopen(name, "w");
  CHECK(file && fclose(file) == 0);
}

/* Run with: *.txt ?.doc "two *.txt" none.* kept */
int main(void) {
  char **arguments, **environment;
  int count = 0;
  struct startup_info info = {0};
  make("a.txt");
  make("b.txt");
  make("c.doc");
  make("dd.doc");
  CHECK(__getmainargs(&count, &arguments, &environment, 1, &info) == 0 && count == 7);
  CHECK(!strcmp(arguments[1], "a.txt") && !strcmp(arguments[2], "b.txt"));
  CHECK(!strcmp(arguments[3], "c.doc") && !strcmp(arguments[4], "two *.txt"));
  CHECK(!strcmp(arguments[5], "none.*") && !strcmp(arguments[6], "kept") && !arguments[7]);
  puts(failures ? "FAIL wildcards" : "PASS wildcards");
  return failures;
}
