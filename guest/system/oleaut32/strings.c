/* OLE's counted strings (BSTR) and the variants that hold them: as Microsoft documents "BSTR" and
 * VARIANT. The count of bytes lies in front of the characters. */
#include "system/ntdll/ntdll.h"
#include "system/win32.h"

#define S_OK 0
#define E_OUTOFMEMORY 0x8007000e
#define DISP_E_BADVARTYPE 0x80020008
#define VT_BSTR 8
#define VT_DISPATCH 9
#define VT_UNKNOWN 13
#define VT_LAST_SIMPLE 0x17 /* VT_UINT */
#define VT_VARIANT 12
#define VT_RECORD 36
#define VT_ARRAY 0x2000
#define VT_BYREF 0x4000

typedef WCHAR* BSTR;

static ULONG* head(BSTR text) {
  return (ULONG*)text - 1;
}

BSTR WINAPI SysAllocStringByteLen(const char* from, UINT bytes) {
  if (bytes > 0xffffffffu - 16) return 0;
  ULONG* block = HeapAlloc(GetProcessHeap(), 0, sizeof(ULONG) + bytes + sizeof(WCHAR));
  if (!block) return 0;
  *block = bytes;
  UCHAR* text = (UCHAR*)(block + 1);
  if (from) RtlMoveMemory(text, from, bytes);
  text[bytes] = text[bytes + 1] = 0;
  return (BSTR)text;
}

BSTR WINAPI SysAllocStringLen(const WCHAR* from, UINT length) {
  if (length > 0x7ffffff0u) return 0;
  return SysAllocStringByteLen((const char*)from, length * sizeof(WCHAR));
}

BSTR WINAPI SysAllocString(const WCHAR* from) {
  UINT length = 0;
  if (!from) return 0;
  while (from[length]) ++length;
  return SysAllocStringLen(from, length);
}

VOID WINAPI SysFreeString(BSTR text) {
  if (text) HeapFree(GetProcessHeap(), 0, head(text));
}

UINT WINAPI SysStringByteLen(BSTR text) {
  return text ? *head(text) : 0;
}

UINT WINAPI SysStringLen(BSTR text) {
  return SysStringByteLen(text) / sizeof(WCHAR);
}

BOOL WINAPI SysReAllocStringLen(BSTR* text, const WCHAR* from, UINT length) {
  BSTR made = SysAllocStringLen(from, length);
  if (!made) return FALSE;
  SysFreeString(*text);
  *text = made;
  return TRUE;
}

BOOL WINAPI SysReAllocString(BSTR* text, const WCHAR* from) {
  UINT length = 0;
  while (from[length]) ++length;
  return SysReAllocStringLen(text, from, length);
}

typedef struct UNKNOWN UNKNOWN;
struct UNKNOWN {
  struct {
    LONG(WINAPI* QueryInterface)(UNKNOWN* object, const void* id, PVOID* interface);
    ULONG(WINAPI* AddRef)(UNKNOWN* object);
    ULONG(WINAPI* Release)(UNKNOWN* object);
  } * Methods;
};

typedef struct VARIANT {
  USHORT Type, Reserved[3];
  union {
    ULONG Words[2];
    BSTR Text;
    UNKNOWN* Object;
  };
} VARIANT;
_Static_assert(sizeof(VARIANT) == 16, "VARIANT of the SDK");

VOID WINAPI VariantInit(VARIANT* variant) {
  variant->Type = 0;
}

/* Arrays, records and variants in variants are not the lab's: the run names them. */
static BOOL is_known(USHORT type) {
  if (type & VT_BYREF) return TRUE;
  if (type & VT_ARRAY || type == VT_RECORD || type == VT_VARIANT) {
    LabUnmodelled("VARIANTs of arrays, records and variants");
  }
  return type <= VT_LAST_SIMPLE;
}

LONG WINAPI VariantClear(VARIANT* variant) {
  if (!is_known(variant->Type)) return (LONG)DISP_E_BADVARTYPE;
  if (variant->Type == VT_BSTR) SysFreeString(variant->Text);
  if ((variant->Type == VT_DISPATCH || variant->Type == VT_UNKNOWN) && variant->Object) {
    variant->Object->Methods->Release(variant->Object);
  }
  variant->Type = 0;
  return S_OK;
}

LONG WINAPI VariantCopy(VARIANT* to, const VARIANT* from) {
  if (to == from) return S_OK;
  if (!is_known(from->Type)) return (LONG)DISP_E_BADVARTYPE;
  LONG cleared = VariantClear(to);
  if (cleared != S_OK) return cleared;
  VARIANT made = *from;
  if (from->Type == VT_BSTR && from->Text) {
    made.Text = SysAllocStringByteLen((const char*)from->Text, SysStringByteLen(from->Text));
    if (!made.Text) return (LONG)E_OUTOFMEMORY;
  }
  if ((from->Type == VT_DISPATCH || from->Type == VT_UNKNOWN) && from->Object) {
    from->Object->Methods->AddRef(from->Object);
  }
  *to = made;
  return S_OK;
}
