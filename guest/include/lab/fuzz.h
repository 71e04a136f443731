/* What a program and the host that runs it again and again agree on (docs/fuzzing-dlls.md).
 *
 * A fuzzed program exports, under these names:
 *
 *   lab_fuzz_ready   a function: when execution first reaches it, the host takes its snapshot. It
 *                    is called with whatever convention, and returns like any other.
 *   lab_fuzz_input   struct lab_fuzz_input: behind lab_fuzz_ready it holds the bytes of this run.
 *   lab_fuzz_log     struct lab_fuzz_log: what the program has to tell of this run. The host reads
 *                    it after each one, however that ended.
 *
 * It may have its input's bytes elsewhere, so that reads beyond them fault:
 *
 *   lab_fuzz_input_end   a pointer, set before lab_fuzz_ready: the bytes end there, whatever their
 *                        number, and of lab_fuzz_input there is `size` alone. It goes with
 *                        lab_fuzz_input_capacity.
 *
 * and, where its arrays are longer or shorter than those below, 32-bit constants with their length
 * (the log's in words):
 *
 *   lab_fuzz_input_capacity, lab_fuzz_log_capacity
 *
 * A run ends when the program terminates its process, by an exception that nobody handles, or when
 * its budget of instructions is spent. TerminateProcess(GetCurrentProcess(), code) is the cheapest
 * end: no DLL is told.
 */
#ifndef LAB_FUZZ_H
#define LAB_FUZZ_H

#include <stdint.h>

/* A program may define these before it includes this; it then exports the capacities, too. */
#ifndef LAB_FUZZ_MOST_BYTES
#define LAB_FUZZ_MOST_BYTES 4096
#endif
#ifndef LAB_FUZZ_MOST_WORDS
#define LAB_FUZZ_MOST_WORDS 4096
#endif

struct lab_fuzz_input {
  uint32_t size; /* of `bytes` that are this run's */
  uint8_t bytes[LAB_FUZZ_MOST_BYTES];
};

/* With lab_fuzz_input_end. */
struct lab_fuzz_size {
  uint32_t size;
};

struct lab_fuzz_log {
  uint32_t used; /* words that the program wanted to write; those beyond the capacity are lost */
  uint32_t words[LAB_FUZZ_MOST_WORDS];
};

#endif
