/* Everything that can become of a run but returning, by the input's first byte. */
#include <stdint.h>
#include <stdlib.h>

#include "system/win32.h"

#define NOINLINE __attribute__((noinline))

static uint8_t kept; /* so that nothing is left out */

NOINLINE static void reads(const uint8_t* at) {
  kept = *(const volatile uint8_t*)at;
}

/* Registers a record and returns without taking it off. */
NOINLINE static void leaves_record(void) {
  volatile struct {
    ULONG next;
    ULONG handler;
  } record = {teb_read(0), 1};
  record.handler = (ULONG)&leaves_record;
  teb_write(0, (ULONG)&record);
}

NOINLINE static void waits(void) {
  for (;;) __asm__ volatile("");
}

int LLVMFuzzerInitialize(int* count, char*** arguments) {
  return *count == 1 && (*arguments)[0] ? 0 : 1;
}

int LLVMFuzzerTestOneInput(const uint8_t* data, SIZE_T size) {
  if (size == 0) return 0;
  switch (data[0]) {
    case 'e':
      ExitProcess(7);
    case 'a':
      abort();
    case 'b':
      reads(data + size);
      break;
    case 'f':
      __asm__ volatile("movl $7, %%ecx; int $0x29" : : : "ecx");
      break;
    case 'h':
      waits();
      break;
    case 'j':
      ((void(__cdecl*)(void))(ULONG)kept)();
      break;
    case 'l':
      leaves_record();
      break;
    case 'r':
      RaiseException(0xe0424242, 0, 0, 0);
      break;
    case 'u':
      __asm__ volatile("sysenter");
      break;
    case 'm':
      return -1;
    default:
      reads(data + size - 1);
  }
  return 0;
}
