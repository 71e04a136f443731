// Handlers read and write the locals of their function, whatever the compiler keeps in registers,
// and so does what comes behind them.
#include "cxx/object.hpp"

NOINLINE static int compute(int a, int b, int c) {
  int sum = a + b;
  int product = b * c;
  int order = 0;
  try {
    sum += c;
    throws(a);
  } catch (int caught) {
    product += caught;
    order = sum * 100 + product;
  }
  return order + a - b + sum + product;
}

PROGRAM {
  /* sum 6, product 6 + 1 = 7, order 607 */
  CHECK(compute(1, 2, 3) == 607 + 1 - 2 + 6 + 7);
}
