/* ProcessExecuteFlags: DEP can be turned on and off while the program runs, until the flags are
 * made permanent; code in data then faults as {8, its address}, or runs (facts 2.1, row 0E; the
 * list of the flags in section 3.3). */
#include "cases/say.h"
#include "system/nt.h"

NTSTATUS NTAPI NtSetInformationProcess(HANDLE process, ULONG what, void* buffer, ULONG bytes);
NTSTATUS NTAPI NtQueryInformationProcess(HANDLE process, ULONG what, void* buffer, ULONG bytes,
                                         ULONG* needed);

enum { kExecuteFlags = 34, kDisable = 1, kEnable = 2, kPermanent = 8, kDispatch = 0x30 };
enum { kDenied = (int)0xc0000022, kInvalid = (int)0xc000000d };

int failures;
static BYTE* data; /* mov eax, 42; ret */
static ULONG_PTR access, address;

static LONG filter(EXCEPTION_POINTERS* pointers) {
  const EXCEPTION_RECORD* record = pointers->ExceptionRecord;
  access = record->ExceptionInformation[0];
  address = record->ExceptionInformation[1];
  return record->ExceptionCode == 0xc0000005 && record->ExceptionAddress == data;
}

__attribute__((noinline)) static int call(void) {
  return ((int (*)(void))(ULONG_PTR)data)();
}

/* 42 when it ran, otherwise what the access violation says of the access. */
__attribute__((noinline)) static int run_data(void) {
  int result = -1;
  access = address = 0x77;
  __try {
    result = call();
  } __except (filter(GetExceptionInformation())) {
    CHECK(address == (ULONG_PTR)data);
    result = (int)access;
  }
  return result;
}

static NTSTATUS set(ULONG flags) {
  return NtSetInformationProcess((HANDLE)-1, kExecuteFlags, &flags, sizeof(flags));
}

static ULONG flags(void) {
  ULONG value = 0x55, needed = 0;
  CHECK(NtQueryInformationProcess((HANDLE)-1, kExecuteFlags, &value, sizeof(value), &needed) == 0);
  CHECK(needed == sizeof(value));
  return value;
}

void start(void) {
  static const BYTE code[] = {0xb8, 42, 0, 0, 0, 0xc3};
  data = VirtualAlloc(0, 0x1000, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
  for (unsigned i = 0; i < sizeof(code); ++i) data[i] = code[i];

  CHECK(flags() == (kEnable | kDispatch)); /* without NX_COMPAT */
  CHECK(run_data() == 42);
  CHECK(set(kDisable) == 0);
  CHECK(flags() == kDisable);
  CHECK(run_data() == 8);
  CHECK(set(kEnable) == 0);
  CHECK(run_data() == 42);
  CHECK(set(0x100) == kInvalid);
  CHECK(set(kDisable | kPermanent) == 0);
  CHECK(run_data() == 8);
  CHECK(set(kEnable) == kDenied);
  CHECK(run_data() == 8);
  CHECK(flags() == (kDisable | kPermanent));
  CHECK_ENDS("execute_flags");
}
