// The compiler's own loops over arrays (??_L and ??_M): what was made is destroyed when an
// element's constructor or destructor throws.
#include "cxx/object.hpp"

extern "C" {
void __stdcall construct_vector(void* array, unsigned size, int count, void* constructor,
                                void* destructor) __asm__("??_L@YGXPAXIHP6EX0@Z1@Z");
void __stdcall destroy_vector(void* array, unsigned size, int count,
                              void* destructor) __asm__("??_M@YGXPAXIHP6EX0@Z@Z");
}

static int made, fails_at;

extern "C" void __thiscall construct(int* element) {
  if (made == fails_at) throws(made);
  *element = made++;
}
extern "C" void __thiscall destruct(int* element) {
  step((char)('0' + *element));
  if (fails_at < 0 && *element == 2) throws('d');
}

PROGRAM {
  int elements[5];
  fails_at = 3;
  try {
    construct_vector(elements, 4, 5, (void*)construct, (void*)destruct);
    step('!');
  } catch (int at) {
    CHECK(at == 3);
  }
  TRAIL("210");
  made = 0;
  fails_at = 99;
  construct_vector(elements, 4, 5, (void*)construct, (void*)destruct);
  CHECK(made == 5);
  fails_at = -1;
  try {
    destroy_vector(elements, 4, 5, (void*)destruct);
    step('!');
  } catch (char) {
    step('c');
  }
  TRAIL("43210c");
}
