# fuzz_target(NAME SOURCES harness.cpp ... [LIBS libraries ...] [GUESTS images ...] [CORPUS folder]
#             [COUNTERS n] [ENVIRONMENT VAR=value ...] [SELF_TEST])
# makes fuzzers of one harness, which has the entry points that engines agree on:
# LLVMFuzzerTestOneInput and, if it likes, LLVMFuzzerInitialize, LLVMFuzzerCustomMutator and
# LLVMFuzzerCustomCrossOver.
#   bin/fuzz/NAME          libFuzzer
#   bin/fuzz/NAME-afl      AFL++, persistent, test cases in shared memory
#   bin/fuzz/NAME-replay   runs files and nothing else, where no libFuzzer can be linked
# and the test "fuzz: NAME replays its corpus", of all files in fixtures/corpus/NAME or CORPUS.
# GUESTS are guest images (their targets without "_pe") that the harness loads from
# guest_folder() (tests/fuzz/guest_folder.hpp). COUNTERS is how many counters of its own it has
# (tests/fuzz/counters.hpp). SELF_TEST: in bin/fuzz-self-test, not meant for a campaign.
# The target fuzz_targets builds them all; bin/fuzz/targets.txt lists them, a line each:
# NAME|corpus folder|guest images as paths below guest/, separated by spaces.

set(SEHLAB_FUZZING_ENGINE "" CACHE STRING
  "What links a fuzzing engine into an executable (-fsanitize=fuzzer, OSS-Fuzz's \
\$LIB_FUZZING_ENGINE); empty: clang's libFuzzer and AFL++ as found on this system")

# Not beside gcc's sanitizers: libFuzzer saves what it was running when clang's tell it of an error.
# For another processor only where they are named: what is found here is for this one.
if(NOT SEHLAB_FUZZING_ENGINE AND NOT SEHLAB_SANITIZE AND NOT CMAKE_CROSSCOMPILING)
  find_program(SEHLAB_FUZZ_CLANG NAMES clang++-14 clang++-19 clang++)
  if(SEHLAB_FUZZ_CLANG)
    execute_process(COMMAND "${SEHLAB_FUZZ_CLANG}" -print-resource-dir
                    OUTPUT_VARIABLE resources OUTPUT_STRIP_TRAILING_WHITESPACE)
    find_file(SEHLAB_LIBFUZZER libclang_rt.fuzzer-${CMAKE_SYSTEM_PROCESSOR}.a
              PATHS "${resources}/lib/linux" NO_DEFAULT_PATH)
  endif()
  find_file(SEHLAB_AFL_DRIVER libAFLDriver.a PATHS /usr/lib/afl /usr/local/lib/afl NO_DEFAULT_PATH)
  find_file(SEHLAB_AFL_RUNTIME afl-compiler-rt.o PATHS /usr/lib/afl /usr/local/lib/afl
            NO_DEFAULT_PATH)
  mark_as_advanced(SEHLAB_FUZZ_CLANG SEHLAB_LIBFUZZER SEHLAB_AFL_DRIVER SEHLAB_AFL_RUNTIME)
endif()

add_custom_target(fuzz_targets)
set_property(GLOBAL PROPERTY SEHLAB_FUZZ_TARGETS "")

