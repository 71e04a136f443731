/* What the lessons' guests share: a record as it lies in memory, the head of the chain, a handler's
 * answers, and a line of output. Windows' own names come from "system/win32.h". */
#ifndef LESSONS_LESSON_H
#define LESSONS_LESSON_H

#include <stdarg.h>
#include <stdio.h>

#include "system/win32.h"

/* EXCEPTION_REGISTRATION_RECORD, excpt.h. The last one's next is END_OF_CHAIN. */
typedef struct RECORD {
  struct RECORD* next;
  void* handler;
} RECORD;
#define END_OF_CHAIN ((RECORD*)0xffffffff)

/* EXCEPTION_DISPOSITION, excpt.h: what a handler answers. */
typedef enum ANSWER { ContinueExecution = 0, ContinueSearch = 1 } ANSWER;
/* EXCEPTION_UNWINDING and EXCEPTION_EXIT_UNWIND: the second pass. */
#define UNWIND_FLAGS 6

/* The members of CONTEXT that handlers change, at their offsets (winnt.h). */
typedef struct CONTEXT {
  unsigned char other[0xb0];
  DWORD Eax, Ebp, Eip, SegCs, EFlags, Esp;
} CONTEXT;

/* fs:[0]. Macros, so that a trace and a report name the line of yours that links a record. */
#define chain_head()                                                \
  ({                                                                \
    RECORD* head_;                                                  \
    __asm__ volatile("movl %%fs:0, %0" : "=r"(head_) : : "memory"); \
    head_;                                                          \
  })
#define set_chain_head(record)                                     \
  do {                                                             \
    RECORD* head_ = (record);                                      \
    __asm__ volatile("movl %0, %%fs:0" : : "r"(head_) : "memory"); \
  } while (0)

/* printf, but the line is out at once, whatever happens next. */
static inline void say(const char* format, ...) {
  char line[256];
  DWORD written;
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  if (length < 0) return;
  if (length >= (int)sizeof line) length = sizeof line - 1;
  WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), line, (DWORD)length, &written, 0);
}

/* A handler's head, for those who have written a few. */
#define HANDLER(name) \
  static ANSWER __cdecl name(EXCEPTION_RECORD* record, RECORD* frame, CONTEXT* context, void* word)

/* Reads address 0, with an instruction of two bytes. */
#define FAULT() __asm__ volatile("xorl %%eax, %%eax\n movl (%%eax), %%eax" : : : "eax")

/* Two faults. Each is in a function of its own: a compiler may leave out the handler of a fault
 * that is written into a __try itself (docs/compiled-programs.md). */
__attribute__((unused, noinline)) static int read_from(const volatile int* address) {
  return *address;
}
__attribute__((unused, noinline)) static void raise(DWORD code) {
  RaiseException(code, 0, 0, 0);
}

#endif
