/* The environment: a block of "name=value" strings that an empty one ends, in the order of their
 * names whatever their case. */
#include "system/kernel32/strings.h"

#define ERROR_ENVVAR_NOT_FOUND 203
#define LONGEST_VALUE 32767

static VOID lock(void) {
  RtlEnterCriticalSection(current_peb()->FastPebLock);
}
static VOID unlock(void) {
  RtlLeaveCriticalSection(current_peb()->FastPebLock);
}
static WCHAR** block(void) {
  return &current_peb()->ProcessParameters->Environment;
}

/* Of one entry: a name may begin with an equals sign ("=C:"). */
static ULONG name_length(const WCHAR* entry) {
  ULONG length = 1;
  while (entry[length] && entry[length] != '=') ++length;
  return length;
}

static ULONG block_length(const WCHAR* entries) {
  const WCHAR* at = entries;
  while (*at) at += BasepLength(at) + 1;
  return (ULONG)(at - entries) + 1;
}

/* The entry with that name, or the one before which it would stand. */
static WCHAR* find(WCHAR* entries, const WCHAR* name, ULONG length, BOOL* found) {
  WCHAR* at = entries;
  *found = FALSE;
  for (; *at; at += BasepLength(at) + 1) {
    LONG order = RtlCompareUnicodeStrings(at, name_length(at), name, length, TRUE);
    if (order == 0) *found = TRUE;
    if (order >= 0) break;
  }
  return at;
}

WCHAR* WINAPI GetEnvironmentStringsW(void) {
  lock();
  ULONG bytes = block_length(*block()) * sizeof(WCHAR);
  WCHAR* copy = RtlAllocateHeap(GetProcessHeap(), 0, bytes);
  if (copy) RtlMoveMemory(copy, *block(), bytes);
  unlock();
  if (!copy) SetLastError(ERROR_NOT_ENOUGH_MEMORY);
  return copy;
}

/* The unadorned name is the OEM form on some systems and the ANSI one in the SDK. */
char* WINAPI GetEnvironmentStringsA(void) {
  lock();
  ULONG length = block_length(*block());
  char* copy = RtlAllocateHeap(GetProcessHeap(), 0, length);
  if (copy) RtlUnicodeToMultiByteN(copy, length, 0, *block(), length * sizeof(WCHAR));
  unlock();
  if (!copy) SetLastError(ERROR_NOT_ENOUGH_MEMORY);
  return copy;
}

char* WINAPI GetEnvironmentStrings(void) {
  return GetEnvironmentStringsA();
}

BOOL WINAPI FreeEnvironmentStringsW(WCHAR* strings) {
  BasepFree(strings);
  return TRUE;
}
BOOL WINAPI FreeEnvironmentStringsA(char* strings) {
  BasepFree(strings);
  return TRUE;
}

/* The value, in a copy that is the caller's; null: there is none. */
static WCHAR* copy_value(const WCHAR* name, ULONG length, DWORD* value_length) {
  BOOL found = FALSE;
  WCHAR* copy = 0;
  lock();
  const WCHAR* entry = length ? find(*block(), name, length, &found) : 0;
  if (found) {
    const WCHAR* value = entry + length + 1;
    *value_length = BasepLength(value);
    copy = RtlAllocateHeap(GetProcessHeap(), 0, (*value_length + 1) * sizeof(WCHAR));
    if (copy) RtlMoveMemory(copy, value, (*value_length + 1) * sizeof(WCHAR));
  }
  unlock();
  /* An empty value has length 0 too: the last error tells them apart. */
  SetLastError(found ? 0 : ERROR_ENVVAR_NOT_FOUND);
  if (found && !copy) SetLastError(ERROR_NOT_ENOUGH_MEMORY);
  return copy;
}

DWORD WINAPI GetEnvironmentVariableW(const WCHAR* name, WCHAR* to, DWORD room) {
  DWORD length = 0;
  WCHAR* value = copy_value(name, name ? BasepLength(name) : 0, &length);
  if (!value) return 0;
  length = BasepGiveWide(value, length, to, room);
  BasepFree(value);
  return length;
}

