/* clang calls _setjmp3 itself for _setjmp. The buffer is host/win32/jump_buffer.hpp's. */
#ifndef CRT_SETJMP_H
#define CRT_SETJMP_H

#include <corecrt.h>

typedef int jmp_buf[16];

CRT_BEGIN
int __cdecl _setjmp(jmp_buf buffer) __attribute__((returns_twice));
CRT_NORETURN void __cdecl longjmp(jmp_buf buffer, int value);
CRT_END

#define setjmp _setjmp

#endif
