/* Small services of the system under the names of the C runtime (documented under _sleep, _beep,
 * _seterrormode, _loaddll, system). */
#include <process.h>
#include <stdio.h>

#include "crt.h"

BOOL WINAPI Beep(DWORD frequency, DWORD milliseconds);

void _sleep(unsigned long milliseconds) {
  Sleep(milliseconds ? milliseconds : 1);
}
void _beep(unsigned frequency, unsigned milliseconds) {
  Beep(frequency, milliseconds);
}
void _seterrormode(int mode) {
  SetErrorMode((UINT)mode);
}

intptr_t _loaddll(char* name) {
  return (intptr_t)LoadLibraryA(name);
}
int _unloaddll(intptr_t module) {
  return FreeLibrary((HMODULE)module) ? 0 : (int)GetLastError();
}
int(__cdecl* _getdllprocaddr(intptr_t module, char* name, intptr_t number))(void) {
  const char* wanted = name ? name : (const char*)(number & 0xffff);
  return (int(__cdecl*)(void))(void*)GetProcAddress((HMODULE)module, wanted);
}

unsigned long __threadid(void) {
  return GetCurrentThreadId();
}
uintptr_t __threadhandle(void) {
  return (uintptr_t)GetCurrentThread();
}
void _crt_debugger_hook(int reserved) {}

/* There is no command interpreter: 0 says so, and a command cannot be found. */
int system(const char* command) {
  if (!command) return 0;
  errno = ENOENT;
  return -1;
}
int _wsystem(const wchar_t* command) {
  if (!command) return 0;
  errno = ENOENT;
  return -1;
}

/* A pipe to a command needs the interpreter as well. */
FILE* _wpopen(const wchar_t* command, const wchar_t* mode) {
  if (!command || !mode) {
    crt_invalid_parameter();
    return 0;
  }
  errno = ENOENT;
  return 0;
}
FILE* _popen(const char* command, const char* mode) {
  return _wpopen(command ? L"" : 0, mode ? L"" : 0);
}
/* No stream is one of _popen's. */
int _pclose(FILE* stream) {
  if (!stream) crt_invalid_parameter();
  errno = EBADF;
  return -1;
}