# An executable of the harness's objects: _fuzz_executable(TARGET OBJECTS folder libraries ...).
function(_fuzz_executable target objects folder)
  add_executable(${target} "$<TARGET_OBJECTS:${objects}>")
  set_target_properties(${target} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin/${folder}" LINKER_LANGUAGE CXX)
  target_link_libraries(${target} PRIVATE sehlab_options ${ARGN})
  add_dependencies(fuzz_targets ${target})
endfunction()

function(fuzz_target name)
  cmake_parse_arguments(F "SELF_TEST" "CORPUS;COUNTERS" "SOURCES;LIBS;GUESTS;ENVIRONMENT" ${ARGN})
  if(NOT name MATCHES "^[A-Za-z0-9_]+$")
    message(FATAL_ERROR "fuzz_target: OSS-Fuzz has no use for the name \"${name}\"")
  endif()
  if(NOT F_COUNTERS)
    set(F_COUNTERS 8192)
  endif()
  if(NOT F_CORPUS)
    set(F_CORPUS "${PROJECT_SOURCE_DIR}/fixtures/corpus/${name}")
  endif()
  set(folder fuzz)
  if(F_SELF_TEST)
    set(folder fuzz-self-test)
  endif()

  set(objects fuzz_${name}_objects)
  list(TRANSFORM SEHLAB_FUZZ_COMMON PREPEND "${PROJECT_SOURCE_DIR}/tests/fuzz/"
       OUTPUT_VARIABLE common)
  add_library(${objects} OBJECT ${F_SOURCES} ${common})
  target_link_libraries(${objects} PRIVATE sehlab_options ${F_LIBS})
  target_compile_definitions(${objects} PRIVATE SEHLAB_FUZZ_COUNTERS=${F_COUNTERS}
    SEHLAB_BINARY_DIR="${PROJECT_BINARY_DIR}")
  set(images)
  foreach(guest IN LISTS F_GUESTS)
    add_dependencies(${objects} ${guest}_pe)
    get_target_property(image ${guest}_pe GUEST_PE)
    if(NOT image)
      message(FATAL_ERROR "fuzz_target ${name}: ${guest} is no image of guest_image")
    endif()
    cmake_path(RELATIVE_PATH image BASE_DIRECTORY "${GUEST_DIR}")
    list(APPEND images "${image}")
  endforeach()

  set(replay ${name})
  if(SEHLAB_FUZZING_ENGINE)
    _fuzz_executable(${name} ${objects} ${folder} ${F_LIBS} ${SEHLAB_FUZZING_ENGINE})
  elseif(SEHLAB_LIBFUZZER)
    # The whole archive, as clang links it.
    _fuzz_executable(${name} ${objects} ${folder} ${F_LIBS}
      -Wl,--whole-archive ${SEHLAB_LIBFUZZER} -Wl,--no-whole-archive Threads::Threads dl rt)
  else()
    _fuzz_executable(${name}-replay ${objects} ${folder} ${F_LIBS} sehlab_fuzz_replay)
    set(replay ${name}-replay)
  endif()
  if(SEHLAB_AFL_DRIVER AND SEHLAB_AFL_RUNTIME)
    _fuzz_executable(${name}-afl ${objects} ${folder} ${F_LIBS}
      ${SEHLAB_AFL_DRIVER} ${SEHLAB_AFL_RUNTIME} Threads::Threads dl rt)
  endif()

  if(NOT EXISTS "${F_CORPUS}")
    message(FATAL_ERROR "fuzz_target ${name}: a target has a corpus, and there is no ${F_CORPUS}")
  endif()
  # Given files instead of a folder, libFuzzer runs each once and writes nothing.
  add_test(NAME "fuzz: ${name} replays its corpus"
    COMMAND sh -c "exec \"$0\" \"$1\"/*" "$<TARGET_FILE:${replay}>" "${F_CORPUS}")
  set_tests_properties("fuzz: ${name} replays its corpus" PROPERTIES
    TIMEOUT 300 LABELS fuzz ENVIRONMENT "${F_ENVIRONMENT}")

  if(NOT F_SELF_TEST)
    list(JOIN images " " images)
    set_property(GLOBAL APPEND PROPERTY SEHLAB_FUZZ_TARGETS "${name}|${F_CORPUS}|${images}")
  endif()
endfunction()

# After the last fuzz_target: the list of them, and the test of .clusterfuzzlite.
function(finish_fuzz_targets)
  get_property(lines GLOBAL PROPERTY SEHLAB_FUZZ_TARGETS)
  list(LENGTH lines count)
  set(test "fuzz: .clusterfuzzlite builds every target for OSS-Fuzz")
  add_test(NAME "${test}" COMMAND "${PROJECT_SOURCE_DIR}/tests/fuzz/clusterfuzzlite.sh"
           "${PROJECT_SOURCE_DIR}" ${count})
  set_tests_properties("${test}" PROPERTIES LABELS long TIMEOUT 3600 SKIP_RETURN_CODE 77
                       RUN_SERIAL ON)
  list(JOIN lines "\n" text)
  file(WRITE "${PROJECT_BINARY_DIR}/bin/fuzz/targets.txt" "${text}\n")
endfunction()
