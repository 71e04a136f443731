// Handlers in lambdas and templates, with captured references and objects by value.
#include "cxx/object.hpp"

template <class Function>
NOINLINE static int protect(Function function) {
  try {
    function();
    return 0;
  } catch (int value) {
    return value;
  } catch (const Counted& counted) {
    return 100 + counted.value;
  }
}

PROGRAM {
  int calls = 0;
  Counted captured(5);
  CHECK(protect([&] { ++calls; }) == 0);
  CHECK(protect([&] {
          ++calls;
          throws(7);
        }) == 7);
  CHECK(protect([&calls, captured] {
          ++calls;
          throw captured;
        }) == 105);
  CHECK(protect([&] { CHECK(protect([] { throws(1); }) == 1); }) == 0);
  CHECK(calls == 3 && Counted::alive == 1);
}
