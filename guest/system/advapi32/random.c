/* Random numbers: from the lab's one stream, which --seed decides. */
#include "system/ntdll/ntdll.h"
#include "system/win32.h"

#define ERROR_INVALID_PARAMETER 87
#define NTE_BAD_KEYSET 0x80090016u
#define NTE_PROV_TYPE_NOT_DEF 0x80090017u
#define NTE_BAD_FLAGS 0x80090009u
#define PROV_RSA_FULL 1
#define PROV_RSA_AES 24
#define CRYPT_VERIFYCONTEXT 0xf0000000u
#define CRYPT_SILENT 0x40u
#define PROVIDER 0x43525950 /* what a provider's memory begins with while it is open */

typedef struct CRYPT_PROVIDER {
  ULONG Signature;
  LONG References;
} CRYPT_PROVIDER;

/* RtlGenRandom, under the name that it is exported by. */
BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG bytes) {
  return LabFillRandom(buffer, bytes);
}

static BOOL acquire(CRYPT_PROVIDER** provider, BOOL has_container, DWORD type, DWORD flags) {
  DWORD error = 0;
  if (type != PROV_RSA_FULL && type != PROV_RSA_AES) {
    error = NTE_PROV_TYPE_NOT_DEF;
  } else if ((flags & ~CRYPT_SILENT) != CRYPT_VERIFYCONTEXT) {
    error = NTE_BAD_KEYSET; /* the lab's user has no keys */
  } else if (has_container) {
    error = NTE_BAD_FLAGS; /* a container's name goes with keys alone */
  }
  if (error) {
    SetLastError(error);
    return FALSE;
  }
  *provider = HeapAlloc(GetProcessHeap(), 0, sizeof **provider);
  if (!*provider) return FALSE;
  **provider = (CRYPT_PROVIDER){PROVIDER, 1};
  return TRUE;
}

BOOL WINAPI CryptAcquireContextA(CRYPT_PROVIDER** provider, const char* container, const char* name,
                                 DWORD type, DWORD flags) {
  return acquire(provider, container != 0, type, flags);
}

BOOL WINAPI CryptAcquireContextW(CRYPT_PROVIDER** provider, const WCHAR* container,
                                 const WCHAR* name, DWORD type, DWORD flags) {
  return acquire(provider, container != 0, type, flags);
}

static BOOL is_open(const CRYPT_PROVIDER* provider) {
  if (provider && provider->Signature == PROVIDER) return TRUE;
  SetLastError(ERROR_INVALID_PARAMETER);
  return FALSE;
}

BOOL WINAPI CryptGenRandom(CRYPT_PROVIDER* provider, DWORD bytes, BYTE* buffer) {
  return is_open(provider) && LabFillRandom(buffer, bytes);
}

BOOL WINAPI CryptReleaseContext(CRYPT_PROVIDER* provider, DWORD flags) {
  if (!is_open(provider)) return FALSE;
  if (flags) {
    SetLastError(NTE_BAD_FLAGS);
    return FALSE;
  }
  provider->Signature = 0;
  HeapFree(GetProcessHeap(), 0, provider);
  return TRUE;
}
