/* The tests, and what they share. */
#ifndef GO_TESTS_H
#define GO_TESTS_H

#include "go/testing.h"

extern InternalTest tests[];
extern const uint32 ntests;

/* dll_test.c */
#ifndef USER32_DLL
#define USER32_DLL "user32.dll" /* whose EnumWindows calls back */
#endif
typedef struct DLL DLL;
struct DLL {
  uintptr handle;
};
DLL GetDLL(T* t, const char* name);
uintptr DLL_Proc(T* t, DLL d, const char* name);
extern FuncVal DLL_Release; /* (d DLL) */
/* A Go function that C calls with (anything, FuncVal*): calls that, and answers 0. */
uintptr callbackaddress(void);
/* Calls into Windows, back into Go, and finally to f. */
void nestedCall(T* t, FuncVal* f);
/* The same through a function of go_cdll.dll; a3 is its third argument, if it has one. */
uintptr cdllCall(T* t, const char* function, FuncVal* f, uintptr nargs, uintptr a3);
/* What `function` of go_cdll.dll returns for f; gives up on the test if it is not `expected`. */
void checkcdllCall(T* t, const char* function, FuncVal* f, uintptr expected);

extern FuncVal UnlockOSThreadV;
Eface goerror(const char* text);
/* panic("callback panic"), and whether it was that which recover gave. */
extern FuncVal panicker;
void checkcallbackpanic(T* t, Eface s);
/* A run-time error is what recover must have given. */
void checkfault(T* t, Eface s);
/* runtime_test.c: reads a word. */
uint32 probe(uintptr address);

#define TEST(name) void name(T* t)
/* Name, and whether it runs only when it is named. TestCallbackPanicLocked must be the first of
 * those that panic: see syscall_windows_test.c. */
#define ALL_TESTS(ENTRY)                             \
  ENTRY(TestCallback, false)                         \
  ENTRY(TestCallbackGC, false)                       \
  ENTRY(TestCallbackPanicLocked, false)              \
  ENTRY(TestCallbackPanic, false)                    \
  ENTRY(TestCallbackPanicLoop, false)                \
  ENTRY(TestBlockingCallback, false)                 \
  ENTRY(TestCallbackInAnotherThread, false)          \
  ENTRY(TestNestedPanicLevel1, false)                \
  ENTRY(TestNestedPanicLevel2, false)                \
  ENTRY(TestNestedPanicLevel3, false)                \
  ENTRY(TestCallbackThroughNoRecord, false)          \
  ENTRY(TestCallbackThroughThreeRecords, false)      \
  ENTRY(TestCallbackThroughTry, false)               \
  ENTRY(TestCallbackPanicThroughNoRecord, false)     \
  ENTRY(TestCallbackPanicThroughThreeRecords, false) \
  ENTRY(TestCallbackPanicThroughTry, false)          \
  ENTRY(TestFaultInCCaughtByTry, false)              \
  ENTRY(TestFaultInCallbackThroughTry, false)        \
  ENTRY(TestCallbackOnForeignThread, false)          \
  ENTRY(TestCallbackPanicOnForeignThread, false)     \
  ENTRY(TestFaultOnForeignThread, false)             \
  ENTRY(TestCallbackGCRootInC, false)                \
  ENTRY(TestSetPanicOnFault, false)                  \
  ENTRY(TestSetPanicOnFaultAddress, false)           \
  ENTRY(TestDivideByZero, false)                     \
  ENTRY(TestFaultInCallback, false)                  \
  ENTRY(TestFaultInCallbackRecoveredOutside, false)  \
  ENTRY(TestCallbackPanicDeep, false)                \
  ENTRY(TestStackReuse, false)                       \
  ENTRY(TestStaleRecordIntact, false)                \
  ENTRY(TestStaleRecordOverwritten, false)           \
  ENTRY(CrashPanicInCallback, true)                  \
  ENTRY(CrashPanicInDefer, true)                     \
  ENTRY(CrashNilDereference, true)                   \
  ENTRY(CrashFaultAddress, true)                     \
  ENTRY(CrashFaultInC, true)                         \
  ENTRY(CrashDeadlock, true)

#define TEST_DECLARATION(name, onlynamed) TEST(name);
ALL_TESTS(TEST_DECLARATION)

#endif
