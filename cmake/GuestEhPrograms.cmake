# eh_programs(PREFIX EXTENSION): every *.EXTENSION of the folder is a program, built in the ways that
# matter for exception handling, as PREFIX_NAME.WAY.exe. A way is
#
#   [clang19-] O0|O1|O2|msvcrt [-safeseh] [-dll]
#
#   O0 O1 O2   imports vcruntime140 and the UCRT, compiled at that level
#   msvcrt     imports msvcrt, compiled at -O1 as a compiler of its time would have it
#   -safeseh   with a SafeSEH table
#   -dll       the program is in a DLL of the same name, which the EXE imports and calls; both in the
#              folder PREFIX_NAME, as each program is looked for symbols in all DLLs beside it
#   clang19-   compiled by clang-19, where that is installed; otherwise by clang-14
#
# One object serves all ways of a level: they differ in how it is linked. The ways of EH_WAYS are built
# and run always, the others by the target guest_all_builds, which only `./lab test --all` builds.
# PREFIX_NAME.builds lists them for a scenario's `guests`.
#
# "FLAGS: ..." and "SOURCES: ..." in a program's first comment add flags and assembly sources;
# "CRT: ucrt" leaves msvcrt out.
set(EH_WAYS O0 O1-safeseh O2 msvcrt-safeseh O0-safeseh-dll O1-dll O2-safeseh-dll)

find_program(GUEST_CLANG19 NAMES clang-19)
add_custom_target(guest_all_builds)

# eh_link(IMAGE OBJECTS dlls...): links one way of a program; appends what it makes to images_always
# or images_more, and its line to builds.
macro(eh_link program way crt safeseh form objects)
  set(full ${way}${safeseh}${form})
  set(objdir ${CMAKE_BINARY_DIR}/guest-objects/${program}.${way})
  set(options)
  if(safeseh)
    list(APPEND options SAFESEH)
  endif()
  set(kind more)
  if(full IN_LIST EH_WAYS)
    set(kind always)
  endif()
  set(image ${program}.${full})
  if(form)
    set(image ${program}/${image})
  endif()
  set(parts ${${objects}})
  if(form)
    guest_crt(${crt} dll)
    guest_link(${image} dll ${options} OBJDIR ${objdir}/dll ENTRY ${CRT_ENTRY} LINK_FLAGS /export:program=main
      OBJECTS ${parts} ${load_config${safeseh}} LIBS user32 ${CRT_LIBS} STUBS ${CRT_STUBS})
    list(APPEND images_${kind} ${GUEST_DIR}/${image}.dll)
    set(parts ${calls_program} ${objdir}/dll/${program}.${full}.lib)
  endif()
  guest_crt(${crt} exe)
  guest_link(${image} exe ${options} OBJDIR ${objdir} ENTRY ${CRT_ENTRY} OBJECTS ${parts} ${load_config${safeseh}}
    LIBS user32 ${CRT_LIBS} STUBS ${CRT_STUBS})
  list(APPEND images_${kind} ${GUEST_DIR}/${image}.exe)
  string(APPEND builds "${image}.exe ${kind}\n")
endmacro()

# eh_program(PROGRAM SOURCES FLAGS LEVELS): all ways of one program.
macro(eh_program program sources flags levels)
  set(builds)
  foreach(compiler IN ITEMS "" clang19-)
    foreach(level IN LISTS ${levels})
      if(compiler AND level STREQUAL "msvcrt")
        continue()
      endif()
      set(way ${compiler}${level})
      set(crt ucrt)
      set(way_flags -${level})
      if(level STREQUAL "msvcrt")
        set(crt msvcrt)
        set(way_flags -O1 -fms-compatibility-version=12 -DBUILT_FOR_MSVCRT=1)
      endif()
      set(clang ${GUEST_CLANG})
      if(compiler)
        set(clang ${GUEST_CLANG19})
      endif()
      if(clang)
        guest_crt(${crt} exe)
        guest_objects(objs ${program}.${way} COMPILER ${clang} SOURCES ${${sources}}
          FLAGS ${CRT_FLAGS} ${way_flags} ${${flags}})
      endif()
      foreach(form IN ITEMS "" -dll)
        foreach(safeseh IN ITEMS "" -safeseh)
          if(clang)
            eh_link(${program} ${way} ${crt} "${safeseh}" "${form}" objs)
          else()
            string(APPEND builds "${program}.${way}${safeseh}${form}.exe absent clang-19 is not installed\n")
          endif()
        endforeach()
      endforeach()
    endforeach()
  endforeach()
  file(CONFIGURE OUTPUT "${GUEST_DIR}/${program}.builds" CONTENT "${builds}")
endmacro()

function(eh_programs prefix extension)
  guest_objects(load_config-safeseh ${prefix}_load_config SOURCES ${CMAKE_SOURCE_DIR}/guest/crt/load_config.c)
  guest_objects(calls_program ${prefix}_calls_program SOURCES ${CMAKE_SOURCE_DIR}/guest/seh/dll/calls_program.c)
  set(images_always)
  set(images_more)
  file(GLOB programs CONFIGURE_DEPENDS *.${extension})
  foreach(program IN LISTS programs)
    cmake_path(GET program STEM name)
    file(STRINGS ${program} lines LIMIT_COUNT 12)
    set(flags)
    if(extension STREQUAL "cpp")
      set(flags -fno-threadsafe-statics) # needs __declspec(thread)
    endif()
    set(sources ${program})
    set(levels O0 O1 O2 msvcrt)
    foreach(line IN LISTS lines)
      if(line MATCHES "FLAGS: (.*)")
        separate_arguments(more UNIX_COMMAND "${CMAKE_MATCH_1}")
        list(APPEND flags ${more})
      elseif(line MATCHES "SOURCES: (.*)")
        separate_arguments(more UNIX_COMMAND "${CMAKE_MATCH_1}")
        list(APPEND sources ${more})
      elseif(line MATCHES "CRT: ucrt")
        list(REMOVE_ITEM levels msvcrt)
      endif()
    endforeach()
    eh_program(${prefix}_${name} sources flags levels)
  endforeach()
  add_custom_target(${prefix}_programs ALL DEPENDS ${images_always})
  add_custom_target(${prefix}_programs_more DEPENDS ${images_more})
  add_dependencies(${prefix}_programs_more ${prefix}_programs)
  add_dependencies(guest_all_builds ${prefix}_programs_more)
  add_dependencies(${prefix}_programs user32_pe kernel32_pe vcruntime140_pe ucrtbase_pe msvcrt_pe
    crt_ucrt_exe_stub crt_ucrt_dll_stub crt_msvcrt_exe_stub crt_msvcrt_dll_stub)
endfunction()
