/* Random numbers as Windows 10's processes get them. */
#include "system/ntdll/ntdll.h"

BOOL WINAPI ProcessPrng(BYTE* buffer, SIZE_T bytes) {
  return LabFillRandom(buffer, bytes);
}
