// Sequences in the program of C alone.
#include "tests/fuzz/sequence_fuzzer.hpp"

const char* const sehlab::fuzzing::kSequenceGuest = "sequences";
const char* const sehlab::fuzzing::kSequenceProgram = nullptr;
