/* The environment: a block of strings NAME=value in the process parameters, an empty one last. */
#include "system/kernel32/base.h"

#define ERROR_ENVVAR_NOT_FOUND 203

static RTL_USER_PROCESS_PARAMETERS* parameters(void) {
  return current_peb()->ProcessParameters;
}

static SIZE_T length_of(const WCHAR* text) {
  SIZE_T length = 0;
  while (text[length]) ++length;
  return length;
}

/* Bytes of a block, with the empty string at its end. */
static SIZE_T bytes_of(const WCHAR* block) {
  const WCHAR* at = block;
  while (*at) at += length_of(at) + 1;
  return (SIZE_T)(at + 1 - block) * sizeof(WCHAR);
}

/* Names are told apart without regard to case; of ASCII, for want of the system's tables. */
static WCHAR upper(WCHAR c) {
  return c >= 'a' && c <= 'z' ? (WCHAR)(c - 'a' + 'A') : c;
}

/* The value in a string of that name, or null. A name may begin with '='. */
static const WCHAR* value_in(const WCHAR* string, const WCHAR* name) {
  for (; *name; ++name, ++string) {
    if (upper(*string) != upper(*name)) return 0;
  }
  return *string == '=' ? string + 1 : 0;
}

/* The string of that name, or the end of the block. */
static WCHAR* find(WCHAR* block, const WCHAR* name) {
  while (*block && !value_in(block, name)) block += length_of(block) + 1;
  return block;
}

/* A copy, as Windows hands out since Vista. */
WCHAR* WINAPI GetEnvironmentStringsW(void) {
  RtlEnterCriticalSection(current_peb()->FastPebLock);
  const WCHAR* block = parameters()->Environment;
  SIZE_T bytes = bytes_of(block);
  WCHAR* copy = RtlAllocateHeap(GetProcessHeap(), 0, bytes);
  if (copy) RtlMoveMemory(copy, block, bytes);
  RtlLeaveCriticalSection(current_peb()->FastPebLock);
  return copy;
}

BOOL WINAPI FreeEnvironmentStringsW(WCHAR* block) {
  return RtlFreeHeap(GetProcessHeap(), 0, block);
}

/* Characters without the zero; with it, when there is no room for all of them. */
DWORD WINAPI GetEnvironmentVariableW(const WCHAR* name, WCHAR* value, DWORD room) {
  DWORD result = 0;
  RtlEnterCriticalSection(current_peb()->FastPebLock);
  const WCHAR* string = find(parameters()->Environment, name);
  if (!*name || !*string) {
    SetLastError(ERROR_ENVVAR_NOT_FOUND);
  } else {
    const WCHAR* found = value_in(string, name);
    DWORD length = length_of(found);
    result = length < room ? length : length + 1;
    if (length < room) RtlMoveMemory(value, found, (length + 1) * sizeof(WCHAR));
    SetLastError(0);
  }
  RtlLeaveCriticalSection(current_peb()->FastPebLock);
  return result;
}

/* The block without the string at `old`, if any, and with NAME=value, if any, at its end. */
static WCHAR* rebuild(const WCHAR* block, const WCHAR* old, const WCHAR* name, const WCHAR* value) {
  SIZE_T name_length = length_of(name), value_length = value ? length_of(value) : 0;
  WCHAR* made = RtlAllocateHeap(GetProcessHeap(), 0,
                                bytes_of(block) + (name_length + value_length + 2) * sizeof(WCHAR));
  if (!made) return 0;
  WCHAR* to = made;
  for (; *block; block += length_of(block) + 1) {
    if (block == old) continue;
    SIZE_T units = length_of(block) + 1;
    RtlMoveMemory(to, block, units * sizeof(WCHAR));
    to += units;
  }
  if (value) {
    RtlMoveMemory(to, name, name_length * sizeof(WCHAR));
    to += name_length;
    *to++ = '=';
    RtlMoveMemory(to, value, (value_length + 1) * sizeof(WCHAR));
    to += value_length + 1;
  }
  *to = 0;
  return made;
}

BOOL WINAPI SetEnvironmentVariableW(const WCHAR* name, const WCHAR* value) {
  BOOL done = FALSE;
  const WCHAR* sign = name;
  if (sign && *sign) ++sign; /* it may begin with '=' */
  while (sign && *sign && *sign != '=') ++sign;
  if (!name || !*name || *sign) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return FALSE;
  }
  RtlEnterCriticalSection(current_peb()->FastPebLock);
  WCHAR* block = parameters()->Environment;
  const WCHAR* old = find(block, name);
  if (!value && !*old) {
    SetLastError(ERROR_ENVVAR_NOT_FOUND);
  } else {
    WCHAR* made = rebuild(block, old, name, value);
    if (made) {
      parameters()->Environment = made;
      RtlFreeHeap(GetProcessHeap(), 0, block);
      done = TRUE;
    } else {
      SetLastError(ERROR_NOT_ENOUGH_MEMORY);
    }
  }
  RtlLeaveCriticalSection(current_peb()->FastPebLock);
  return done;
}
