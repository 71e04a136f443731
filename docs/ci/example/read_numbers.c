/* Calls component.dll as its users do; the exit code says whether it did as it should. */
#include <stdio.h>

__declspec(dllimport) int read_number(const int* from);

int main(void) {
  const int seven = 7;
  printf("%d %d\n", read_number(&seven), read_number(0));
  return read_number(&seven) == 7 && read_number(0) == 0 ? 0 : 1;
}
