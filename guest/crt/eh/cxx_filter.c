/* Catching C++ exceptions with __except, as managed C++ does: a filter, and the two calls around
 * the handler that make the exception the thread's current one. */
#include "crt/eh/cxx_eh.h"

/* A catch clause as a filter. `object`, if any, receives what the clause would. */
int __cdecl __CxxExceptionFilter(EXCEPTION_POINTERS* pointers, TypeDescriptor* type, int adjectives,
                                 void* object) {
  if (!pointers) return EXCEPTION_CONTINUE_SEARCH;
  EXCEPTION_RECORD* record = pointers->ExceptionRecord;
  if (!type) return EXCEPTION_EXECUTE_HANDLER;
  if (!is_cxx_exception(record)) return EXCEPTION_CONTINUE_SEARCH;
  if (!throw_info(record)) record = eh_thread()->current_exception;
  if (!record || !is_cxx_exception(record)) return EXCEPTION_CONTINUE_SEARCH;
  const HandlerType clause = {(DWORD)adjectives | HT_ISCOMPLUSEH, type, 0, 0};
  const CatchableTypeArray* types = throw_info(record)->pCatchableTypeArray;
  for (LONG i = 0; i < types->nCatchableTypes; ++i) {
    const CatchableType* conversion = types->arrayOfCatchableTypes[i];
    if (!__TypeMatch(&clause, conversion, throw_info(record))) continue;
    if (object) __BuildCatchObject(record, object, &clause, conversion);
    return EXCEPTION_EXECUTE_HANDLER;
  }
  return EXCEPTION_CONTINUE_SEARCH;
}

/* What the two keep between them, in storage of the caller's. */
typedef struct REGISTERED {
  FRAMEINFO frame_info;
  EXCEPTION_RECORD* record; /* (void *)-1: none was registered */
  EXCEPTION_RECORD* outer_exception;
  void* outer_context;
} REGISTERED;

int __cdecl __CxxQueryExceptionSize(void) {
  return sizeof(REGISTERED);
}

int __cdecl __CxxRegisterExceptionObject(EXCEPTION_POINTERS* pointers, REGISTERED* storage) {
  EH_THREAD* thread = eh_thread();
  storage->record = (void*)-1;
  if (!pointers || !pointers->ExceptionRecord) return 1;
  EXCEPTION_RECORD* record = pointers->ExceptionRecord;
  if (is_cxx_exception(record) && !throw_info(record)) record = thread->current_exception;
  if (!record) return 1;
  storage->record = record;
  _CreateFrameInfo(&storage->frame_info, is_cxx_exception(record) ? thrown_object(record) : 0);
  storage->outer_exception = thread->current_exception;
  storage->outer_context = thread->current_context;
  thread->current_exception = record;
  thread->current_context = pointers->ContextRecord;
  return 1;
}

/* `thrown_again`: the object goes on with the exception. */
void __cdecl __CxxUnregisterExceptionObject(REGISTERED* storage, int thrown_again) {
  if (storage->record == (void*)-1) return;
  EH_THREAD* thread = eh_thread();
  _FindAndUnlinkFrame(&storage->frame_info);
  if (!thrown_again && _IsExceptionObjectToBeDestroyed(storage->frame_info.pExceptionObject))
    __DestructExceptionObject(storage->record, FALSE);
  thread->current_exception = storage->outer_exception;
  thread->current_context = storage->outer_context;
}

/* A filter around the handler: is what leaves it the exception itself, thrown again? */
int __cdecl __CxxDetectRethrow(EXCEPTION_POINTERS* pointers) {
  if (!pointers) return 0;
  const EXCEPTION_RECORD* record = pointers->ExceptionRecord;
  return is_cxx_exception(record) && !throw_info(record);
}
