/* Wildcards in arguments, for programs that ask for it when they start (documented under "Expanding
 * wildcard arguments"): each match of *, ? in the last part of a path becomes an argument. What
 * that page leaves open is the lab's choice: an argument without a match, or in quotation marks,
 * stays. */
#include "arguments.h"
#include "crt.h"

struct list {
  wchar_t** items;
  int count, room;
};

static void add(struct list* list, wchar_t* item) {
  if (list->count == list->room) {
    list->room = list->room ? 2 * list->room : 16;
    list->items = realloc(list->items, (size_t)list->room * sizeof *list->items);
  }
  if (!list->items || (!item && list->count == 0)) _amsg_exit(8);
  list->items[list->count++] = item;
}

/* The folder of the pattern, as it was written, and a name. */
static wchar_t* joined(const wchar_t* pattern, size_t folder, const wchar_t* name) {
  wchar_t* path = malloc((folder + wcslen(name) + 1) * sizeof *path);
  if (!path) _amsg_exit(8);
  memcpy(path, pattern, folder * sizeof *path);
  wcscpy(path + folder, name);
  return path;
}

static void add_matches(struct list* list, wchar_t* pattern) {
  WIN32_FIND_DATAW found;
  const int before = list->count;
  size_t folder = wcslen(pattern);
  while (folder > 0 && !wcschr(L"/\\:", pattern[folder - 1])) --folder;
  const HANDLE search = FindFirstFileW(pattern, &found);
  if (search != (HANDLE)-1) {
    do {
      if (!wcscmp(found.FileName, L".") || !wcscmp(found.FileName, L"..")) continue;
      add(list, joined(pattern, folder, found.FileName));
    } while (FindNextFileW(search, &found));
    FindClose(search);
  }
  if (list->count == before) add(list, pattern);
}

void crt_expand_wildcards(void) {
  const int count = *__p___argc();
  wchar_t** arguments = *__p___wargv();
  struct list list = {0, 0, 0};
  int any = 0;
  for (int i = 0; i < count; ++i) any |= crt_is_wild(i);
  if (!any) return;
  for (int i = 0; i < count; ++i) {
    if (crt_is_wild(i)) {
      add_matches(&list, arguments[i]);
    } else {
      add(&list, arguments[i]);
    }
  }
  add(&list, 0);
  crt_replace_arguments(list.count - 1, list.items);
}
