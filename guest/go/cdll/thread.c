/* Calls back on a thread that Go did not create and knows nothing of. */
#include "go/cdll/cdll.h"

IMPORT void* CreateThread(void* attributes, uint32_t stack, void* start, void* parameter,
                          uint32_t flags, uint32_t* id);
IMPORT uint32_t WaitForSingleObject(void* handle, uint32_t milliseconds);
IMPORT int CloseHandle(void* handle);

typedef struct Call Call;
struct Call {
  Callback callback;
  uint32_t parameter;
  uint32_t result;
};

/* Twice, so that the thread gives the M back and borrows one again. */
static STDCALL uint32_t thread_main(Call* call) {
  call->callback((void*)1, call->parameter);
  call->result = call->callback((void*)2, call->parameter);
  return 0;
}

STDCALL uint32_t CallBackOnThread(Callback callback, uint32_t parameter) {
  Call call = {callback, parameter, 0};
  void* thread = CreateThread(0, 0, (void*)thread_main, &call, 0, 0);
  if (!thread) return 0xffffffff;
  WaitForSingleObject(thread, 0xffffffff);
  CloseHandle(thread);
  return call.result;
}
