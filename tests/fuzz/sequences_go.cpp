// Sequences in the program of C and Go, with the commit's fix.
#include "tests/fuzz/sequence_fuzzer.hpp"

const char* const sehlab::fuzzing::kSequenceGuest = "sequences_go";
const char* const sehlab::fuzzing::kSequenceProgram = nullptr;
