/* Calls of C from Go code, each through cgocall (syscall_windows.goc). */
#include "go/os_windows.h"

static uintptr callC(void* fn, uintptr nargs, uintptr* args) {
  LibCall c = {fn, nargs, args, 0, 0, 0};
  cgocall(asmstdcall, &c);
  return c.r1;
}

uintptr loadlibrary(const char* name) {
  uintptr args[] = {(uintptr)name};
  return callC(LoadLibraryA, 1, args);
}

uintptr getprocaddress(uintptr library, const char* name) {
  uintptr args[] = {library, (uintptr)name};
  return callC(GetProcAddress, 2, args);
}

void freelibrary(uintptr library) {
  uintptr args[] = {library};
  callC(FreeLibrary, 1, args);
}

uintptr SyscallN(uintptr fn, uintptr nargs, uintptr* args) {
  return callC((void*)fn, nargs, args);
}

NOINLINE uintptr Syscall(uintptr fn, uintptr nargs, uintptr a1, uintptr a2, uintptr a3) {
  uintptr args[] = {a1, a2, a3};
  if (nargs > nelem(args)) throw("Syscall: too many arguments");
  return callC((void*)fn, nargs, args);
}
