/* The unwind function that setjmp records in a function with C++ objects: data[0] is the function's
 * tables, the level its state. */
#include "crt/eh/cxx_eh.h"

typedef struct JUMP_BUFFER {
  DWORD Ebp, Ebx, Edi, Esi, Esp, Eip;
  EHRegistrationNode* Registration;
  LONG TryLevel;
  DWORD Cookie;
  void* UnwindFunc;
  DWORD UnwindData[6];
} JUMP_BUFFER;

void __stdcall __CxxLongjmpUnwind(JUMP_BUFFER* buffer) {
  __FrameUnwindToState(buffer->Registration, 0, (const FuncInfo*)buffer->UnwindData[0],
                       buffer->TryLevel);
}
