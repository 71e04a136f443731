/* The runtime's calls of Windows (os_windows.c). */
#include "go/os_windows.h"

/* Calls a Windows function on the thread's own stack, without leaving Go's scheduler. */
uintptr stdcall(void* fn, int32 count, ...) {
  M* m = getm();
  m->wincall.fn = fn;
  m->wincall.n = (uintptr)count;
  m->wincall.args = (uint8*)__builtin_frame_address(0) + 16; /* behind count */
  asmcgocall(asmstdcall, &m->wincall);
  return m->wincall.r1;
}

void osinit(void) {}
void initsig(void) {}

void minit(void) {
  install_exception_handler();
}
void unminit(void) {
  remove_exception_handler();
}

void exit(int32 code) {
  stdcall(ExitProcess, 1, code);
  for (;;) *(volatile uint32*)0xf1 = 0xf1;
}

void write(int32 fd, const void* data, uint32 n) {
  uint32 written = 0;
  int32 which = fd == 2 ? STD_ERROR_HANDLE : STD_OUTPUT_HANDLE;
  uintptr handle = stdcall(GetStdHandle, 1, which);
  stdcall(WriteFile, 5, handle, data, n, &written, nil);
}

/* Also for a thread that has no m yet (needm): it is on its own stack then. */
void osyield(void) {
  if (FSREAD(0x14) == 0) {
    SwitchToThread();
    return;
  }
  stdcall(SwitchToThread, 0);
}

void* SysAlloc(uintptr n) {
  uintptr v = stdcall(VirtualAlloc, 4, nil, n, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
  if (v == 0) throw("runtime: out of memory");
  return (void*)v;
}

void SysFree(void* v, uintptr n) {
  if (stdcall(VirtualFree, 3, v, 0, MEM_RELEASE) == 0) throw("runtime: failed to release pages");
}

/* A new thread for an M. The M's events are made here, where somebody can still report failure. */
void newosproc(M* mp) {
  uintptr thread = stdcall(CreateThread, 6, nil, 0x20000, tstart_stdcall, mp,
                           STACK_SIZE_PARAM_IS_A_RESERVATION, nil);
  if (thread == 0) throw("runtime.newosproc");
  mp->thread = (void*)thread;
}

void* semacreate(void) {
  uintptr event = stdcall(CreateEventA, 4, nil, 0, 0, nil);
  if (event == 0) throw("runtime: CreateEvent failed");
  return (void*)event;
}
