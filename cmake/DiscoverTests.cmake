# Makes each test case of a doctest program a ctest test, labelled with its test suite (without one,
# with the folder that TARGET is named after). A program that ends with 77 skips its test.
#
# doctest's own module asks the program once a test case, and gives a case whose name holds a comma no
# label. Here the program is asked once, after it is linked, for its list as XML.
#
# discover_tests(TARGET): the tests are called "TARGET: NAME OF THE CASE".
# As a script (cmake -P): -D PROGRAM=FILE -D NAME=TARGET -D OUT=FILE.ctest [-D EMULATOR=COMMAND]
# EMULATOR (a list) runs programs for another processor: CMAKE_CROSSCOMPILING_EMULATOR.

if(NOT CMAKE_SCRIPT_MODE_FILE)
  set(SEHLAB_DISCOVER_TESTS "${CMAKE_CURRENT_LIST_FILE}" CACHE INTERNAL "")

  function(discover_tests target)
    set(list "${CMAKE_CURRENT_BINARY_DIR}/${target}.ctest")
    add_custom_command(TARGET ${target} POST_BUILD
      BYPRODUCTS "${list}"
      COMMAND "${CMAKE_COMMAND}" "-DPROGRAM=$<TARGET_FILE:${target}>" "-DNAME=${target}" "-DOUT=${list}"
              "-DEMULATOR=${CMAKE_CROSSCOMPILING_EMULATOR}" -P "${SEHLAB_DISCOVER_TESTS}"
      VERBATIM)
    set(include "${CMAKE_CURRENT_BINARY_DIR}/${target}.cmake")
    file(WRITE "${include}" "if(EXISTS \"${list}\")\n  include(\"${list}\")\n"
                            "else()\n  add_test(\"${target}: is built\" ${target}-is-not-built)\nendif()\n")
    set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${include}")
  endfunction()
  return()
endif()

execute_process(COMMAND ${EMULATOR} "${PROGRAM}" --list-test-cases --reporters=xml
                OUTPUT_VARIABLE xml COMMAND_ERROR_IS_FATAL ANY)
# CMake's lists would make something of their own of these: control characters stand for them.
string(ASCII 1 semicolon)
string(ASCII 2 left)
string(ASCII 3 right)
string(REPLACE ";" "${semicolon}" xml "${xml}")
string(REPLACE "[" "${left}" xml "${xml}")
string(REPLACE "]" "${right}" xml "${xml}")
string(REGEX MATCHALL "<TestCase [^>]*>" cases "${xml}")

function(plain_text out text)
  string(REPLACE "&lt${semicolon}" "<" text "${text}")
  string(REPLACE "&gt${semicolon}" ">" text "${text}")
  string(REPLACE "&quot${semicolon}" "\"" text "${text}")
  string(REPLACE "&amp${semicolon}" "&" text "${text}")
  string(REPLACE "${left}" "[" text "${text}")
  string(REPLACE "${right}" "]" text "${text}")
  string(REPLACE "${semicolon}" ";" text "${text}")
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

set(command "")
set(timeout 300)
if(EMULATOR)
  set(timeout 3000)
endif()
foreach(word IN LISTS EMULATOR PROGRAM)
  string(APPEND command "[==[${word}]==] ")
endforeach()
string(REGEX REPLACE "^sehlab_(.*)_tests$" "\\1" folder "${NAME}")
set(tests "")
foreach(case IN LISTS cases)
  if(NOT case MATCHES " name=\"([^\"]*)\"")
    message(FATAL_ERROR "${PROGRAM} lists a test case without a name: ${case}")
  endif()
  plain_text(name "${CMAKE_MATCH_1}")
  set(suite "${folder}")
  if(case MATCHES " testsuite=\"([^\"]+)\"")
    plain_text(suite "${CMAKE_MATCH_1}")
  endif()
  string(REPLACE "," "\\," filter "${name}")  # a comma parts two filters
  string(APPEND tests "add_test([==[${NAME}: ${name}]==] ${command}[==[--test-case=${filter}]==])\n"
                      "set_tests_properties([==[${NAME}: ${name}]==] PROPERTIES "
                      "TIMEOUT ${timeout} SKIP_RETURN_CODE 77 LABELS [==[${suite}]==])\n")
endforeach()
file(WRITE "${OUT}" "${tests}")
