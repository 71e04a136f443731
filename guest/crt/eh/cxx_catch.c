/* Catching: the unwinding up to the catch, the catch block under a record of its own, and what
 * happens to the exception object as the block is left, by whatever way. */
#include "crt/eh/cxx_eh.h"

/* An exception that leaves a destructor during unwinding ends the program; others may pass. */
int __cdecl __FrameUnwindFilter(EXCEPTION_POINTERS* pointers) {
  if (pointers->ExceptionRecord->ExceptionCode != EH_EXCEPTION_NUMBER)
    return EXCEPTION_CONTINUE_SEARCH;
  eh_thread()->processing_throw = 0;
  crt_terminate();
}

static void call_action(void* action, EHRegistrationNode* frame) {
  __try {
    _CallSettingFrame(action, frame_ebp(frame));
  } __except (__FrameUnwindFilter(GetExceptionInformation())) {
  }
}

static void unwind_states(EHRegistrationNode* frame, const FuncInfo* info, LONG target) {
  while (frame->state != target) {
    LONG state = frame->state;
    if (state <= EH_EMPTY_STATE || state >= info->maxState) crt_terminate();
    const UnwindMapEntry* entry = &info->pUnwindMap[state];
    frame->state = entry->toState; /* before the call: what fails is not done again */
    if (entry->action) call_action(entry->action, frame);
  }
}

/* Destroys a frame's objects from its state down to `target`. */
void __cdecl __FrameUnwindToState(EHRegistrationNode* frame, void* dispatcher, const FuncInfo* info,
                                  LONG target) {
  EH_THREAD* thread = eh_thread();
  ++thread->processing_throw;
  __try {
    unwind_states(frame, info, target);
  } __finally {
    if (thread->processing_throw > 0) --thread->processing_throw;
  }
}

FRAMEINFO* __cdecl _CreateFrameInfo(FRAMEINFO* info, void* object) {
  EH_THREAD* thread = eh_thread();
  info->pExceptionObject = object;
  info->pNext = thread->frame_info_chain;
  thread->frame_info_chain = info;
  return info;
}

void __cdecl _FindAndUnlinkFrame(FRAMEINFO* info) {
  FRAMEINFO** link = &eh_thread()->frame_info_chain;
  while (*link && *link != info) link = &(*link)->pNext;
  if (!*link) crt_terminate();
  *link = info->pNext;
}

BOOL __cdecl _IsExceptionObjectToBeDestroyed(void* object) {
  for (FRAMEINFO* info = eh_thread()->frame_info_chain; info; info = info->pNext) {
    if (info->pExceptionObject == object) return FALSE;
  }
  return TRUE;
}

/* The record that is linked while a catch block runs. */
typedef struct CatchGuardRN {
  void* pNext;
  void* pFrameHandler;
  const FuncInfo* pFuncInfo;
  EHRegistrationNode* pRN;
  int CatchDepth;
  EXCEPTION_RECORD* record; /* the caught one */
  EXCEPTION_RECORD* outer_exception;
  void* outer_context;
  DWORD outer_esp;
  FRAMEINFO frame_info;
} CatchGuardRN;

/* A catch block is left: its function's ESP, the thread's current exception and, unless somebody
 * else holds it, the exception object. */
static void leave_catch(CatchGuardRN* guard, BOOL destroy, BOOL abnormal) {
  EH_THREAD* thread = eh_thread();
  *saved_esp(guard->pRN) = guard->outer_esp;
  _FindAndUnlinkFrame(&guard->frame_info);
  thread->current_exception = guard->outer_exception;
  thread->current_context = guard->outer_context;
  if (destroy && _IsExceptionObjectToBeDestroyed(guard->frame_info.pExceptionObject))
    __DestructExceptionObject(guard->record, abnormal);
}

/* Asked about exceptions in a catch block, it looks at the try blocks in that block. Unwound, the
 * block is left; when what unwinds it is its own exception, thrown again and caught further out,
 * the object lives on. */
DISPOSITION __cdecl _CatchGuardHandler(EXCEPTION_RECORD* record, CatchGuardRN* guard, void* context,
                                       void* dispatcher);
__asm__(".data\n.safeseh __CatchGuardHandler\n.text"); /* .data: clang-19 would stay in .sxdata */
DISPOSITION __cdecl _CatchGuardHandler(EXCEPTION_RECORD* record, CatchGuardRN* guard, void* context,
                                       void* dispatcher) {
  __asm__ volatile("cld");
  if (record->ExceptionFlags & EXCEPTION_UNWIND) {
    leave_catch(guard, record != guard->record, TRUE);
    return ContinueSearch;
  }
  return __InternalCxxFrameHandler(record, guard->pRN, context, dispatcher, guard->pFuncInfo,
                                   guard->CatchDepth, (EHRegistrationNode*)guard, FALSE);
}

/* Runs the catch block and says where its function goes on. */
static void* call_catch_block(EXCEPTION_RECORD* record, EHRegistrationNode* frame, void* context,
                              const FuncInfo* info, void* block, int depth) {
  EH_THREAD* thread = eh_thread();
  CatchGuardRN guard = {(void*)teb_read(0),
                        (void*)_CatchGuardHandler,
                        info,
                        frame,
                        depth,
                        record,
                        thread->current_exception,
                        thread->current_context,
                        *saved_esp(frame),
                        {0, 0}};
  void* object = is_cxx_exception(record) ? thrown_object(record) : 0;
  _CreateFrameInfo(&guard.frame_info, object);
  thread->current_exception = record;
  thread->current_context = context;
  teb_write(0, (ULONG)&guard);
  void* continuation = _CallSettingFrame(block, frame_ebp(frame));
  teb_write(0, (ULONG)guard.pNext);
  leave_catch(&guard, TRUE, FALSE);
  return continuation;
}

/* The clause's object is made first, while everything below is still as it was thrown. */
void _CatchIt(EXCEPTION_RECORD* record, EHRegistrationNode* frame, void* context,
              const FuncInfo* info, const HandlerType* clause, const CatchableType* conversion,
              const TryBlockMapEntry* entry, int depth, EHRegistrationNode* marker) {
  if (conversion) __BuildCatchObject(record, frame, clause, conversion);
  _UnwindNestedFrames(marker ? marker : frame, record);
  __FrameUnwindToState(frame, 0, info, entry->tryLow);
  frame->state = entry->tryHigh + 1;
  void* continuation =
      call_catch_block(record, frame, context, info, clause->addressOfHandler, depth + 1);
  _JumpToContinuation(continuation, frame);
}
