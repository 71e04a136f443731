/* What a program asks about its package (it has none) and about error reports and restarts (none is
 * ever made). */
#include "system/kernel32/base.h"

#define APPMODEL_ERROR_NO_PACKAGE 15700
#define APPMODEL_ERROR_NO_APPLICATION 15703

/* The results are error codes; no last error is set. */
LONG WINAPI GetCurrentPackageId(DWORD* bytes, PVOID buffer) {
  (void)bytes, (void)buffer;
  return APPMODEL_ERROR_NO_PACKAGE;
}

LONG WINAPI GetCurrentPackageFullName(DWORD* length, WCHAR* name) {
  (void)length, (void)name;
  return APPMODEL_ERROR_NO_PACKAGE;
}

LONG WINAPI GetCurrentPackageFamilyName(DWORD* length, WCHAR* name) {
  (void)length, (void)name;
  return APPMODEL_ERROR_NO_PACKAGE;
}

LONG WINAPI GetCurrentPackagePath(DWORD* length, WCHAR* path) {
  (void)length, (void)path;
  return APPMODEL_ERROR_NO_PACKAGE;
}

LONG WINAPI GetCurrentPackageInfo(DWORD flags, DWORD* bytes, PVOID buffer, DWORD* count) {
  (void)flags, (void)bytes, (void)buffer, (void)count;
  return APPMODEL_ERROR_NO_PACKAGE;
}

LONG WINAPI GetCurrentApplicationUserModelId(DWORD* length, WCHAR* id) {
  (void)length, (void)id;
  return APPMODEL_ERROR_NO_APPLICATION;
}

static DWORD report_flags;

LONG WINAPI WerGetFlags(HANDLE process, DWORD* flags) {
  (void)process;
  *flags = report_flags;
  return 0; /* S_OK */
}

LONG WINAPI WerSetFlags(DWORD flags) {
  report_flags = flags;
  return 0;
}

LONG WINAPI RegisterApplicationRestart(const WCHAR* command_line, DWORD flags) {
  (void)command_line, (void)flags;
  return 0;
}

LONG WINAPI UnregisterApplicationRestart(void) {
  return 0;
}
