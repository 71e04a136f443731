/* What handlers do with the exceptions that they are shown. */
#ifndef FUZZ_SEQUENCES_EXCEPTIONS_H
#define FUZZ_SEQUENCES_EXCEPTIONS_H

#include "fuzz/sequences/sequences.h"
#include "system/win32.h"

enum { kUnwinding = 6, kStackInvalid = 8, kContextEdi = 0x9c / 4, kContextEip = 0xb8 / 4 };

static inline uint32_t code8(const EXCEPTION_RECORD* record) {
  return (record->ExceptionCode ^ record->ExceptionCode >> 24) & 0xff;
}

/* The exception is about to be continued. fault.S keeps in EDI where to go on behind a fault; what
 * software raises goes on behind the call. */
static inline void go_on(const EXCEPTION_RECORD* record, void* context) {
  uint32_t* words = context;
  if (record->ExceptionFlags & EXCEPTION_NONCONTINUABLE) return;
  if (record->NumberParameters == 1 && record->ExceptionInformation[0] == LAB_SEQ_RAISED) return;
  words[kContextEip] = words[kContextEdi];
}

#endif
