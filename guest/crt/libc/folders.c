/* Folders and drives (documented under _mkdir, _rmdir, _chdir, _getcwd, _getdcwd, _getdrive). */
#include <direct.h>

#include "names.h"

#define LONGEST 1024
#define DRIVE_C 3 /* the only one that the lab has */

int _wmkdir(const wchar_t* name) {
  return crt_done(CreateDirectoryW(name, 0));
}
int _wrmdir(const wchar_t* name) {
  return crt_done(RemoveDirectoryW(name));
}
int _wchdir(const wchar_t* name) {
  if (!name) {
    crt_invalid_parameter();
    return -1;
  }
  return crt_done(SetCurrentDirectoryW(name));
}
int _mkdir(const char* name) {
  WITH_WIDE_NAME(int, -1, name, _wmkdir(wide));
}
int _rmdir(const char* name) {
  WITH_WIDE_NAME(int, -1, name, _wrmdir(wide));
}
int _chdir(const char* name) {
  WITH_WIDE_NAME(int, -1, name, _wchdir(wide));
}

static int no_drive(void) {
  errno = EACCES;
  _doserrno = ERROR_INVALID_DRIVE;
  _invalid_parameter_noinfo();
  return -1;
}

int _getdrive(void) {
  wchar_t folder[LONGEST];
  if (!GetCurrentDirectoryW(LONGEST, folder) || folder[1] != ':') return 0;
  return (folder[0] | 0x20) - 'a' + 1;
}
int _chdrive(int drive) {
  if (drive < 1 || drive > 31) return no_drive();
  const wchar_t name[] = {(wchar_t)('A' - 1 + drive), ':', 0};
  return crt_done(SetCurrentDirectoryW(name));
}
/* A bit for each drive, A: the lowest. */
unsigned long _getdrives(void) {
  return 1u << (DRIVE_C - 1);
}

/* Where a caller's text goes; null: to a block of its own that is at least as large as asked. The
 * size of a character is 1 or 2. */
static void* place_for(void* to, int room, size_t length, size_t size) {
  if (!to) {
    to = malloc((length + 1 > (size_t)room ? length + 1 : (size_t)room) * size);
    if (!to) errno = ENOMEM;
    return to;
  }
  if (room <= 0) {
    crt_invalid_parameter();
    return 0;
  }
  if (length < (size_t)room) return to;
  errno = ERANGE;
  return 0;
}

/* 0: there is no such drive. */
static size_t current_folder(int drive, wchar_t* to) {
  if (drive == 0) return GetCurrentDirectoryW(LONGEST, to);
  if (drive != DRIVE_C) return (size_t)no_drive() & 0;
  return GetFullPathNameW(L"C:.", LONGEST, to, 0);
}

wchar_t* _wgetdcwd(int drive, wchar_t* to, int room) {
  wchar_t folder[LONGEST];
  const size_t length = current_folder(drive, folder);
  wchar_t* place = length && room >= 0 ? place_for(to, room, length, sizeof *to) : 0;
  return place ? wcscpy(place, folder) : 0;
}
char* _getdcwd(int drive, char* to, int room) {
  wchar_t folder[LONGEST];
  const size_t length = current_folder(drive, folder);
  char* place = length && room >= 0 ? place_for(to, room, length, sizeof *to) : 0;
  for (size_t i = 0; place && i <= length; ++i) place[i] = crt_narrow_character(folder[i]);
  return place;
}
wchar_t* _wgetcwd(wchar_t* to, int room) {
  return _wgetdcwd(0, to, room);
}
char* _getcwd(char* to, int room) {
  return _getdcwd(0, to, room);
}
