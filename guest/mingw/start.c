/* Arguments, the environment, and the order of routines at exit. Sources: Microsoft, "Parsing C
 * command-line arguments"; C89 7.10.4.2 (the reverse order of registration). */
#include <stdlib.h>
#include <string.h>

#include "check.h"

static void first(void) {
  puts("registered first, runs last");
}
static void second(void) {
  puts("registered second, runs before");
}
__attribute__((destructor)) static void destructor(void) {
  puts("destructor");
}
__attribute__((constructor)) static void constructor(void) {
  puts("constructor");
}

int main(int argc, char** argv, char** environment) {
  CHECK(argc == 4 && !argv[4]);
  CHECK(strstr(argv[0], "mingw_start.exe") != 0);
  CHECK(!strcmp(argv[1], "plain") && !strcmp(argv[2], "with blank") && !strcmp(argv[3], "quo\"te"));
  CHECK(environment[0] != 0 && getenv("systemroot") != 0 && !getenv("NO_SUCH_NAME"));
  CHECK(_putenv("NEW_NAME=its value") == 0 && !strcmp(getenv("NEW_NAME"), "its value"));
  CHECK(_putenv("NEW_NAME=") == 0 && !getenv("NEW_NAME"));
  CHECK(__argc == 4 && !strcmp(__argv[1], argv[1]));
  atexit(first);
  atexit(second);
  fputs("not ended by a line feed: ", stdout);
  return failures;
}
