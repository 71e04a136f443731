/* How kernel32 names an object to ntdll. */
#ifndef SYSTEM_KERNEL32_OBJECTS_H
#define SYSTEM_KERNEL32_OBJECTS_H

#include "system/nt.h"

typedef struct OBJECT_ATTRIBUTES {
  ULONG Length;
  HANDLE RootDirectory;
  UNICODE_STRING* ObjectName;
  ULONG Attributes;
  PVOID SecurityDescriptor, SecurityQualityOfService;
} OBJECT_ATTRIBUTES;

#endif
