# One CMake target a folder. target_link_libraries between these targets is the architecture:
# a folder sees exactly what it links (tests/architecture checks the same over #include).

add_library(sehlab_options INTERFACE)
target_compile_features(sehlab_options INTERFACE cxx_std_20)
target_include_directories(sehlab_options INTERFACE
  "${PROJECT_SOURCE_DIR}" "${PROJECT_SOURCE_DIR}/guest/include")
target_compile_options(sehlab_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion)
# SEHLAB_CHECK names its file; a program is the same wherever it was built.
target_compile_options(sehlab_options INTERFACE "-fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=")
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # libstdc++ 12's stable_sort uses what the same library calls deprecated, and clang 19 says so.
  target_compile_options(sehlab_options INTERFACE -Wno-deprecated-declarations)
endif()
option(SEHLAB_WERROR "Warnings are errors" ON)  # OFF: for compilers that warn of something new
if(SEHLAB_WERROR)
  target_compile_options(sehlab_options INTERFACE -Werror)
endif()
option(SEHLAB_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
if(SEHLAB_SANITIZE)
  target_compile_options(sehlab_options INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(sehlab_options INTERFACE -fsanitize=address,undefined)
endif()

# sehlab_library(NAME SOURCES ... [DEPS ...]). libsehlab.so holds most of them.
function(sehlab_library name)
  cmake_parse_arguments(L "" "" "SOURCES;DEPS" ${ARGN})
  add_library(${name} STATIC ${L_SOURCES})
  set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_link_libraries(${name} PUBLIC sehlab_options ${L_DEPS})
endfunction()

# sehlab_test(NAME SOURCES ... [DEPS ...]): a doctest program; each test case is a ctest test. What is
# tested is optimised, the tests themselves are not: that halves the time to compile them.
function(sehlab_test name)
  cmake_parse_arguments(T "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${T_SOURCES})
  target_link_libraries(${name} PRIVATE sehlab_options sehlab_doctest_main ${T_DEPS})
  target_compile_definitions(${name} PRIVATE
    SEHLAB_SOURCE_DIR="${PROJECT_SOURCE_DIR}" SEHLAB_BINARY_DIR="${PROJECT_BINARY_DIR}")
  target_compile_options(${name} PRIVATE -O0)
  discover_tests(${name})
endfunction()
