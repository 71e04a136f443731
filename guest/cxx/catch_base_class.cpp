// A handler of a base class takes objects of derived ones: the first that fits, in the order
// written ([except.handle]).
#include "cxx/object.hpp"

struct Animal {
  virtual ~Animal() {}
  virtual char letter() const { return 'a'; }
};
struct Dog : Animal {
  char letter() const override { return 'd'; }
};
struct Puppy : Dog {
  char letter() const override { return 'p'; }
};

template <class T>
NOINLINE static void sorts() {
  try {
    throws(T());
  } catch (Dog& dog) {
    step('D');
    step(dog.letter());
  } catch (Animal& animal) {
    step('A');
    step(animal.letter());
  }
}

NOINLINE static void sliced() {
  try {
    throws(Puppy());
  } catch (Animal animal) {
    step(animal.letter());
  }
}

PROGRAM {
  sorts<Animal>();
  TRAIL("Aa");
  sorts<Dog>();
  TRAIL("Dd");
  sorts<Puppy>();
  TRAIL("Dp");
  sliced();
  TRAIL("a");
}
