/* The body of _except_handler4, in the runtime's DLL: an image's own _except_handler4 passes its
 * cookie and its check of it. The frame's cookies are checked before its table is believed, and
 * again after every piece of the program that ran. */
#include "crt/eh/except_handler4.h"

#define EXCEPTION_UNWIND 6
#define EH_EXCEPTION_NUMBER 0xe06d7363u

static void check_one(COOKIE_CHECK check, const BYTE* ebp, LONG offset, LONG xor_offset) {
  check(*(const ULONG_PTR*)(ebp + offset) ^ (ULONG_PTR)(ebp + xor_offset));
}

static void validate_local_cookies(COOKIE_CHECK check, const EH4_SCOPETABLE* table,
                                   const BYTE* ebp) {
  if (table->GSCookieOffset != EH4_NO_GS_COOKIE)
    check_one(check, ebp, table->GSCookieOffset, table->GSCookieXOROffset);
  check_one(check, ebp, table->EHCookieOffset, table->EHCookieXOROffset);
}

int __cdecl _except_handler4_common(ULONG_PTR* cookie, COOKIE_CHECK check, EXCEPTION_RECORD* record,
                                    void* registration, void* context, void* dispatcher) {
  __asm__ volatile("cld");
  EH4_EXCEPTION_REGISTRATION_RECORD* frame =
      (void*)((BYTE*)registration - offsetof(EH4_EXCEPTION_REGISTRATION_RECORD, SubRecord));
  const EH4_SCOPETABLE* table = (const void*)(frame->EncodedScopeTable ^ *cookie);
  BYTE* ebp = (BYTE*)registration + 16;
  validate_local_cookies(check, table, ebp);

  if (record->ExceptionFlags & EXCEPTION_UNWIND) {
    if (frame->TryLevel == EH4_TOPMOST_TRY_LEVEL) return 1;
    _local_unwind4(cookie, registration, EH4_TOPMOST_TRY_LEVEL);
    validate_local_cookies(check, table, ebp);
    return 1; /* ExceptionContinueSearch */
  }

  EXCEPTION_POINTERS pointers = {record, context};
  frame->ExceptionPointers = &pointers;
  BOOL ran = FALSE;
  int disposition = 1;
  for (DWORD level = frame->TryLevel; level != EH4_TOPMOST_TRY_LEVEL;) {
    const EH4_SCOPETABLE_RECORD* scope = &table->ScopeRecord[level];
    DWORD enclosing = scope->EnclosingLevel;
    if (scope->FilterFunc) {
      LONG decision = _EH4_CallFilterFunc(scope->FilterFunc, ebp);
      ran = TRUE;
      if (decision < 0) {
        disposition = 0; /* ExceptionContinueExecution */
        break;
      }
      if (decision > 0) {
        /* A C++ exception ends here; nobody else will destroy its object. */
        if (record->ExceptionCode == EH_EXCEPTION_NUMBER) __DestructExceptionObject(record, TRUE);
        _EH4_GlobalUnwind2(registration, record);
        if (frame->TryLevel != level) _local_unwind4(cookie, registration, level);
        frame->TryLevel = enclosing;
        validate_local_cookies(check, table, ebp);
        _EH4_TransferToHandler(scope->HandlerFunc, ebp);
      }
    }
    level = enclosing;
  }
  if (ran) validate_local_cookies(check, table, ebp);
  return disposition;
}
