#include <stdio.h>
int main(int argc, char** argv, char** env) {
  printf("hello %d %s %s %.17g %5.1f|%-5d|%05d|%x %I64d\n", argc, argv[0], env[0], 0.1, 2.25, 42,
         -42, 255, 1234567890123LL);
  return 0;
}
