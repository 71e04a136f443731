/* Loads the DLL that each word of its command line names, and says where each is: names of any
 * alphabet, in another case than the file's, as Windows' loader finds them. */
#include "cases/say.h"

#define CP_UTF8 65001
int WINAPI WideCharToMultiByte(UINT page, DWORD flags, const WCHAR* from, int units, char* to,
                               int room, const char* instead, int* used);

static void say_wide(const WCHAR* text) {
  char bytes[1024];
  int count = WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, 0, 0);
  if (count) say(bytes);
}

static void load(const WCHAR* name) {
  WCHAR path[300];
  HMODULE module = LoadLibraryW(name);
  say_wide(name);
  if (!module) {
    say_number(" is not loaded, error", GetLastError());
    return;
  }
  say(" is ");
  path[0] = 0;
  GetModuleFileNameW(module, path, sizeof path / sizeof path[0]);
  say_wide(path);
  say(GetModuleHandleW(name) == module ? ", found by its name\n" : ", not found by its name\n");
}

void start(void) {
  WCHAR program[300];
  program[0] = 0;
  GetModuleFileNameW(0, program, sizeof program / sizeof program[0]);
  say("the program is ");
  say_wide(program);
  say("\n");
  WCHAR* at = GetCommandLineW();
  for (int quoted = 0; *at && (quoted || *at != ' '); ++at) quoted ^= *at == '"';
  while (*at) {
    while (*at == ' ') ++at;
    WCHAR* name = at;
    while (*at && *at != ' ') ++at;
    if (*at) *at++ = 0;
    if (*name) load(name);
  }
  ExitProcess(0);
}
