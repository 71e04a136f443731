/* Does what its input says, a byte a deed, and logs what it finds. */
#define LAB_FUZZ_MOST_BYTES 6000 /* across two pages */
#define LAB_FUZZ_MOST_WORDS 16

#include "lab/fuzz.h"
#include "system/win32.h"

#define EXPORT __declspec(dllexport)

EXPORT struct lab_fuzz_input lab_fuzz_input;
EXPORT struct lab_fuzz_log lab_fuzz_log;
EXPORT const uint32_t lab_fuzz_input_capacity = LAB_FUZZ_MOST_BYTES;
EXPORT const uint32_t lab_fuzz_log_capacity = LAB_FUZZ_MOST_WORDS;

static uint32_t runs; /* in this process's memory, so never more than one */
static HANDLE event;

EXPORT __attribute__((noinline)) void lab_fuzz_ready(void) {
  __asm__ volatile("");
}

static void tell(uint32_t word) {
  if (lab_fuzz_log.used < LAB_FUZZ_MOST_WORDS) lab_fuzz_log.words[lab_fuzz_log.used] = word;
  ++lab_fuzz_log.used;
}

/* Deeper than any stack. */
static int recurse(volatile int* outer) {
  volatile int frame[256];
  frame[0] = *outer + 1;
  if (frame[0] == 0) return 0;
  return recurse(frame) + frame[0];
}

static void use_memory(void) {
  volatile uint32_t* page = VirtualAlloc(0, 0x2000, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
  tell(page != 0 ? page[0] + page[1024] : 1); /* 0: it is fresh each time */
  page[0] = page[1024] = 7;
}

static void do_one(uint8_t deed) {
  switch (deed) {
    case 'e':
      TerminateProcess(GetCurrentProcess(), 42);
      break;
    case 'n':
      *(volatile int*)16 = 1;
      break;
    case 'r':
      RaiseException(0xe0001234, 0, 0, 0);
      break;
    case 'h':
      for (;;) __asm__ volatile("");
    case 'v':
      use_memory();
      break;
    case 's':
      tell(WaitForSingleObject(event, 0));
      SetEvent(event);
      break;
    case 'o':
      tell((uint32_t)recurse((volatile int*)&runs));
      break;
    case 'c':
      tell(GetTickCount());
      break;
    case 'f':
      tell((uint32_t)CloseHandle(event));
      break;
    case 'u':
      __asm__ volatile("sysenter");
      break;
    default:
      tell(deed);
  }
}

void start(void) {
  event = CreateEventA(0, TRUE, FALSE, 0);
  lab_fuzz_ready();
  tell(++runs);
  tell(lab_fuzz_input.size);
  for (uint32_t i = 0; i < lab_fuzz_input.size; ++i) do_one(lab_fuzz_input.bytes[i]);
  /* Beyond the input is what the program left there. */
  if (lab_fuzz_input.size < LAB_FUZZ_MOST_BYTES) tell(lab_fuzz_input.bytes[lab_fuzz_input.size]);
  TerminateProcess(GetCurrentProcess(), 0);
}
