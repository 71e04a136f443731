/* Leaves a file behind and faults; where the file is there already, it ends with 3 instead. Nobody
 * handles the fault: exit 139 of the lab (C0000005). */
#include "cases/say.h"

HANDLE WINAPI CreateFileA(const char* name, DWORD access, DWORD share, PVOID security,
                          DWORD disposition, DWORD flags, HANDLE like);

void start(void) {
  DWORD written;
  HANDLE file = CreateFileA("left.txt", 0x40000000, 0, 0, 1 /* CREATE_NEW */, 0x80, 0);
  if (file == (HANDLE)-1) ExitProcess(3);
  WriteFile(file, "left", 4, &written, 0);
  CloseHandle(file);
  *(volatile int*)0x10 = 1;
}
