/* Paths taken apart and put together (documented under _splitpath and _makepath). */
#include "crt.h"

static void copy_part(char* to, const char* from, size_t length, size_t room) {
  if (!to) return;
  if (length > room - 1) length = room - 1;
  memcpy(to, from, length);
  to[length] = 0;
}

/* "C:", "\folder\", "name", ".extension" */
void _splitpath(const char* path, char* drive, char* folder, char* name, char* extension) {
  const size_t drive_length = path[0] && path[1] == ':' ? 2 : 0;
  copy_part(drive, path, drive_length, _MAX_DRIVE);
  path += drive_length;
  const char *file = path, *dot = 0;
  for (const char* at = path; *at; ++at) {
    if (*at == '/' || *at == '\\') {
      file = at + 1;
      dot = 0;
    } else if (*at == '.') {
      dot = at;
    }
  }
  const char* end = path + strlen(path);
  if (!dot) dot = end;
  copy_part(folder, path, (size_t)(file - path), _MAX_DIR);
  copy_part(name, file, (size_t)(dot - file), _MAX_FNAME);
  copy_part(extension, dot, (size_t)(end - dot), _MAX_EXT);
}

void _makepath(char* path, const char* drive, const char* folder, const char* name,
               const char* extension) {
  path[0] = 0;
  if (drive && *drive) {
    strncat(path, drive, 1);
    strcat(path, ":");
  }
  if (folder && *folder) {
    strcat(path, folder);
    const char last = path[strlen(path) - 1];
    if (last != '/' && last != '\\') strcat(path, "\\");
  }
  if (name) strcat(path, name);
  if (extension && *extension) {
    if (*extension != '.') strcat(path, ".");
    strcat(path, extension);
  }
}
