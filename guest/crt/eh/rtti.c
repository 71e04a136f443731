/* Finding the complete object of a subobject, and the class that dynamic_cast asks for in it. */
#include "crt/eh/rtti.h"

static __attribute__((noinline)) const RTTICompleteObjectLocator* locate(BYTE* object,
                                                                         BYTE** complete) {
  const RTTICompleteObjectLocator* locator = (*(const RTTICompleteObjectLocator***)object)[-1];
  *complete = object - locator->offset;
  if (locator->cdOffset) *complete -= *(const LONG*)(object - locator->cdOffset);
  (void)*(volatile const char*)locator->pTypeDescriptor->name;
  return locator;
}

const RTTICompleteObjectLocator* rtti_locate(void* object, BYTE** complete) {
  const RTTICompleteObjectLocator* volatile locator = 0;
  __try {
    locator = locate(object, complete);
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    locator = 0;
  }
  return locator;
}

static BOOL same(const TypeDescriptor* a, const TypeDescriptor* b) {
  return a == b || strcmp(a->name, b->name) == 0;
}

/* Is the base at `inner` reached from the class at `outer` through public bases alone? */
static BOOL is_public(RTTIBaseClassDescriptor** bases, DWORD outer, DWORD inner) {
  for (DWORD i = outer + 1; i <= inner; ++i) {
    if (i + bases[i]->numContainedBases < inner) continue; /* not on the way */
    if (bases[i]->attributes & BCD_PRIVORPROTBASE) return FALSE;
  }
  return TRUE;
}

/* [expr.dynamic.cast]: the object of the target's class that the source is a public base of; else,
 * if the source is a public base of the complete object, its one public base of that class. */
void* rtti_cast(const RTTICompleteObjectLocator* locator, BYTE* complete, BYTE* subobject,
                const TypeDescriptor* source, const TypeDescriptor* target) {
  RTTIBaseClassDescriptor** bases = locator->pClassDescriptor->pBaseClassArray;
  DWORD count = locator->pClassDescriptor->numBaseClasses;
  void *down = 0, *across = 0;
  BOOL many_down = FALSE, many_across = FALSE, across_public = FALSE, source_public = FALSE;
  for (DWORD i = 0; i < count; ++i) {
    void* place = __AdjustPointer(complete, &bases[i]->where);
    if (place == subobject && same(bases[i]->pTypeDescriptor, source) && is_public(bases, 0, i))
      source_public = TRUE;
    if (!same(bases[i]->pTypeDescriptor, target)) continue;
    if (across && across != place) many_across = TRUE;
    across = place;
    if (is_public(bases, 0, i)) across_public = TRUE;
    for (DWORD j = i; j <= i + bases[i]->numContainedBases; ++j) {
      if (!same(bases[j]->pTypeDescriptor, source) || !is_public(bases, i, j)) continue;
      if (__AdjustPointer(complete, &bases[j]->where) != subobject) continue;
      if (down && down != place) many_down = TRUE;
      down = place;
    }
  }
  if (down && !many_down) return down;
  return source_public && across_public && !many_across ? across : 0;
}
