// Exceptions that cross a DLL's boundary both ways: thrown there and caught here, thrown here and
// caught there, with objects in between; by type also when each image has type_info of its own.
#include "cxx/dll/thrower.hpp"

#include "cxx/object.hpp"

static void __cdecl throws_int(int value) {
  Counted counted(value);
  throw value;
}

static void __cdecl throws_shared(int value) {
  Counted counted(value);
  throw Shared(value);
}

static void __cdecl returns(int value) {
  Counted counted(value);
}

static void __cdecl writes_null(int value) {
  *(volatile int*)0 = value;
}

NOINLINE static int int_from_dll(int value) {
  Counted counted(value);
  try {
    throw_int(value);
  } catch (int caught) {
    return caught;
  }
  return -1;
}

NOINLINE static int shared_from_dll(int value) {
  try {
    throw_shared(value);
  } catch (const Shared& caught) {
    return caught.value;
  }
  return -1;
}

PROGRAM {
  CHECK(int_from_dll(7) == 7);
  CHECK(shared_from_dll(8) == 8);
  CHECK(catch_from(throws_int, 1) == 1);
  CHECK(catch_from(throws_shared, 1) == 2);
  CHECK(catch_from(returns, 1) == 0);
  CHECK(Counted::alive == 0);
  int finished = 0;
  CHECK(except_from(writes_null, 1, &finished) == 0xc0000005 && finished == 1);
  CHECK(except_from(throws_int, 1, &finished) == 0xe06d7363 && finished == 1);
  CHECK(except_from(returns, 1, &finished) == 0 && finished == -1);
}
