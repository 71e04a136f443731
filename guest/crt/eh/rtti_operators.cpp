/* dynamic_cast, typeid and dynamic_cast<void *>, as the compiler calls them; what they throw. */
#include "crt/eh/rtti.h"
#include "crt/eh/std_classes.hpp"

#if !CRT_MSVCRT
using namespace std;
#endif

extern "C" void* __cdecl __RTDynamicCast(void* object, LONG vfptr_offset,
                                         const TypeDescriptor* source, const TypeDescriptor* target,
                                         BOOL reference) {
  if (!object) return nullptr;
  BYTE* complete = nullptr;
  const RTTICompleteObjectLocator* locator = rtti_locate(object, &complete);
  if (!locator) throw __non_rtti_object("Access violation - no RTTI data!");
  BYTE* subobject = static_cast<BYTE*>(object) - vfptr_offset;
  void* found = rtti_cast(locator, complete, subobject, source, target);
  if (!found && reference) throw bad_cast("Bad dynamic_cast!");
  return found;
}

extern "C" TypeDescriptor* __cdecl __RTtypeid(void* object) {
  if (!object) throw bad_typeid("Attempted a typeid of nullptr pointer!");
  BYTE* complete = nullptr;
  const RTTICompleteObjectLocator* locator = rtti_locate(object, &complete);
  if (!locator) throw __non_rtti_object("Access violation - no RTTI data!");
  if (!locator->pTypeDescriptor) throw __non_rtti_object("Bad read pointer - no RTTI data!");
  return locator->pTypeDescriptor;
}

extern "C" void* __cdecl __RTCastToVoid(void* object) {
  if (!object) return nullptr;
  BYTE* complete = nullptr;
  if (!rtti_locate(object, &complete)) throw __non_rtti_object("Access violation - no RTTI data!");
  return complete;
}
