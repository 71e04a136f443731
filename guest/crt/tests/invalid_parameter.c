/* Who is told of an invalid parameter. Source: Microsoft, _set_invalid_parameter_handler,
 * _set_thread_local_invalid_parameter_handler ("the thread's takes precedence"; release builds pass
 * null for the texts) and "Parameter Validation" (without a handler the program ends). */
#include <errno.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mingw/check.h"

static int told_all, told_thread, had_texts;
static void for_all(const wchar_t* expression, const wchar_t* function, const wchar_t* file,
                    unsigned line, uintptr_t reserved) {
  ++told_all;
  had_texts |= expression || function || file || line;
}
static void for_thread(const wchar_t* expression, const wchar_t* function, const wchar_t* file,
                       unsigned line, uintptr_t reserved) {
  ++told_thread;
}

int main(int argc, char** argv) {
  if (argc > 1) {
    puts("before");
    strcpy_s(argv[1], 0, "no room at all");
    puts("after");
    return 1;
  }
  CHECK(_set_invalid_parameter_handler(for_all) == 0 &&
        _get_invalid_parameter_handler() == for_all);
  CHECK(_close(1000) == -1 && errno == EBADF && told_all == 1 && !had_texts);
  CHECK(fclose(0) == EOF && errno == EINVAL && told_all == 2);
  CHECK(_set_thread_local_invalid_parameter_handler(for_thread) == 0);
  CHECK(feof(0) == 0 && told_all == 2 && told_thread == 1);
  CHECK(_set_thread_local_invalid_parameter_handler(0) == for_thread);
  CHECK(strtol("1", 0, 99) == 0 && told_all == 3 && _set_invalid_parameter_handler(0) == for_all);
  puts(failures ? "FAIL invalid_parameter" : "PASS invalid_parameter");
  return failures;
}
