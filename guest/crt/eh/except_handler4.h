/* _except_handler4's frames (facts 1.6): as _except_handler3's, but the scope table's address is
 * XORed with the image's security cookie, levels end at -2, and the table begins with where the
 * frame's own cookies are. */
#ifndef CRT_EH_EXCEPT_HANDLER4_H
#define CRT_EH_EXCEPT_HANDLER4_H

#include "system/win32.h"

#define EH4_TOPMOST_TRY_LEVEL ((DWORD)-2)
#define EH4_NO_GS_COOKIE (-2)

typedef struct EH4_SCOPETABLE_RECORD {
  DWORD EnclosingLevel;
  void* FilterFunc; /* 0: HandlerFunc is a __finally */
  void* HandlerFunc;
} EH4_SCOPETABLE_RECORD;

typedef struct EH4_SCOPETABLE { /* offsets are from EBP */
  LONG GSCookieOffset, GSCookieXOROffset;
  LONG EHCookieOffset, EHCookieXOROffset;
  EH4_SCOPETABLE_RECORD ScopeRecord[];
} EH4_SCOPETABLE;

typedef struct EH4_EXCEPTION_REGISTRATION_RECORD {
  void* SavedESP;
  EXCEPTION_POINTERS* ExceptionPointers;
  struct { /* what fs:[0] points to */
    void *Next, *Handler;
  } SubRecord;
  DWORD EncodedScopeTable;
  DWORD TryLevel;
} EH4_EXCEPTION_REGISTRATION_RECORD;

typedef void(__fastcall* COOKIE_CHECK)(ULONG_PTR cookie);

int __cdecl _except_handler4_common(ULONG_PTR* cookie, COOKIE_CHECK check, EXCEPTION_RECORD* record,
                                    void* registration, void* context, void* dispatcher);

/* except_handler4.S */
LONG __cdecl _EH4_CallFilterFunc(void* filter, void* ebp);
NORETURN void __cdecl _EH4_TransferToHandler(void* handler, void* ebp);
void __cdecl _EH4_GlobalUnwind2(void* registration, EXCEPTION_RECORD* record);
void __cdecl _local_unwind4(ULONG_PTR* cookie, void* registration, DWORD level);

void __cdecl __DestructExceptionObject(EXCEPTION_RECORD* record, BOOL throw_not_allowed);

#endif