DWORD WINAPI GetEnvironmentVariableA(const char* name, char* to, DWORD room) {
  WCHAR* wide = BasepWiden(name ? name : "");
  if (!wide) return 0;
  DWORD length = 0;
  WCHAR* value = copy_value(wide, BasepLength(wide), &length);
  BasepFree(wide);
  if (!value) return 0;
  length = BasepGiveAnsi(value, length, to, room);
  BasepFree(value);
  return length;
}

/* A new block with the entry in its place; null value: without it. */
static BOOL replace(const WCHAR* name, ULONG length, const WCHAR* value, ULONG value_length) {
  BOOL found = FALSE;
  WCHAR* old = *block();
  WCHAR* at = find(old, name, length, &found);
  ULONG before = (ULONG)(at - old), gone = found ? BasepLength(at) + 1 : 0;
  ULONG after = block_length(at) - gone, added = value ? length + value_length + 2 : 0;
  if (!value && !found) {
    SetLastError(ERROR_ENVVAR_NOT_FOUND);
    return FALSE;
  }
  ULONG units = before + added + after;
  /* An empty block is two zeros. */
  WCHAR* made = RtlAllocateHeap(GetProcessHeap(), HEAP_ZERO_MEMORY, (units + 1) * sizeof(WCHAR));
  if (!made) {
    SetLastError(ERROR_NOT_ENOUGH_MEMORY);
    return FALSE;
  }
  RtlMoveMemory(made, old, before * sizeof(WCHAR));
  if (value) {
    RtlMoveMemory(made + before, name, length * sizeof(WCHAR));
    made[before + length] = '=';
    RtlMoveMemory(made + before + length + 1, value, (value_length + 1) * sizeof(WCHAR));
  }
  RtlMoveMemory(made + before + added, at + gone, after * sizeof(WCHAR));
  *block() = made;
  BasepFree(old);
  return TRUE;
}

BOOL WINAPI SetEnvironmentVariableW(const WCHAR* name, const WCHAR* value) {
  ULONG length = name ? BasepLength(name) : 0, value_length = value ? BasepLength(value) : 0;
  if (!length || name_length(name) != length || value_length > LONGEST_VALUE) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return FALSE;
  }
  lock();
  BOOL done = replace(name, length, value, value_length);
  unlock();
  return done;
}

BOOL WINAPI SetEnvironmentVariableA(const char* name, const char* value) {
  WCHAR* wide = BasepWiden(name ? name : "");
  WCHAR* wide_value = value ? BasepWiden(value) : 0;
  BOOL done = wide && (wide_value || !value) && SetEnvironmentVariableW(wide, wide_value);
  BasepFree(wide_value);
  BasepFree(wide);
  return done;
}

/* Writes what has room and counts all of it, the zero too. What is no variable stays as it is. */
static DWORD expand(const WCHAR* from, WCHAR* to, DWORD room) {
  DWORD count = 0;
  while (*from) {
    const WCHAR* end = from + 1;
    DWORD length = 1;
    WCHAR* value = 0;
    if (*from == '%') {
      while (*end && *end != '%') ++end;
      if (*end == '%') value = copy_value(from + 1, (ULONG)(end - from - 1), &length);
    }
    const WCHAR* text = value ? value : from;
    for (DWORD i = 0; i < length; ++i, ++count) {
      if (count < room) to[count] = text[i];
    }
    from = value ? end + 1 : from + 1;
    BasepFree(value);
  }
  if (count < room) to[count] = 0;
  return count + 1;
}

DWORD WINAPI ExpandEnvironmentStringsW(const WCHAR* from, WCHAR* to, DWORD room) {
  DWORD error = GetLastError();
  DWORD needed = expand(from, to, room);
  SetLastError(error);
  return needed;
}

DWORD WINAPI ExpandEnvironmentStringsA(const char* from, char* to, DWORD room) {
  WCHAR* wide = BasepWiden(from);
  if (!wide) return 0;
  DWORD needed = ExpandEnvironmentStringsW(wide, 0, 0);
  WCHAR* expanded = RtlAllocateHeap(GetProcessHeap(), 0, needed * sizeof(WCHAR));
  if (expanded) {
    ExpandEnvironmentStringsW(wide, expanded, needed);
    if (needed <= room) BasepGiveAnsi(expanded, needed - 1, to, room);
    BasepFree(expanded);
  }
  BasepFree(wide);
  return expanded ? needed : 0;
}
