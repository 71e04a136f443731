// A DLL that throws to its caller and catches what it is called back with.
#include "cxx/dll/thrower.hpp"

#include "system/win32.h"

void throw_int(int value) {
  throw value;
}

void throw_shared(int value) {
  throw Shared(value);
}

int catch_from(void(__cdecl* callback)(int), int value) {
  try {
    callback(value);
  } catch (int) {
    return 1;
  } catch (...) {
    return 2;
  }
  return 0;
}
