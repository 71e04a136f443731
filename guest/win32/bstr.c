/* OLE's counted strings and variants: as Microsoft documents SysAllocString and its kin. */
#include "cases/say.h"
#include "system/win32_strings.h"

WCHAR* WINAPI SysAllocString(const WCHAR* from);
WCHAR* WINAPI SysAllocStringLen(const WCHAR* from, UINT length);
WCHAR* WINAPI SysAllocStringByteLen(const char* from, UINT bytes);
BOOL WINAPI SysReAllocStringLen(WCHAR** text, const WCHAR* from, UINT length);
VOID WINAPI SysFreeString(WCHAR* text);
UINT WINAPI SysStringLen(WCHAR* text);
UINT WINAPI SysStringByteLen(WCHAR* text);
LONG WINAPI VariantClear(PVOID variant);
LONG WINAPI VariantCopy(PVOID to, const void* from);

int failures;

static int references;
static ULONG WINAPI count_up(PVOID object) {
  (void)object;
  return (ULONG)++references;
}
static ULONG WINAPI count_down(PVOID object) {
  (void)object;
  return (ULONG)--references;
}

void start(void) {
  WCHAR* text = SysAllocString(L"hello");
  CHECK(text && SysStringLen(text) == 5 && SysStringByteLen(text) == 10 && text[5] == 0);
  CHECK(((ULONG*)text)[-1] == 10); /* the count lies in front */
  CHECK(SysReAllocStringLen(&text, L"abc", 2) && SysStringLen(text) == 2 && text[2] == 0);
  WCHAR* odd = SysAllocStringByteLen("xyz", 3);
  CHECK(odd && SysStringByteLen(odd) == 3 && SysStringLen(odd) == 1);
  WCHAR* zeros = SysAllocStringLen(L"a\0b", 3);
  CHECK(zeros && SysStringLen(zeros) == 3 && zeros[2] == 'b');
  CHECK(!SysAllocString(0) && SysStringLen(0) == 0);
  SysFreeString(0);
  SysFreeString(odd);
  SysFreeString(zeros);

  struct {
    USHORT type, reserved[3];
    PVOID value;
    ULONG more;
  } one = {8, {0}, text, 0}, other = {0, {0}, 0, 0};
  CHECK(VariantCopy(&other, &one) == 0 && other.type == 8 && other.value != text);
  CHECK(SysStringLen(other.value) == 2 && VariantClear(&one) == 0 && one.type == 0);
  PVOID methods[] = {0, (PVOID)count_up, (PVOID)count_down}, object = methods;
  one.type = 13;
  one.value = &object;
  references = 1;
  CHECK(VariantCopy(&other, &one) == 0 && references == 2 && other.value == &object);
  CHECK(VariantClear(&other) == 0 && VariantClear(&one) == 0 && references == 0);
  one.type = 0x1ff;
  CHECK(VariantClear(&one) == (LONG)0x80020008); /* DISP_E_BADVARTYPE */
  CHECK_ENDS("bstr");
}
