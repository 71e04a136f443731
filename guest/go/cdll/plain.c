/* Calls back with no record of its own on the chain, from near and from far down the stack. */
#include "go/cdll/cdll.h"

STDCALL uint32_t CallBackPlain(Callback callback, uint32_t parameter) {
  return callback((void*)1, parameter);
}

/* Some frames of half a kilobyte each, the callback from the last. What callbackasm1 leaves there
 * is out of reach for the short calls that come later, as if the C side were a real program. */
static NOINLINE uint32_t descend(Callback callback, uint32_t parameter, uint32_t frames) {
  volatile uint8_t frame[512];
  uint32_t i, result;
  for (i = sizeof frame; i-- > 0;) frame[i] = (uint8_t)frames;
  result = frames == 0 ? callback((void*)1, parameter) : descend(callback, parameter, frames - 1);
  return result + frame[0] - frames;
}

STDCALL uint32_t CallBackDeep(Callback callback, uint32_t parameter) {
  return descend(callback, parameter, 16);
}

/* Keeps the complement of `masked` in its frame while it calls back: for a collector that is the
 * one reference to an object of which Go knows only the complement. */
STDCALL uint32_t CallBackHolding(Callback callback, uint32_t parameter, uint32_t masked) {
  /* Not in the word behind the arguments: Go copies that, as the place of its result. */
  volatile uint32_t frame[8];
  uint32_t i;
  for (i = 0; i < 8; i++) frame[i] = i == 4 ? ~masked : 0;
  callback((void*)1, parameter);
  return ~frame[4];
}
