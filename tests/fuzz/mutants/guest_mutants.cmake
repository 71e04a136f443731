# Mutants of the Go runtime.
get_property(go_mutants GLOBAL PROPERTY SEHLAB_GO_MUTANTS)
foreach(line IN LISTS go_mutants)
  string(REGEX MATCH "^([^|]*)[|](.*)$" line "${line}")
  set(name "${CMAKE_MATCH_1}")
  set(what "${CMAKE_MATCH_2}")
  set(source "${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp")
  file(CONFIGURE OUTPUT "${source}" CONTENT "// Written by tests/fuzz/mutants.
#include \"tests/fuzz/sequence_fuzzer.hpp\"

const char* const sehlab::fuzzing::kSequenceGuest = \"sequences_go\";
const char* const sehlab::fuzzing::kSequenceProgram = \"mutants/${name}.exe\";
")
  mutant_executable(${name} "${what}" sequences_harness ${source})
  add_dependencies(mutant_${name} mutants_${name}_pe)
endforeach()
