/* Sorting, searching, numbers from text, strings, memory. Source: C89 7.10, 7.11. */
#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "check.h"

static int by_value(const void* a, const void* b) {
  return *(const int*)a < *(const int*)b ? -1 : *(const int*)a > *(const int*)b;
}

static void sorting(void) {
  enum { COUNT = 500 };
  int values[COUNT], sum = 0, sorted_sum = 0;
  srand(1);
  /* Microsoft's generator from seed 1: the numbers that its users know. */
  CHECK(rand() == 41 && rand() == 18467 && rand() == 6334 && rand() == 26500);
  for (int i = 0; i < COUNT; ++i) sum += values[i] = rand() % 100;
  qsort(values, COUNT, sizeof values[0], by_value);
  for (int i = 0; i < COUNT; ++i) sorted_sum += values[i];
  for (int i = 1; i < COUNT; ++i) CHECK(values[i - 1] <= values[i]);
  CHECK(sum == sorted_sum);
  const int absent = 1000;
  CHECK(bsearch(&values[77], values, COUNT, sizeof values[0], by_value) != 0);
  CHECK(bsearch(&absent, values, COUNT, sizeof values[0], by_value) == 0);
}

static void numbers(void) {
  char* end;
  CHECK(strtol("  -12xyz", &end, 10) == -12 && !strcmp(end, "xyz"));
  CHECK(strtol("0x1F", 0, 0) == 31 && strtol("017", 0, 0) == 15 && strtol("zz", 0, 36) == 1295);
  errno = 0;
  CHECK(strtol("99999999999", 0, 10) == 2147483647L && errno == ERANGE);
  CHECK(strtoul("4294967295", 0, 10) == 4294967295UL);
  CHECK(strtod("1.5e3abc", &end) == 1500 && !strcmp(end, "abc"));
  CHECK(atof("0.1") == 0.1 && atoi("77") == 77);
  CHECK(strtod("4.9406564584124654e-324", 0) == 4.9406564584124654e-324);
  int i;
  double d;
  char word[8];
  CHECK(sscanf("12 3.5 word", "%d %lf %7s", &i, &d, word) == 3);
  CHECK(i == 12 && d == 3.5 && !strcmp(word, "word"));
  CHECK(sscanf("a=1,b=2", "a=%d,c=%d", &i, &i) == 1 && sscanf("", "%d", &i) == EOF);
}

static void strings(void) {
  char text[32] = "one,two;three";
  CHECK(!strcmp(strtok(text, ",;"), "one") && !strcmp(strtok(0, ",;"), "two"));
  CHECK(!strcmp(strtok(0, ",;"), "three") && !strtok(0, ",;"));
  CHECK(strspn("aabbc", "ab") == 4 && strcspn("abc", "c") == 2 &&
        !strcmp(strpbrk("xyz", "zy"), "yz"));
  CHECK(!strcmp(strstr("haystack", "sta"), "stack") && strrchr("a/b/c", '/')[1] == 'c');
  CHECK(memcmp("abc", "abd", 3) < 0 && strncmp("abc", "abd", 2) == 0 &&
        _stricmp("ABC", "abc") == 0);
  CHECK(isalpha('x') && !isalpha('1') && isspace('\n') && toupper('a') == 'A' && ispunct('!'));
  CHECK(!strcmp(strerror(ENOENT), "No such file or directory"));
}

static void memory(void) {
  char* block = malloc(10);
  CHECK(block != 0);
  memset(block, 7, 10);
  block = realloc(block, 1000);
  CHECK(block && block[9] == 7);
  free(block);
  int* zeros = calloc(100, sizeof(int));
  CHECK(zeros && zeros[0] == 0 && zeros[99] == 0);
  free(zeros);
}

/* Exact results, or those of which every bit is known. */
static void mathematics(void) {
  volatile double two = 2, ten = 10, zero = 0;
  volatile double root = sqrt(two), power = pow(two, 0.5);
  CHECK(root == 1.4142135623730951 && power == root && pow(ten, 2) == 100);
  CHECK(floor(-1.5) == -2 && ceil(-1.5) == -1 && fmod(7.5, two) == 1.5);
  CHECK(exp(zero) == 1 && log(1 + zero) == 0 && sin(zero) == 0 && cos(zero) == 1);
  CHECK(fabs(exp(1 + zero) - 2.718281828459045) < 1e-15);
  CHECK(atan2(zero, -1) == 3.141592653589793);
}

static void calendar(void) {
  struct tm tm = {.tm_year = 114, .tm_mon = 2, .tm_mday = 5, .tm_hour = 12};
  char text[64];
  CHECK(mktime(&tm) == 1394020800 && tm.tm_wday == 3 && tm.tm_yday == 63);
  CHECK(strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S %a %j", &tm) == 27);
  CHECK(!strcmp(text, "2014-03-05 12:00:00 Wed 064"));
}

int main(void) {
  sorting();
  numbers();
  strings();
  memory();
  mathematics();
  calendar();
  puts(failures ? "FAIL library" : "PASS library");
  return failures;
}
