// What libsehlab-mutator.so exports: AFL++'s custom mutator (4.04c, docs/custom_mutators.md),
// declared here as no package has AFL++'s own headers. AFL_CUSTOM_MUTATOR_LIBRARY names the file;
// SEHLAB_SEQUENCE_WORLD=c or go tells which program is fuzzed, without it each test case's own
// operations do.
#pragma once

#include <cstddef>

extern "C" {

struct afl_state;  // afl-fuzz's own; not looked into

/// A mutator, which afl_custom_deinit ends. A value of SEHLAB_SEQUENCE_WORLD that is no world ends
/// the process with a line that says so: afl-fuzz goes on with whatever comes back.
void* afl_custom_init(afl_state* afl, unsigned int seed);
void afl_custom_deinit(void* data);

/// Changes a test case, with parts of a second one (may be null) now and then. The size of what
/// *out_buf then points to, 1 to `max_size`; it is the mutator's until the next call of this.
std::size_t afl_custom_fuzz(void* data, unsigned char* buf, std::size_t buf_size,
                            unsigned char** out_buf, unsigned char* add_buf,
                            std::size_t add_buf_size, std::size_t max_size);

/// Begins to trim a test case; the number of steps at most, 0 when there is nothing to trim.
int afl_custom_init_trim(void* data, unsigned char* buf, std::size_t buf_size);
/// The next simpler one to try; it is the mutator's until afl_custom_post_trim.
std::size_t afl_custom_trim(void* data, unsigned char** out_buf);
/// Whether it did the same; the next step's number, or the number of steps when no step is left.
int afl_custom_post_trim(void* data, unsigned char success);
}
