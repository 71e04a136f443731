/* The names by which Windows' own programs import the UCRT, from api-ms-win-crt-private-l1-1-0 (as
 * mingw-w64's import library of that API set lists them). */
#include <string.h>

#include "mingw/check.h"

void* _o_malloc(size_t bytes);
void _o_free(void* block);
int* _o__errno(void);
long _o_strtol(const char* text, char** end, int base);
char* _o__strdup(const char* text);

int main(void) {
  char* copy = _o__strdup("copied");
  CHECK(copy && !strcmp(copy, "copied") && _o_strtol("0x20", 0, 0) == 32);
  _o_free(copy);
  copy = _o_malloc(5);
  CHECK(copy != 0);
  _o_free(copy);
  *_o__errno() = 7;
  CHECK(*_o__errno() == 7);
  puts(failures ? "FAIL private_names" : "PASS private_names");
  return failures;
}
