/* Is this Windows of a version? As Microsoft documents VerSetConditionMask and VerifyVersionInfo.
 */
#include "system/ntdll/version.h"

#define VER_MINORVERSION 0x01
#define VER_MAJORVERSION 0x02
#define VER_BUILDNUMBER 0x04
#define VER_PLATFORMID 0x08
#define VER_SERVICEPACKMINOR 0x10
#define VER_SERVICEPACKMAJOR 0x20
#define VER_SUITENAME 0x40
#define VER_PRODUCT_TYPE 0x80
#define CONDITION_BITS 3
#define VER_EQUAL 1
#define VER_GREATER 2
#define VER_GREATER_EQUAL 3
#define VER_LESS 4
#define VER_LESS_EQUAL 5
#define VER_AND 6 /* of suites: all of them; VER_OR 7: one of them */

/* Three bits for each kind of information, in the order of the kinds' bits. */
static ULONG shift_of(ULONG kind) {
  return (ULONG)__builtin_ctz(kind) * CONDITION_BITS;
}

ULONGLONG NTAPI VerSetConditionMask(ULONGLONG mask, DWORD kinds, BYTE condition) {
  condition &= 7;
  for (ULONG kind = VER_PRODUCT_TYPE; kind; kind >>= 1) {
    /* The highest kind alone. */
    if (kinds & kind) return mask | (ULONGLONG)condition << shift_of(kind);
  }
  return mask;
}

static ULONG condition_of(ULONGLONG mask, ULONG kind) {
  return (ULONG)(mask >> shift_of(kind)) & 7;
}

static BOOLEAN holds(ULONG is, ULONG wanted, ULONG condition) {
  switch (condition) {
    case VER_EQUAL:
      return is == wanted;
    case VER_GREATER:
      return is > wanted;
    case VER_GREATER_EQUAL:
      return is >= wanted;
    case VER_LESS:
      return is < wanted;
    case VER_LESS_EQUAL:
      return is <= wanted;
    default:
      return FALSE;
  }
}

/* Major, minor and service pack are one number with several digits: where two differ, the ones
 * behind them do not matter. */
static BOOLEAN version_holds(const OSVERSIONINFOEXW* is, const OSVERSIONINFOEXW* wanted,
                             ULONG kinds, ULONGLONG mask) {
  const struct {
    ULONG Kind, Is, Wanted;
  } digits[] = {
      {VER_MAJORVERSION, is->Major, wanted->Major},
      {VER_MINORVERSION, is->Minor, wanted->Minor},
      {VER_SERVICEPACKMAJOR, is->ServicePackMajor, wanted->ServicePackMajor},
      {VER_SERVICEPACKMINOR, is->ServicePackMinor, wanted->ServicePackMinor},
  };
  ULONG condition = 0;
  for (ULONG i = 0; i < sizeof digits / sizeof digits[0]; ++i) {
    if (!(kinds & digits[i].Kind)) continue;
    if (!condition) condition = condition_of(mask, digits[i].Kind);
    if (digits[i].Is != digits[i].Wanted) return holds(digits[i].Is, digits[i].Wanted, condition);
  }
  return !condition || holds(0, 0, condition);
}

NTSTATUS RtlpVerifyVersion(const OSVERSIONINFOEXW* is, const OSVERSIONINFOEXW* wanted, ULONG kinds,
                           ULONGLONG mask) {
  if (!kinds || !mask) return STATUS_INVALID_PARAMETER;
  BOOLEAN same = version_holds(is, wanted, kinds, mask);
  if (kinds & VER_BUILDNUMBER) {
    same = same && holds(is->Build, wanted->Build, condition_of(mask, VER_BUILDNUMBER));
  }
  if (kinds & VER_PLATFORMID) {
    same = same && holds(is->Platform, wanted->Platform, condition_of(mask, VER_PLATFORMID));
  }
  if (kinds & VER_PRODUCT_TYPE) {
    same =
        same && holds(is->ProductType, wanted->ProductType, condition_of(mask, VER_PRODUCT_TYPE));
  }
  if (kinds & VER_SUITENAME) {
    ULONG common = is->SuiteMask & wanted->SuiteMask;
    BOOLEAN all = condition_of(mask, VER_SUITENAME) == VER_AND;
    same = same && (all ? common == wanted->SuiteMask : !wanted->SuiteMask || common != 0);
  }
  return same ? STATUS_SUCCESS : STATUS_REVISION_MISMATCH;
}

NTSTATUS NTAPI RtlVerifyVersionInfo(const OSVERSIONINFOEXW* wanted, ULONG kinds, ULONGLONG mask) {
  OSVERSIONINFOEXW is = {.Size = sizeof is};
  RtlGetVersion(&is);
  return RtlpVerifyVersion(&is, wanted, kinds, mask);
}
