/* Fiber-local storage. Callbacks run without the lock: they may allocate and free indices. */
#include "system/ntdll/fls.h"

#include "system/ntdll/ntdll.h"

typedef struct FLS_DATA {
  struct FLS_DATA *Next, *Previous;
  PVOID Slots[FLS_MAXIMUM_AVAILABLE];
} FLS_DATA;

static struct {
  RTL_CRITICAL_SECTION Lock;
  FLS_DATA All; /* the head of a ring of every block */
  BOOLEAN Used[FLS_MAXIMUM_AVAILABLE];
  FLS_CALLBACK Callbacks[FLS_MAXIMUM_AVAILABLE];
} fls = {.Lock = {0, -1, 0, 0, 0, 0},
         .All = {&fls.All, &fls.All, {0}},
         .Used = {TRUE}}; /* index 0 is never given: old code takes it for "none" */

static FLS_DATA* current_data(void) {
  return (FLS_DATA*)teb_read(TEB_FLS_DATA);
}

static FLS_DATA* make_data(void) {
  FLS_DATA* data = RtlAllocateHeap(current_peb()->ProcessHeap, HEAP_ZERO_MEMORY, sizeof *data);
  if (!data) return 0;
  RtlEnterCriticalSection(&fls.Lock);
  data->Next = &fls.All;
  data->Previous = fls.All.Previous;
  data->Previous->Next = data;
  fls.All.Previous = data;
  RtlLeaveCriticalSection(&fls.Lock);
  teb_write(TEB_FLS_DATA, (ULONG)data);
  return data;
}

NTSTATUS NTAPI RtlFlsAlloc(FLS_CALLBACK callback, ULONG* index) {
  NTSTATUS status = STATUS_NO_MEMORY;
  if (!current_data() && !make_data()) return status;
  RtlEnterCriticalSection(&fls.Lock);
  for (ULONG i = 0; i < FLS_MAXIMUM_AVAILABLE && !NT_SUCCESS(status); ++i) {
    if (fls.Used[i]) continue;
    fls.Used[i] = TRUE;
    fls.Callbacks[i] = callback;
    *index = i;
    status = STATUS_SUCCESS;
  }
  RtlLeaveCriticalSection(&fls.Lock);
  return status;
}

/* Takes the value out of the first block that has one. */
static PVOID take_value(ULONG index) {
  PVOID value = 0;
  RtlEnterCriticalSection(&fls.Lock);
  for (FLS_DATA* data = fls.All.Next; data != &fls.All && !value; data = data->Next) {
    value = data->Slots[index];
    data->Slots[index] = 0;
  }
  RtlLeaveCriticalSection(&fls.Lock);
  return value;
}

/* Microsoft's FlsFree: the callback is called for every fiber and thread that has a value. */
NTSTATUS NTAPI RtlFlsFree(ULONG index) {
  if (index == 0 || index >= FLS_MAXIMUM_AVAILABLE || !fls.Used[index])
    return STATUS_INVALID_PARAMETER;
  FLS_CALLBACK callback = fls.Callbacks[index];
  for (PVOID value; (value = take_value(index)) != 0;) {
    if (callback) callback(value);
  }
  RtlEnterCriticalSection(&fls.Lock);
  fls.Used[index] = FALSE;
  fls.Callbacks[index] = 0;
  RtlLeaveCriticalSection(&fls.Lock);
  return STATUS_SUCCESS;
}

NTSTATUS NTAPI RtlFlsGetValue(ULONG index, PVOID* value) {
  const FLS_DATA* data = current_data();
  if (index == 0 || index >= FLS_MAXIMUM_AVAILABLE || !data) return STATUS_INVALID_PARAMETER;
  *value = data->Slots[index];
  return STATUS_SUCCESS;
}

NTSTATUS NTAPI RtlFlsSetValue(ULONG index, PVOID value) {
  FLS_DATA* data = current_data();
  if (index == 0 || index >= FLS_MAXIMUM_AVAILABLE) return STATUS_INVALID_PARAMETER;
  if (!data) data = make_data();
  if (!data) return STATUS_NO_MEMORY;
  data->Slots[index] = value;
  return STATUS_SUCCESS;
}

VOID NTAPI RtlProcessFlsData(PVOID block, ULONG flags) {
  FLS_DATA* data = block;
  if (!data) return;
  if (flags & RTLP_FLS_CALL) {
    for (ULONG i = 1; i < FLS_MAXIMUM_AVAILABLE; ++i) {
      PVOID value = data->Slots[i];
      FLS_CALLBACK callback = fls.Callbacks[i];
      data->Slots[i] = 0;
      if (value && callback) callback(value);
    }
  }
  if (flags & RTLP_FLS_FREE) {
    RtlEnterCriticalSection(&fls.Lock);
    data->Previous->Next = data->Next;
    data->Next->Previous = data->Previous;
    RtlLeaveCriticalSection(&fls.Lock);
    RtlFreeHeap(current_peb()->ProcessHeap, 0, data);
  }
}
