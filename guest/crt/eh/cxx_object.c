/* The exception object: which catch clauses it matches, making the clause's object of it, and its
 * destruction. */
#include "crt/eh/cxx_eh.h"

typedef void(__thiscall* DESTRUCTOR)(void* object);
typedef void(__thiscall* COPY)(void* to, void* from);
typedef void(__thiscall* COPY_VIRTUAL)(void* to, void* from, int most_derived);

void* memmove(void* to, const void* from, size_t bytes);

/* Where in `object` the base lies. */
void* __cdecl __AdjustPointer(void* object, const PMD* where) {
  BYTE* base = (BYTE*)object + where->mdisp;
  if (where->pdisp >= 0) {
    const BYTE* table = *(BYTE**)((BYTE*)object + where->pdisp);
    base += where->pdisp + *(const LONG*)(table + where->vdisp);
  }
  return base;
}

/* Types are the same when their decorated names are: two images have descriptors of their own. */
int __cdecl __TypeMatch(const HandlerType* clause, const CatchableType* type,
                        const ThrowInfo* thrown) {
  if (!clause->pType || !clause->pType->name[0]) return 1; /* catch (...) */
  if (clause->adjectives & HT_ISBADALLOCCOMPAT && type->properties & CT_ISSTDBADALLOC) return 1;
  if (clause->pType != type->pType && strcmp(clause->pType->name, type->pType->name)) return 0;
  if (type->properties & CT_BYREFERENCEONLY && !(clause->adjectives & HT_ISREFERENCE)) return 0;
  if (thrown->attributes & TI_ISCONST && !(clause->adjectives & HT_ISCONST)) return 0;
  if (thrown->attributes & TI_ISUNALIGNED && !(clause->adjectives & HT_ISUNALIGNED)) return 0;
  return !(thrown->attributes & TI_ISVOLATILE) || clause->adjectives & HT_ISVOLATILE;
}

/* The clause's object lies in the frame, or, for managed C++, is what is given in its place. */
static void* catch_object(void* node, const HandlerType* clause) {
  if (clause->adjectives & HT_ISCOMPLUSEH) return node;
  return frame_ebp(node) + clause->dispCatchObj;
}

/* What can be made without a call of the program's: 0, it is made, or there is nothing to make;
 * 1 and 2, the copy constructor is to be called, in the latter case with the flag that its object
 * is the whole one. */
static int build(void* object, void* node, const HandlerType* clause,
                 const CatchableType* conversion) {
  if (!clause->pType || !clause->pType->name[0]) return 0;
  if (!clause->dispCatchObj && !(clause->adjectives & HT_ISCOMPLUSEH)) return 0;
  void* target = catch_object(node, clause);
  if (clause->adjectives & HT_ISREFERENCE) {
    *(void**)target = __AdjustPointer(object, &conversion->thisDisplacement);
  } else if (conversion->properties & CT_ISSIMPLETYPE) {
    memmove(target, object, (size_t)conversion->sizeOrOffset);
    void** pointer = target;
    if (conversion->sizeOrOffset == sizeof *pointer && *pointer)
      *pointer = __AdjustPointer(*pointer, &conversion->thisDisplacement);
  } else if (!conversion->copyFunction) {
    memmove(target, __AdjustPointer(object, &conversion->thisDisplacement),
            (size_t)conversion->sizeOrOffset);
  } else {
    return conversion->properties & CT_HASVIRTUALBASE ? 2 : 1;
  }
  return 0;
}

int __cdecl __BuildCatchObjectHelper(EXCEPTION_RECORD* record, void* node,
                                     const HandlerType* clause, const CatchableType* conversion) {
  __try {
    return build(thrown_object(record), node, clause, conversion);
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    crt_terminate();
  }
}

static void copy(void* target, void* from, void* constructor, int kind) {
  if (kind == 2) {
    ((COPY_VIRTUAL)constructor)(target, from, 1);
  } else {
    ((COPY)constructor)(target, from);
  }
}

/* Whatever the copy constructor lets out ends the program ([except.terminate]). */
void __cdecl __BuildCatchObject(EXCEPTION_RECORD* record, void* node, const HandlerType* clause,
                                const CatchableType* conversion) {
  int kind = __BuildCatchObjectHelper(record, node, clause, conversion);
  if (!kind) return;
  void* from = __AdjustPointer(thrown_object(record), &conversion->thisDisplacement);
  __try {
    copy(catch_object(node, clause), from, conversion->copyFunction, kind);
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    crt_terminate();
  }
}

static void destruct(void* object, void* destructor, BOOL throw_not_allowed) {
  __try {
    ((DESTRUCTOR)destructor)(object);
  } __except (throw_not_allowed ? EXCEPTION_EXECUTE_HANDLER : EXCEPTION_CONTINUE_SEARCH) {
    crt_terminate();
  }
}

void __cdecl __DestructExceptionObject(EXCEPTION_RECORD* record, BOOL throw_not_allowed) {
  if (!record || !is_cxx_exception(record)) return;
  const ThrowInfo* info = throw_info(record);
  if (!info || !info->pmfnUnwind || info->attributes & TI_ISPURE) return;
  destruct(thrown_object(record), info->pmfnUnwind, throw_not_allowed);
}
