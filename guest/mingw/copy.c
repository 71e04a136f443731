/* Standard input to standard output, line by line; then what is left, as a number. */
#include <stdio.h>
#include <string.h>

int main(void) {
  char line[16];
  int lines = 0;
  while (fgets(line, sizeof line, stdin)) {
    printf("[%s]", line);
    if (strchr(line, '\n')) ++lines;
  }
  printf(" %d lines, end %d, error %d\n", lines, feof(stdin) != 0, ferror(stdin) != 0);
  return 0;
}
