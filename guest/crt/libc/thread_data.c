/* What each thread has of its own, found through a TLS index; made when first asked for. */
#include "crt.h"

static DWORD tls_index = TLS_OUT_OF_INDEXES;

void crt_thread_attach_process(void) {
  tls_index = TlsAlloc();
}

/* Keeps the last error, which programs look at after the call that brought them here. */
struct crt_thread_data* crt_thread(void) {
  const DWORD last_error = GetLastError();
  struct crt_thread_data* data = TlsGetValue(tls_index);
  if (!data) {
    data = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof *data);
    /* As in Microsoft's runtime a thread without its data ends the program: _RT_THREAD, R6016. */
    if (!data) _amsg_exit(16);
    data->rand_state = 1;
    TlsSetValue(tls_index, data);
  }
  SetLastError(last_error);
  return data;
}

void crt_thread_release(void) {
  struct crt_thread_data* data = TlsGetValue(tls_index);
  if (!data) return;
  TlsSetValue(tls_index, 0);
  free(data->text);
  free(data->tm);
  free(data);
}

int* _errno(void) {
  return &crt_thread()->error;
}
unsigned long* __doserrno(void) {
  return &crt_thread()->os_error;
}

errno_t _set_errno(int value) {
  errno = value;
  return 0;
}
errno_t _get_errno(int* value) {
  if (!value) {
    crt_invalid_parameter();
    return EINVAL;
  }
  *value = errno;
  return 0;
}
errno_t _set_doserrno(unsigned long value) {
  _doserrno = value;
  return 0;
}
errno_t _get_doserrno(unsigned long* value) {
  if (!value) {
    crt_invalid_parameter();
    return EINVAL;
  }
  *value = _doserrno;
  return 0;
}

void** __pxcptinfoptrs(void) {
  return &crt_thread()->exception;
}
int* __fpecode(void) {
  return &crt_thread()->fpe_code;
}
