// An object of a kilobyte with no copy constructor of its own is copied byte by byte; one of no
// members and one of a single byte are caught as well.
#include "cxx/object.hpp"

struct Large {
  unsigned char bytes[1024];
};
struct Empty {};
struct Byte {
  char byte;
};

PROGRAM {
  Large large;
  for (int i = 0; i < 1024; ++i) large.bytes[i] = (unsigned char)(i * 7);
  try {
    throw large;
  } catch (Large copy) {
    int wrong = 0;
    for (int i = 0; i < 1024; ++i) wrong += copy.bytes[i] != (unsigned char)(i * 7);
    CHECK(wrong == 0);
    step('l');
  }
  try {
    throw Empty();
  } catch (Empty) {
    step('e');
  }
  try {
    throw Byte{'b'};
  } catch (Byte byte) {
    step(byte.byte);
  }
  TRAIL("leb");
}
