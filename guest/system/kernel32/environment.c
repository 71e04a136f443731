/* The environment: strings of the process parameters. */
#include "system/kernel32/base.h"

/* Bytes of a block of strings, with the empty one at its end. */
static SIZE_T bytes_of(const WCHAR* block) {
  SIZE_T at = 0;
  while (block[at]) {
    while (block[at]) ++at;
    ++at;
  }
  return (at + 1) * sizeof(WCHAR);
}

/* A copy, as Windows hands out since Vista. */
WCHAR* WINAPI GetEnvironmentStringsW(void) {
  const WCHAR* block = current_peb()->ProcessParameters->Environment;
  SIZE_T bytes = bytes_of(block);
  WCHAR* copy = RtlAllocateHeap(GetProcessHeap(), 0, bytes);
  if (copy) RtlMoveMemory(copy, block, bytes);
  return copy;
}

BOOL WINAPI FreeEnvironmentStringsW(WCHAR* block) {
  return RtlFreeHeap(GetProcessHeap(), 0, block);
}
