/* The compiler's loops over arrays of objects: when a constructor or a destructor throws, those
 * already made are destroyed first. Linked into every image. */
#include "crt/eh/cxx_eh.h"

typedef void(__thiscall* METHOD)(void* object);

/* Destroys `count` elements that end at `end`; an exception out of one of them ends the program. */
static void unwind_array(BYTE* end, size_t size, LONG count, METHOD destructor) {
  __try {
    while (count-- > 0) destructor(end -= size);
  } __except (__FrameUnwindFilter(GetExceptionInformation())) {
  }
}

void __stdcall construct_vector(BYTE* array, size_t size, LONG count, METHOD constructor,
                                METHOD destructor) __asm__("??_L@YGXPAXIHP6EX0@Z1@Z");
void __stdcall construct_vector(BYTE* array, size_t size, LONG count, METHOD constructor,
                                METHOD destructor) {
  volatile LONG made = 0;
  __try {
    for (; made < count; ++made) constructor(array + size * (size_t)made);
  } __finally {
    if (AbnormalTermination()) unwind_array(array + size * (size_t)made, size, made, destructor);
  }
}

void __stdcall destroy_vector(BYTE* array, size_t size, LONG count,
                              METHOD destructor) __asm__("??_M@YGXPAXIHP6EX0@Z@Z");
void __stdcall destroy_vector(BYTE* array, size_t size, LONG count, METHOD destructor) {
  volatile LONG left = count;
  __try {
    while (left > 0) {
      --left;
      destructor(array + size * (size_t)left);
    }
  } __finally {
    if (AbnormalTermination()) unwind_array(array + size * (size_t)left, size, left, destructor);
  }
}
