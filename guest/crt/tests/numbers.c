/* Formats and reads doubles, chosen by a fixed generator; the host compiles the same file, and what
 * both print must be the same: the C standard leaves no choice in it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static unsigned long long s = 88172645463325252ULL;
static unsigned long long next(void) {
  s ^= s << 13;
  s ^= s >> 7;
  s ^= s << 17;
  return s;
}
int main(void) {
  static const char* f[] = {"%.17g", "%.0f", "%e",      "%.3f",      "%g", "%.40e",
                            "%#.5g", "%.3a", "%012.4f", "%-20.10g|", "%+G"};
  for (int i = 0; i < 300; i++) {
    union {
      unsigned long long u;
      double d;
    } v;
    v.u = next();
    if (i % 3 == 0) {
      v.d = (double)(long long)(next() % 2000000) / (1 << (next() % 12));
    }
    if (v.d != v.d || v.d - v.d != 0) continue;
    char b[900];
    for (int k = 0; k < 11; k++) {
      if (k == 7 && (v.u >> 52 & 0x7ff) == 0) continue;
      snprintf(b, sizeof b, f[k], v.d);
      puts(b);
    }
    snprintf(b, sizeof b, "%.17g", v.d);
    if (strtod(b, 0) != v.d) puts("STRTOD");
    snprintf(b, sizeof b, "%.25g", v.d);
    if (strtod(b, 0) != v.d) puts("STRTOD2");
    {
      char t[64];
      int exponent = (int)(next() % 640) - 320;
      unsigned long long fraction = next();
      snprintf(t, sizeof t, "%llu.%llue%d", next() % 1000, fraction, exponent);
      v.d = strtod(t, 0);
      float q = strtof(t, 0);
      printf("%s %.17g %.9g\n", t, v.d, q);
    }
  }
  return 0;
}
