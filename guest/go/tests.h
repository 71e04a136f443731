/* The tests, and what they share. */
#ifndef GO_TESTS_H
#define GO_TESTS_H

#include "go/testing.h"

extern InternalTest tests[];
extern const uint32 ntests;

/* syscall_windows_test.c */
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
/* panic("callback panic") */
extern FuncVal panicker;
/* What recover gave must be that panic. */
void checkcallbackpanic(T* t, Eface s);
Eface goerror(const char* text);

#define TEST(name) void name(T* t)
TEST(TestCallback);
TEST(TestCallbackPanicLocked);
TEST(TestCallbackPanic);
TEST(TestCallbackPanicLoop);
TEST(TestSetPanicOnFault);

#endif
