// Sequences in the program of C and Go, before the commit: issue 7470 is there to be found.
#include "tests/fuzz/sequence_fuzzer.hpp"

const char* const sehlab::fuzzing::kSequenceGuest = "sequences_go_buggy";
const char* const sehlab::fuzzing::kSequenceProgram = nullptr;
