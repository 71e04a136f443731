/* throw, and throw; with no operand: object and description are 0 then, and the frame handlers
 * take the exception of the thread's innermost catch block in its place. */
#include "crt/eh/cxx_eh.h"

NORETURN void __stdcall _CxxThrowException(void* object, ThrowInfo* info) {
  ULONG_PTR arguments[3] = {EH_MAGIC_NUMBER1, (ULONG_PTR)object, (ULONG_PTR)info};
  if (info && info->attributes & TI_ISPURE) arguments[0] = EH_PURE_MAGIC_NUMBER1;
  RaiseException(EH_EXCEPTION_NUMBER, EXCEPTION_NONCONTINUABLE, 3, arguments);
  __builtin_unreachable();
}
