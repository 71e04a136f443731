/* Run-time type information as compilers write it beside a class' vftable, 32-bit. */
#ifndef CRT_EH_RTTI_H
#define CRT_EH_RTTI_H

#include "crt/eh/cxx_eh.h"

#define BCD_PRIVORPROTBASE 0x4 /* not a public base of the class that it is a direct base of */
typedef struct RTTIBaseClassDescriptor {
  TypeDescriptor* pTypeDescriptor;
  DWORD numContainedBases; /* entries behind this one that are its bases */
  PMD where;
  DWORD attributes;
} RTTIBaseClassDescriptor;

typedef struct RTTIClassHierarchyDescriptor {
  DWORD signature, attributes, numBaseClasses;
  RTTIBaseClassDescriptor**
      pBaseClassArray; /* the class itself, then its bases, each before its own */
} RTTIClassHierarchyDescriptor;

/* What the dword before a vftable points to. */
typedef struct RTTICompleteObjectLocator {
  DWORD signature;
  DWORD offset;   /* of this vfptr in the complete object */
  DWORD cdOffset; /* where, before the vfptr, a constructor displacement is; 0: nowhere */
  TypeDescriptor* pTypeDescriptor;
  RTTIClassHierarchyDescriptor* pClassDescriptor;
} RTTICompleteObjectLocator;

#ifdef __cplusplus
extern "C" {
#endif
/* The locator and the complete object of the subobject at `object`; 0 when memory cannot be read.
 */
const RTTICompleteObjectLocator* rtti_locate(void* object, BYTE** complete);
/* Where in the complete object a dynamic_cast ends up; 0: it fails. */
void* rtti_cast(const RTTICompleteObjectLocator* locator, BYTE* complete, BYTE* subobject,
                const TypeDescriptor* source, const TypeDescriptor* target);
#ifdef __cplusplus
}
#endif

#endif
