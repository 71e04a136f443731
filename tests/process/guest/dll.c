/* The DLLs of modules_test.cpp: what they import is the macro CALLS, a list of functions. */
#define CALL(name) __declspec(dllimport) void name(void);
#ifdef CALLS
CALLS
#endif
#undef CALL
#define CALL(name) name();

void exported(void) {
#ifdef CALLS
  CALLS
#endif
}

#ifdef WITH_TLS
unsigned _tls_index;
__declspec(thread) int per_thread = WITH_TLS;
__declspec(allocate(".tls")) char _tls_start = 0;
__declspec(allocate(".tls$ZZZ")) char _tls_end = 0;
const struct {
  const void *start, *end;
  unsigned* index;
  const void* callbacks;
  unsigned zero_fill, characteristics;
} _tls_used = {&_tls_start, &_tls_end, &_tls_index, 0, 0, 0};

int read_tls(void) {
  return per_thread;
}
#endif

int __stdcall DllMain(void* module, unsigned long reason, void* reserved) {
  return 1;
}
