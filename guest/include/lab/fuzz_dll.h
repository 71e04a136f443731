/* What the program that hosts a fuzzed DLL (guest/fuzz/host) logs of a run in which the DLL's
 * function returned, by index of a word. Without it the DLL ended the process itself. */
#ifndef LAB_FUZZ_DLL_H
#define LAB_FUZZ_DLL_H

#define LAB_FUZZ_DLL_RETURNED 0 /* what LLVMFuzzerTestOneInput returned */
#define LAB_FUZZ_DLL_CHAIN 1    /* fs:[0] behind the call, if it was another before; else 0 */
#define LAB_FUZZ_DLL_WORDS 2

#endif
