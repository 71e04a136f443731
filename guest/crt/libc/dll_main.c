/* The entry point of the two runtimes. */
#include "crt.h"
#include "exit.h"

void eh_thread_detach(void); /* crt/eh, of which msvcrt is made as well */

static void start(void) {
  crt_make_locks();
  crt_thread_attach_process();
  crt_start_clock();
  crt_make_versions();
  crt_make_multibyte();
  crt_make_files();
  crt_make_streams();
  crt_make_environment();
  crt_make_arguments();
}

/* A process that ends without exit still has what it wrote to its streams written out; msvcrt
 * runs what was registered, too. After exit and _exit there is nothing left to do. */
static void end(BOOL process_ends) {
  if (process_ends) crt_drop_locks();
  if (!crt_exit_begun()) {
    if (CRT_MSVCRT || !process_ends) crt_run_exit_routines();
    crt_flush_streams();
  }
}

BOOL WINAPI CrtDllMain(HMODULE module, DWORD reason, PVOID reserved) {
  switch (reason) {
    case DLL_PROCESS_ATTACH:
      start();
      break;
    case DLL_PROCESS_DETACH:
      end(reserved != 0);
      break;
    case DLL_THREAD_DETACH:
      crt_thread_release();
      if (CRT_MSVCRT) eh_thread_detach();
      break;
  }
  return TRUE;
}
