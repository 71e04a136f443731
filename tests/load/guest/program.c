/* A program with imports, relocations, TLS and a load configuration: something of every part of
 * an image that host/load reads. */

/* ---- imports: by name, by ordinal, of data, and one that the DLL forwards */
__declspec(dllimport) int __stdcall Plain(int value);
__declspec(dllimport) int Nameless(void);
__declspec(dllimport) int Forwarded(void);
__declspec(dllimport) int Datum;

/* ---- calling conventions, for the names of symbols */
int cdecl_function(int value) {
  return value * 3;
}
int __stdcall stdcall_function(int value) {
  return value * 5;
}
int __fastcall fastcall_function(int value) {
  return value * 7;
}
static __attribute__((noinline)) int static_function(int value) {
  return cdecl_function(value) + 1;
}

/* ---- data in a section of its own, in .bss, and a pointer that needs a relocation */
__attribute__((section(".gates"))) const unsigned gates_here[3] = {1, 0x1000, 0x0badcafe};
int zeroed[5000];
int* pointer_to_zeroed = &zeroed[17];

/* ---- TLS: a template, callbacks, and the directory where the linker looks for it */
__attribute__((section(".tls$AAA"))) int tls_start = 0x11;
__attribute__((section(".tls$ZZZ"))) int tls_end = 0;
unsigned long tls_index;
void __stdcall tls_first(void* module, unsigned long reason, void* reserved) {
  zeroed[0] = (int)reason;
}
void __stdcall tls_second(void* module, unsigned long reason, void* reserved) {
  zeroed[1] = (int)reason;
}
typedef void(__stdcall* TlsCallback)(void*, unsigned long, void*);
const TlsCallback tls_callbacks[] = {tls_first, tls_second, 0};
const struct {
  const void *start, *end, *index, *callbacks;
  unsigned long zero_fill, characteristics;
} _tls_used = {&tls_start, &tls_end, &tls_index, tls_callbacks, 0x40, 0};

/* ---- load configuration (facts: guest-tools.md 2) */
extern void* __safe_se_handler_table[];
extern unsigned char __safe_se_handler_count;
unsigned long __security_cookie = 0xbb40e64e;
const struct {
  unsigned long size, unused[14];
  const void *cookie, *handler_table, *handler_count;
} _load_config_used = {
    72, {0}, &__security_cookie, __safe_se_handler_table, &__safe_se_handler_count};

int start(void) {
  return stdcall_function(1) + fastcall_function(2) + static_function(3) + Plain(4) + Nameless() +
         Forwarded() + Datum + *pointer_to_zeroed + (int)gates_here[0] + tls_end;
}
