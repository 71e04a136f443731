/* The handler of every function with C++ objects or try blocks: the search for a catch clause, and
 * the destruction of objects on unwinding. */
#include "crt/eh/cxx_eh.h"

/* In how many catch blocks of its function does a try block stand? */
static int depth_of(const FuncInfo* info, const TryBlockMapEntry* entry) {
  int depth = 0;
  for (LONG i = 0; i < info->nTryBlocks; ++i) {
    const TryBlockMapEntry* outer = &info->pTryBlockMap[i];
    if (outer->tryHigh < entry->tryLow && entry->tryHigh <= outer->catchHigh) ++depth;
  }
  return depth;
}

/* A function whose catch blocks run asks for each depth on its own: its frame for the try blocks
 * around the outermost of them, their guards for those within. */
static BOOL applies(const FuncInfo* info, const TryBlockMapEntry* entry, LONG state, int depth) {
  return entry->tryLow <= state && state <= entry->tryHigh && depth_of(info, entry) == depth;
}

/* The first of the thrown type's conversions that a clause takes. */
static const CatchableType* match(const HandlerType* clause, const ThrowInfo* thrown) {
  const CatchableTypeArray* types = thrown->pCatchableTypeArray;
  for (LONG i = 0; i < types->nCatchableTypes; ++i) {
    if (__TypeMatch(clause, types->arrayOfCatchableTypes[i], thrown))
      return types->arrayOfCatchableTypes[i];
  }
  return 0;
}

/* Exception specifications: Microsoft's compilers never wrote one into a function's tables, but
 * the format has them. */
static BOOL permitted(const ESTypeList* list, const ThrowInfo* thrown) {
  for (LONG i = 0; i < list->nCount; ++i) {
    if (match(&list->pTypeArray[i], thrown)) return TRUE;
  }
  return FALSE;
}

/* The handler of set_unexpected may throw what is permitted. What it throws is looked for while it
 * still runs: then the list is the violated one. */
static void check_specification(const ESTypeList* list, const ThrowInfo* thrown) {
  if (!list || permitted(list, thrown)) return;
  EH_THREAD* thread = eh_thread();
  if (thread->violated == list) crt_terminate();
  thread->violated = list;
  __try {
    crt_unexpected();
  } __finally {
    thread->violated = 0;
  }
}

static void find_cxx_handler(EXCEPTION_RECORD* record, EHRegistrationNode* frame, void* context,
                             const FuncInfo* info, int depth, EHRegistrationNode* marker,
                             BOOL recursive) {
  const ThrowInfo* thrown = throw_info(record);
  for (LONG i = 0; i < info->nTryBlocks; ++i) {
    const TryBlockMapEntry* entry = &info->pTryBlockMap[i];
    if (!applies(info, entry, frame->state, depth)) continue;
    for (LONG c = 0; c < entry->nCatches; ++c) {
      const HandlerType* clause = &entry->pHandlerArray[c];
      const CatchableType* conversion = match(clause, thrown);
      if (!conversion) continue;
      _CatchIt(record, frame, context, info, clause, conversion, entry, depth, marker);
      return;
    }
  }
  if (recursive) __DestructExceptionObject(record, TRUE); /* it will be forgotten */
  if (depth > 0) return;                                  /* the rest is the whole function's */
  if (has_eh_flags(info) && info->EHFlags & FI_EHNOEXCEPT_FLAG) crt_terminate();
  check_specification(exception_specification(info), thrown);
}

/* An exception that is none of C++'s: a translator may make one of it; otherwise only a
 * catch (...) compiled with /EHa takes it. */
static void find_foreign_handler(EXCEPTION_RECORD* record, EHRegistrationNode* frame, void* context,
                                 const FuncInfo* info, int depth, EHRegistrationNode* marker) {
  if (record->ExceptionCode == STATUS_BREAKPOINT_CODE) return; /* a debugger's */
  SE_TRANSLATOR translator = eh_thread()->translator;
  if (translator && _CallSETranslator(record, frame, context, info, depth, marker, translator))
    return;
  for (LONG i = 0; i < info->nTryBlocks; ++i) {
    const TryBlockMapEntry* entry = &info->pTryBlockMap[i];
    if (!applies(info, entry, frame->state, depth) || entry->nCatches <= 0) continue;
    const HandlerType* last = &entry->pHandlerArray[entry->nCatches - 1];
    if (last->pType && last->pType->name[0]) continue;
    if (last->adjectives & HT_ISSTDDOTDOT) continue;
    _CatchIt(record, frame, context, info, last, 0, entry, depth, marker);
    return;
  }
}

static void find_handler(EXCEPTION_RECORD* record, EHRegistrationNode* frame, void* context,
                         const FuncInfo* info, int depth, EHRegistrationNode* marker,
                         BOOL recursive) {
  if (is_cxx_exception(record) && !throw_info(record)) { /* thrown again */
    EH_THREAD* thread = eh_thread();
    if (!thread->current_exception) return;
    record = thread->current_exception;
    context = thread->current_context;
  }
  if (is_cxx_exception(record)) {
    find_cxx_handler(record, frame, context, info, depth, marker, recursive);
  } else if (recursive) {
    crt_terminate(); /* a fault in the translator itself */
  } else if (info->nTryBlocks > 0) {
    find_foreign_handler(record, frame, context, info, depth, marker);
  }
}

DISPOSITION __cdecl __InternalCxxFrameHandler(EXCEPTION_RECORD* record, EHRegistrationNode* frame,
                                              void* context, void* dispatcher, const FuncInfo* info,
                                              int depth, EHRegistrationNode* marker,
                                              BOOL recursive) {
  DWORD magic = info->magicNumber & 0x1fffffff;
  if (magic < EH_MAGIC_NUMBER1 || magic > EH_MAGIC_HAS_EHFLAGS) crt_terminate();
  /* Compiled with /EHs, a function knows of C++ exceptions only; it is not even unwound for others.
   */
  if (record->ExceptionCode != EH_EXCEPTION_NUMBER && has_eh_flags(info) &&
      info->EHFlags & FI_EHS_FLAG)
    return ContinueSearch;
  if (record->ExceptionFlags & EXCEPTION_UNWIND) {
    if (info->maxState > 0 && depth == 0)
      __FrameUnwindToState(frame, dispatcher, info, EH_EMPTY_STATE);
    return ContinueSearch;
  }
  if (info->nTryBlocks > 0 || exception_specification(info) ||
      (has_eh_flags(info) && info->EHFlags & FI_EHNOEXCEPT_FLAG))
    find_handler(record, frame, context, info, depth, marker, recursive);
  return ContinueSearch;
}
