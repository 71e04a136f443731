/* The tables that a C++ compiler writes for x86 exceptions, the frames that it lays, and what the
 * runtime keeps of a thread (facts 1.6; the host's side of the layouts is host/win32/cxx_eh.hpp).
 */
#ifndef CRT_EH_CXX_EH_H
#define CRT_EH_CXX_EH_H

#include "crt/eh/names.h"
#include "system/win32.h"

#ifdef __cplusplus
extern "C" {
#endif

#define EXCEPTION_UNWIND 6 /* EXCEPTION_UNWINDING | EXCEPTION_EXIT_UNWIND */
#define STATUS_BREAKPOINT_CODE 0x80000003u

#define EH_EXCEPTION_NUMBER 0xe06d7363u
#define EH_MAGIC_NUMBER1 0x19930520u /* Visual C++ 6 and before */
#define EH_MAGIC_HAS_ES 0x19930521u
#define EH_MAGIC_HAS_EHFLAGS 0x19930522u
#define EH_PURE_MAGIC_NUMBER1 0x01994000u /* thrown by pure managed code */
#define EH_EMPTY_STATE (-1)

typedef enum { ContinueExecution, ContinueSearch, NestedException, CollidedUnwind } DISPOSITION;

/* A base class within its complete object. */
typedef struct PMD {
  LONG mdisp;
  LONG pdisp; /* where the pointer to the table of virtual bases is; -1: no virtual base */
  LONG vdisp; /* the base's entry in that table */
} PMD;

typedef struct TypeDescriptor {
  const void* pVFTable;
  char* spare; /* the undecorated name, once asked for */
  char name[]; /* decorated: ".?AVclass@@" */
} TypeDescriptor;

#define CT_ISSIMPLETYPE 0x1
#define CT_BYREFERENCEONLY 0x2
#define CT_HASVIRTUALBASE 0x4
#define CT_ISSTDBADALLOC 0x10
typedef struct CatchableType {
  DWORD properties;
  TypeDescriptor* pType;
  PMD thisDisplacement;
  LONG sizeOrOffset;
  void* copyFunction;
} CatchableType;

typedef struct CatchableTypeArray {
  LONG nCatchableTypes;
  CatchableType* arrayOfCatchableTypes[];
} CatchableTypeArray;

#define TI_ISCONST 0x1
#define TI_ISVOLATILE 0x2
#define TI_ISUNALIGNED 0x4
#define TI_ISPURE 0x8
typedef struct ThrowInfo {
  DWORD attributes;
  void* pmfnUnwind; /* the destructor of what is thrown, or 0 */
  void* pForwardCompat;
  CatchableTypeArray* pCatchableTypeArray;
} ThrowInfo;

#define HT_ISCONST 0x1
#define HT_ISVOLATILE 0x2
#define HT_ISUNALIGNED 0x4
#define HT_ISREFERENCE 0x8
#define HT_ISBADALLOCCOMPAT 0x10
#define HT_ISSTDDOTDOT 0x40        /* a catch (...) that wants C++ exceptions alone */
#define HT_ISCOMPLUSEH 0x80000000u /* managed C++ asks */
typedef struct HandlerType {
  DWORD adjectives;
  TypeDescriptor* pType; /* 0: catch (...) */
  LONG dispCatchObj;     /* from the frame's EBP; 0: no object */
  void* addressOfHandler;
} HandlerType;

typedef struct TryBlockMapEntry {
  LONG tryLow, tryHigh, catchHigh;
  LONG nCatches;
  HandlerType* pHandlerArray;
} TryBlockMapEntry;

typedef struct UnwindMapEntry {
  LONG toState;
  void* action;
} UnwindMapEntry;

typedef struct ESTypeList {
  LONG nCount;
  HandlerType* pTypeArray;
} ESTypeList;

#define FI_EHS_FLAG 0x1
#define FI_EHNOEXCEPT_FLAG 0x4
typedef struct FuncInfo {
  DWORD magicNumber; /* the low 29 bits */
  LONG maxState;
  UnwindMapEntry* pUnwindMap;
  LONG nTryBlocks;
  TryBlockMapEntry* pTryBlockMap; /* a try block stands before those that enclose it */
  DWORD nIPMapEntries;
  void* pIPtoStateMap;
  ESTypeList* pESTypeList; /* from EH_MAGIC_HAS_ES on */
  DWORD EHFlags;           /* from EH_MAGIC_HAS_EHFLAGS on */
} FuncInfo;

/* The registration record of a function with objects or try blocks. The dword before it holds
 * the ESP that the function's body runs with; funclets run with EBP = record + 12. */
typedef struct EHRegistrationNode {
  struct EHRegistrationNode* pNext;
  void* frameHandler;
  LONG state;
} EHRegistrationNode;

static inline DWORD* saved_esp(EHRegistrationNode* frame) {
  return (DWORD*)frame - 1;
}
static inline BYTE* frame_ebp(EHRegistrationNode* frame) {
  return (BYTE*)frame + 12;
}

static inline BOOL has_eh_flags(const FuncInfo* info) {
  return (info->magicNumber & 0x1fffffff) >= EH_MAGIC_HAS_EHFLAGS;
}
static inline ESTypeList* exception_specification(const FuncInfo* info) {
  return (info->magicNumber & 0x1fffffff) >= EH_MAGIC_HAS_ES ? info->pESTypeList : 0;
}

static inline BOOL is_cxx_exception(const EXCEPTION_RECORD* record) {
  DWORD magic = record->ExceptionInformation[0];
  return record->ExceptionCode == EH_EXCEPTION_NUMBER && record->NumberParameters == 3 &&
         ((magic >= EH_MAGIC_NUMBER1 && magic <= EH_MAGIC_HAS_EHFLAGS) ||
          magic == EH_PURE_MAGIC_NUMBER1);
}
static inline void* thrown_object(const EXCEPTION_RECORD* record) {
  return (void*)record->ExceptionInformation[1];
}
static inline ThrowInfo* throw_info(const EXCEPTION_RECORD* record) {
  return (ThrowInfo*)record->ExceptionInformation[2];
}

/* An exception object that a running catch block holds. */
typedef struct FRAMEINFO {
  void* pExceptionObject;
  struct FRAMEINFO* pNext;
} FRAMEINFO;

typedef void(__cdecl* SE_TRANSLATOR)(UINT code, EXCEPTION_POINTERS* pointers);
typedef void(__cdecl* HANDLER_FUNCTION)(void);

/* What the runtime keeps of a thread. */
typedef struct EH_THREAD {
  EXCEPTION_RECORD* current_exception; /* of the innermost running catch block */
  void* current_context;
  int processing_throw; /* frames that are being unwound for exceptions just now */
  FRAMEINFO* frame_info_chain;
  SE_TRANSLATOR translator;
  HANDLER_FUNCTION unexpected;
  const ESTypeList* violated; /* the specification that unexpected() was called for */
} EH_THREAD;

/* Never 0; leaves the last error alone. */
EH_THREAD* eh_thread(void);
/* Gives a thread's memory back; to be called as it ends. */
void eh_thread_detach(void);

/* cxx_frame.S */
void* __cdecl _CallSettingFrame(void* funclet, void* ebp);
void __cdecl _UnwindNestedFrames(EHRegistrationNode* target, EXCEPTION_RECORD* record);
NORETURN void __cdecl _JumpToContinuation(void* target, EHRegistrationNode* frame);
int __cdecl _CallSETranslator(EXCEPTION_RECORD* record, EHRegistrationNode* frame, void* context,
                              const FuncInfo* info, int catch_depth, EHRegistrationNode* marker,
                              SE_TRANSLATOR translator);

/* cxx_frame_handler.c: what __CxxFrameHandler and the guards' handlers share */
DISPOSITION __cdecl __InternalCxxFrameHandler(EXCEPTION_RECORD* record, EHRegistrationNode* frame,
                                              void* context, void* dispatcher, const FuncInfo* info,
                                              int catch_depth, EHRegistrationNode* marker,
                                              BOOL recursive);

/* cxx_catch.c */
void _CatchIt(EXCEPTION_RECORD* record, EHRegistrationNode* frame, void* context,
              const FuncInfo* info, const HandlerType* clause, const CatchableType* conversion,
              const TryBlockMapEntry* entry, int catch_depth, EHRegistrationNode* marker);
void __cdecl __FrameUnwindToState(EHRegistrationNode* frame, void* dispatcher, const FuncInfo* info,
                                  LONG target);
int __cdecl __FrameUnwindFilter(EXCEPTION_POINTERS* pointers);
FRAMEINFO* __cdecl _CreateFrameInfo(FRAMEINFO* info, void* object);
void __cdecl _FindAndUnlinkFrame(FRAMEINFO* info);
BOOL __cdecl _IsExceptionObjectToBeDestroyed(void* object);

/* cxx_object.c */
int __cdecl __TypeMatch(const HandlerType* clause, const CatchableType* type,
                        const ThrowInfo* thrown);
void* __cdecl __AdjustPointer(void* object, const PMD* where);
/* `node`: the frame's record; where the clause has HT_ISCOMPLUSEH, the object itself. */
void __cdecl __BuildCatchObject(EXCEPTION_RECORD* record, void* node, const HandlerType* clause,
                                const CatchableType* conversion);
int __cdecl __BuildCatchObjectHelper(EXCEPTION_RECORD* record, void* node,
                                     const HandlerType* clause, const CatchableType* conversion);
void __cdecl __DestructExceptionObject(EXCEPTION_RECORD* record, BOOL throw_not_allowed);

NORETURN void __cdecl crt_terminate(void) CRT_NAME("_terminate", "?terminate@@YAXXZ");
NORETURN void __cdecl crt_unexpected(void) CRT_NAME("_unexpected", "?unexpected@@YAXXZ");
NORETURN void __stdcall _CxxThrowException(void* object, ThrowInfo* info);

/* of the rest of the C runtime */
void* __cdecl malloc(size_t bytes);
void __cdecl free(void* block);
NORETURN void __cdecl abort(void);
int __cdecl strcmp(const char* left, const char* right);

#ifdef __cplusplus
}
#endif

#endif
