# mingw_image(FILE SOURCE [FLAGS ...]): compiles SOURCE with mingw-w64 into build/guest/mingw_FILE,
# against that compiler's own headers and libraries: it imports msvcrt and kernel32 and carries DWARF
# unwinding tables. Target mingw_FILE without its extension. Byte-identical from every folder.
find_program(MINGW_GCC i686-w64-mingw32-gcc REQUIRED)

function(mingw_image file source)
  set(pe "${GUEST_DIR}/mingw_${file}")
  cmake_path(GET file STEM name)
  if(SEHLAB_GUESTS_FROM)
    guest_copies(${pe})
  else()
    add_custom_command(OUTPUT ${pe}
      COMMAND ${MINGW_GCC} -O1 -gdwarf-4 -Wall -Wextra -Werror -fno-omit-frame-pointer
              "-ffile-prefix-map=${CMAKE_SOURCE_DIR}/=" "-ffile-prefix-map=${CMAKE_BINARY_DIR}=build"
              -Wl,--no-insert-timestamp ${ARGN} -MD -MF ${name}.d -MT ${pe} ${source} -o ${pe}
      DEPENDS ${source} DEPFILE ${name}.d COMMENT "mingw ${file}" VERBATIM)
  endif()
  add_custom_target(mingw_${name} ALL DEPENDS ${pe})
  add_dependencies(mingw_${name} msvcrt_pe)
endfunction()
