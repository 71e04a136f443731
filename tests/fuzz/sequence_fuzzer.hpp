// The harness of the programs that run sequences: each of these files names its program.
#pragma once

namespace sehlab::fuzzing {

/// As sequence_options takes it: "sequences_go".
extern const char* const kSequenceGuest;
/// Another program to run instead, in the folder of guest images; null: none.
extern const char* const kSequenceProgram;

}  // namespace sehlab::fuzzing
