/* printf's format language; format.inc is compiled here for char. */
#include "format.h"

#include "crt.h"
#include "format_double.h"

/* Documented: %n is off in the UCRT until _set_printf_count_output turns it on. */
static int count_output = CRT_MSVCRT;

int _set_printf_count_output(int value) {
  const int before = count_output;
  count_output = value != 0;
  return before;
}
int _get_printf_count_output(void) {
  return count_output;
}
int crt_may_count_output(void) {
  return count_output;
}

#define CHAR char
#define FORMAT crt_format
#include "format.inc"
