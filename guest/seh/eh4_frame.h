/* eh4_frame.S and eh3_frame.S */
#ifndef SEH_EH4_FRAME_H
#define SEH_EH4_FRAME_H

#include "cases/steps.h"

#ifdef __cplusplus
extern "C" {
#endif
typedef void(__cdecl* BODY)(void);
typedef LONG(__cdecl* FILTER)(EXCEPTION_POINTERS* pointers);
int __cdecl eh4_frame(BODY body, FILTER filter, BODY finally, int spoil);
int __cdecl eh4_setjmp(int* buffer, BODY jump, BODY finally);
int __cdecl eh4_leaves_twice(BODY body, FILTER filter, BODY inner, BODY outer);
int __cdecl eh3_frame(BODY body, FILTER filter, BODY finally);
#ifdef __cplusplus
}
#endif

#endif
