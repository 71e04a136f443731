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

function(guest_program name)
  cmake_parse_arguments(P "DLL;SAFESEH" "CRT;DEF" "SOURCES;FLAGS;LIBS;STUBS;LINK_FLAGS" ${ARGN})
  if(NOT P_CRT)
    set(P_CRT ucrt)
  endif()
  set(kind exe)
  set(entry mainCRTStartup)
  if(P_DLL)
    set(kind dll)
    set(entry _DllMainCRTStartup@12)
  endif()
  if(P_CRT STREQUAL "ucrt")
    get_property(runtime GLOBAL PROPERTY CRT_API_SETS)
    set(dlls vcruntime140 kernel32)
    set(defines)
    set(order ucrtbase_pe) # needed when the program runs, not when it is linked
  elseif(P_CRT STREQUAL "msvcrt")
    set(runtime)
    set(dlls msvcrt kernel32)
    set(defines -DCRT_MSVCRT=1)
    set(order)
  else()
    message(FATAL_ERROR "guest_program(${name}): no C runtime is called ${P_CRT}")
  endif()
  set(options)
  if(P_SAFESEH)
    list(APPEND options SAFESEH)
    list(APPEND P_SOURCES "${CMAKE_SOURCE_DIR}/guest/crt/load_config.c")
  endif()
  if(P_DEF)
    list(APPEND options DEF ${P_DEF})
  endif()
  guest_image(${name} ${kind} ${options} SOURCES ${P_SOURCES} ENTRY ${entry}
    FLAGS ${GUEST_PROGRAM_CFLAGS} ${defines} ${P_FLAGS} LINK_FLAGS ${P_LINK_FLAGS}
    LIBS ${P_LIBS} ${dlls} STUBS ${P_STUBS} ${runtime} crt_${P_CRT}_${kind})
  if(order)
    add_dependencies(${name}_pe ${order})
  endif()
endfunction()
