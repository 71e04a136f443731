# guest_program(NAME [DLL] SOURCES ... [CRT ucrt|msvcrt] [FLAGS ...] [DEF file] [LIBS dlls ...]
#               [STUBS stubs ...] [LINK_FLAGS ...] [SAFESEH])
# builds a program of C or C++ that has `main` (with DLL: a library, DllMain optional), compiled as
# by Visual C++ and linked to a C runtime's DLLs into build/guest/NAME.exe:
#   ucrt (without CRT)  imports api-ms-win-crt-*-l1-1-0 and vcruntime140, as programs of Visual C++
#                       2015 and later do
#   msvcrt              imports msvcrt, as programs of Visual C++ 6 and of the Windows DDK do
# Headers: guest/crt/include (the C library), "system/win32.h" (kernel32), "cases/say.h".
# FLAGS come last: -O0, -O2, -fno-exceptions, -DNAME. The default is -O1; C++ has exceptions and
# RTTI. Without SAFESEH the image's handlers are unconstrained.
# The target is NAME_pe; LIBS are names of guest images (kernel32 is always there).
set(GUEST_PROGRAM_CFLAGS "-I${CMAKE_SOURCE_DIR}/guest/crt/include" -mstack-arg-probe)

# guest_crt(CRT exe|dll): what a program of that C runtime is compiled and linked with, as CRT_FLAGS,
# CRT_ENTRY, CRT_LIBS, CRT_STUBS, and CRT_ORDER: targets needed when it runs, not when it is linked.
function(guest_crt crt kind)
  set(flags ${GUEST_PROGRAM_CFLAGS})
  set(order)
  if(crt STREQUAL "ucrt")
    get_property(stubs GLOBAL PROPERTY CRT_API_SETS)
    set(libs vcruntime140 kernel32)
    set(order ucrtbase_pe)
  elseif(crt STREQUAL "msvcrt")
    set(stubs)
    set(libs msvcrt kernel32)
    list(APPEND flags -DCRT_MSVCRT=1)
  else()
    message(FATAL_ERROR "no C runtime is called ${crt}")
  endif()
  set(entry mainCRTStartup)
  if(kind STREQUAL "dll")
    set(entry _DllMainCRTStartup@12)
  endif()
  set(CRT_FLAGS ${flags} PARENT_SCOPE)
  set(CRT_ENTRY ${entry} PARENT_SCOPE)
  set(CRT_LIBS ${libs} PARENT_SCOPE)
  set(CRT_STUBS ${stubs} crt_${crt}_${kind} PARENT_SCOPE)
  set(CRT_ORDER ${order} PARENT_SCOPE)
endfunction()

function(guest_program name)
  cmake_parse_arguments(P "DLL;SAFESEH" "CRT;DEF" "SOURCES;FLAGS;LIBS;STUBS;LINK_FLAGS" ${ARGN})
  if(NOT P_CRT)
    set(P_CRT ucrt)
  endif()
  set(kind exe)
  if(P_DLL)
    set(kind dll)
  endif()
  guest_crt(${P_CRT} ${kind})
  set(options)
  if(P_SAFESEH)
    list(APPEND options SAFESEH)
    list(APPEND P_SOURCES "${CMAKE_SOURCE_DIR}/guest/crt/load_config.c")
  endif()
  if(P_DEF)
    list(APPEND options DEF ${P_DEF})
  endif()
  guest_image(${name} ${kind} ${options} SOURCES ${P_SOURCES} ENTRY ${CRT_ENTRY}
    FLAGS ${CRT_FLAGS} ${P_FLAGS} LINK_FLAGS ${P_LINK_FLAGS}
    LIBS ${P_LIBS} ${CRT_LIBS} STUBS ${P_STUBS} ${CRT_STUBS})
  if(CRT_ORDER)
    add_dependencies(${name}_pe ${CRT_ORDER})
  endif()
endfunction()
