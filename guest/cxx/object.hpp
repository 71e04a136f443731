/* Objects that count themselves and leave a letter. */
#ifndef CXX_OBJECT_HPP
#define CXX_OBJECT_HPP

#include "cases/steps.h"

/* Destruction leaves its letter. */
struct Noisy {
  char letter;
  explicit Noisy(char is) : letter(is) {}
  Noisy(const Noisy&) = delete;
  ~Noisy() { step(letter); }
};

/* How many there are, and how many copies were made. */
struct Counted {
  static volatile int alive, copies; /* volatile: clang takes the end of a handler for nothing */
  int value;
  explicit Counted(int is) : value(is) { ++alive; }
  Counted(const Counted& from) : value(from.value) {
    ++alive;
    ++copies;
  }
  ~Counted() { --alive; }
};
volatile int Counted::alive, Counted::copies;

template <class T>
NOINLINE void throws(const T& value) {
  throw value;
}

#endif
