/* fuzz_host.exe DLL: loads the DLL and gives its LLVMFuzzerTestOneInput one input a run. What is
 * wrong before it is ready goes to standard error, with exit code 1.
 *
 * fuzz_host.exe -input=HEX DLL: the same with that input, to look at a run by itself. It says when
 * the function has returned, and exits with 1 when fs:[0] is not what it was before. */
#define LAB_FUZZ_MOST_BYTES 0x100000
#define LAB_FUZZ_MOST_WORDS LAB_FUZZ_DLL_WORDS

#include "fuzz/hex_digit.h"
#include "lab/fuzz_dll.h"
#include "system/win32.h"
/* behind the sizes above */
#include "lab/fuzz.h"

#define EXPORT __declspec(dllexport)

EXPORT struct lab_fuzz_size lab_fuzz_input;
EXPORT struct lab_fuzz_log lab_fuzz_log;
EXPORT const uint32_t lab_fuzz_input_capacity = LAB_FUZZ_MOST_BYTES;
EXPORT const uint32_t lab_fuzz_log_capacity = LAB_FUZZ_MOST_WORDS;
/* Behind it is a page that cannot be accessed, so that reads beyond the input fault. */
EXPORT uint8_t* lab_fuzz_input_end;

typedef int(__cdecl* TEST)(const uint8_t* data, SIZE_T size);
typedef int(__cdecl* INITIALIZE)(int* count, char*** arguments);

static void say_on(DWORD stream, const char* text) {
  DWORD written;
  WriteFile(GetStdHandle(stream), text, (DWORD)lstrlenA(text), &written, 0);
}

static void say(const char* text) {
  say_on(STD_ERROR_HANDLE, text);
}

static NORETURN void refuse(const char* dll, const char* why) {
  say(dll);
  say(why);
  ExitProcess(1);
}

/* What follows the program's name on the command line, a pair of quotes around it taken off. */
static char* argument(char* line) {
  const char stop = *line == '"' ? '"' : ' ';
  if (stop == '"') ++line;
  while (*line && *line != stop) ++line;
  while (*line == '"' || *line == ' ') ++line;
  char* end = line + lstrlenA(line);
  if (end != line && end[-1] == '"') end[-1] = 0;
  return line;
}

static void* find(HMODULE dll, const char* name, const char* decorated) {
  void* found = GetProcAddress(dll, name);
  return found ? found : GetProcAddress(dll, decorated);
}

/* -input=HEX at the beginning of the arguments: its digits, 0 where there are none. */
static const char* given_input(char** arguments) {
  static const char option[] = "-input=";
  char* at = *arguments;
  for (int i = 0; option[i]; ++i) {
    if (*at++ != option[i]) return 0;
  }
  const char* digits = at;
  while (hex_digit(*at) >= 0) ++at;
  while (*at == '"' || *at == ' ') ++at;
  *arguments = at;
  return digits;
}

/* The input is at most as long as a command line, which is shorter than the room. */
static void take_input(const char* digits) {
  uint32_t size = 0;
  while (hex_digit(digits[2 * size]) >= 0 && hex_digit(digits[2 * size + 1]) >= 0) ++size;
  for (uint32_t i = 0; i < size; ++i) {
    const int byte = hex_digit(digits[2 * i]) << 4 | hex_digit(digits[2 * i + 1]);
    lab_fuzz_input_end[i - size] = (uint8_t)byte;
  }
  lab_fuzz_input.size = size;
}

static void make_room(void) {
  uint8_t* room = VirtualAlloc(0, LAB_FUZZ_MOST_BYTES + 0x1000, MEM_RESERVE, PAGE_NOACCESS);
  if (!room || !VirtualAlloc(room, LAB_FUZZ_MOST_BYTES, MEM_COMMIT, PAGE_READWRITE)) {
    refuse("", "no memory for the input");
  }
  lab_fuzz_input_end = room + LAB_FUZZ_MOST_BYTES;
}

EXPORT __attribute__((noinline)) void lab_fuzz_ready(void) {
  __asm__ volatile("");
}

void start(void) {
  char* name = argument(GetCommandLineA());
  const char* given = given_input(&name);
  if (!*name) refuse("", "no DLL was named");
  HMODULE dll = LoadLibraryA(name);
  if (!dll) refuse(name, " does not load");
  TEST test = (TEST)find(dll, "LLVMFuzzerTestOneInput", "_LLVMFuzzerTestOneInput");
  if (!test) refuse(name, " does not export LLVMFuzzerTestOneInput");
  INITIALIZE initialize = (INITIALIZE)find(dll, "LLVMFuzzerInitialize", "_LLVMFuzzerInitialize");
  if (initialize) {
    char program[] = "fuzz_host.exe";
    char* names[] = {program, 0};
    char** arguments = names;
    int count = 1;
    if (initialize(&count, &arguments) != 0) refuse(name, ": LLVMFuzzerInitialize failed");
  }
  make_room();
  if (given) take_input(given);

  lab_fuzz_ready();
  const SIZE_T size = lab_fuzz_input.size;
  const ULONG chain = teb_read(0);
  const int returned = test(lab_fuzz_input_end - size, size);
  const ULONG chain_now = teb_read(0);
  lab_fuzz_log.words[LAB_FUZZ_DLL_RETURNED] = (uint32_t)returned;
  lab_fuzz_log.words[LAB_FUZZ_DLL_CHAIN] = chain_now == chain ? 0 : chain_now;
  lab_fuzz_log.used = LAB_FUZZ_DLL_WORDS;
  const BOOL left = given && chain_now != chain;
  if (given) say_on(STD_OUTPUT_HANDLE, "LLVMFuzzerTestOneInput returned\n");
  if (left) say("fs:[0] is not what it was before the call\n");
  TerminateProcess(GetCurrentProcess(), left ? 1 : 0);
}
