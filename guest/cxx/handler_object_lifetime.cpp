// The exception object outlives the frame that threw it: it lies on that frame's stack, which stays
// until the handler ends, whatever the handler calls.
#include "cxx/object.hpp"

struct Large {
  unsigned words[64];
  Large() {
    for (unsigned i = 0; i < 64; ++i) words[i] = i * i;
  }
};

NOINLINE static unsigned churn(unsigned depth) {
  volatile unsigned room[128];
  for (unsigned i = 0; i < 128; ++i) room[i] = 0xcccccccc;
  return depth ? churn(depth - 1) + room[depth & 127] : room[0];
}

PROGRAM {
  try {
    throw Large();
  } catch (Large& large) {
    churn(20);
    try {
      throws(1);
    } catch (int) {
      churn(20);
    }
    unsigned wrong = 0;
    for (unsigned i = 0; i < 64; ++i) wrong += large.words[i] != i * i;
    CHECK(wrong == 0);
    step('a');
  }
  TRAIL("a");
}
