/* What a program can ask about, or set for, the exceptions of its thread. */
#include "crt/eh/cxx_eh.h"

SE_TRANSLATOR __cdecl _set_se_translator(SE_TRANSLATOR translator)
    CRT_NAME("__set_se_translator",
             "?_set_se_translator@@YAP6AXIPAU_EXCEPTION_POINTERS@@@ZP6AXI0@Z@Z");
SE_TRANSLATOR __cdecl _set_se_translator(SE_TRANSLATOR translator) {
  EH_THREAD* thread = eh_thread();
  SE_TRANSLATOR before = thread->translator;
  thread->translator = translator;
  return before;
}

/* Frames that are being unwound for exceptions: 1 in a destructor that an exception runs, 2 in a
 * destructor that a second exception runs within that one. */
int __cdecl __uncaught_exceptions(void) {
  return eh_thread()->processing_throw;
}
_Bool __cdecl __uncaught_exception(void) {
  return eh_thread()->processing_throw != 0;
}
int* __cdecl __processing_throw(void) {
  return &eh_thread()->processing_throw;
}

void** __cdecl __current_exception(void) {
  return (void**)&eh_thread()->current_exception;
}
void** __cdecl __current_exception_context(void) {
  return &eh_thread()->current_context;
}

/* Is the C++ exception of `pointers` of a type, or has it a base of it? */
int __cdecl _is_exception_typeof(const TypeDescriptor* type, EXCEPTION_POINTERS* pointers)
    CRT_NAME("__is_exception_typeof",
             "?_is_exception_typeof@@YAHABVtype_info@@PAU_EXCEPTION_POINTERS@@@Z");
int __cdecl _is_exception_typeof(const TypeDescriptor* type, EXCEPTION_POINTERS* pointers) {
  if (!pointers || !pointers->ExceptionRecord) crt_terminate();
  EXCEPTION_RECORD* record = pointers->ExceptionRecord;
  if (!is_cxx_exception(record) || !throw_info(record)) return 0;
  const CatchableTypeArray* types = throw_info(record)->pCatchableTypeArray;
  for (LONG i = 0; i < types->nCatchableTypes; ++i) {
    if (!strcmp(type->name, types->arrayOfCatchableTypes[i]->pType->name)) return 1;
  }
  return 0;
}
