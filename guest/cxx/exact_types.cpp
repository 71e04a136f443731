// Fundamental types are caught as themselves alone: no promotion, no conversion
// ([except.handle]).
#include "cxx/object.hpp"

enum Plain { kPlain = 3 };
enum class Scoped { kScoped = 4 };

template <class T>
NOINLINE static void sorts(T value) {
  try {
    throw value;
  } catch (int) {
    step('i');
  } catch (unsigned) {
    step('u');
  } catch (long) {
    step('l');
  } catch (char) {
    step('c');
  } catch (bool) {
    step('b');
  } catch (long long) {
    step('q');
  } catch (double number) {
    step(number == 2.5 ? 'd' : '!');
  } catch (float) {
    step('f');
  } catch (Plain) {
    step('p');
  } catch (Scoped) {
    step('s');
  } catch (const char* text) {
    step(text[0]);
  }
}

PROGRAM {
  sorts(1);
  sorts(1u);
  sorts(1l);
  sorts('1');
  sorts(true);
  sorts(1ll);
  sorts(2.5);
  sorts(2.5f);
  sorts(kPlain);
  sorts(Scoped::kScoped);
  sorts("text");
  TRAIL("iulcbqdfpst");
}
