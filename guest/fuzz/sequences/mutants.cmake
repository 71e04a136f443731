# Mutants of the Go runtime: the program of C and Go with one bug planted, as guest/mutants/NAME.exe
# (tests/fuzz/mutants). go_mutant(NAME FILE of guest/go FROM text TO text WHAT words)
include(PlantBug)
set_property(GLOBAL PROPERTY SEHLAB_GO_MUTANTS "")

function(go_mutant name)
  cmake_parse_arguments(PARSE_ARGV 1 M "" "FILE;FROM;TO;WHAT" "")
  set(copy "${CMAKE_CURRENT_BINARY_DIR}/mutants/${name}/${M_FILE}")
  plant_bug("${copy}" "guest/go/${M_FILE}" "${M_FROM}" "${M_TO}")
  set(SEQUENCE_GO ${SEQUENCE_GO})
  list(TRANSFORM SEQUENCE_GO REPLACE "^.*/${M_FILE}$" "${copy}")
  go_sequences(mutants_${name} OUT mutants/${name})
  set_property(GLOBAL APPEND PROPERTY SEHLAB_GO_MUTANTS "${name}|${M_WHAT}")
endfunction()

go_mutant(unwindm_forgotten FILE cgocall.c
  FROM "getm()->g0->sched.sp = *(uintptr*)getm()->g0->sched.sp;"
  TO ""
  WHAT "a panic out of a callback leaves the thread's stack in use")
go_mutant(recover_anywhere FILE panic.c
  FROM "|| argp != (uint8*)top - top->argsize"
  TO "|| argp == nil"
  WHAT "a function that a deferred function calls can recover")
go_mutant(aborted_panics_stay FILE panic.c
  FROM "while (g->panic != nil && g->panic->aborted) g->panic = g->panic->link;"
  TO ""
  WHAT "a panic that another one came out of is found again after recovery")
go_mutant(endcgo_keeps_its_head FILE cgocall.c
  FROM "getm()->sehunwind = getm()->sehunwind->link;"
  TO ""
  WHAT "a call of C that is over stays the one whose fs:[0] is put back")
go_mutant(callback_stays_linked FILE callbackasm_386.S
  FROM "popl %fs:0"
  TO "addl $4, %esp"
  WHAT "a callback that returns leaves its record linked")
