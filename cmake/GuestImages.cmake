# guest_image(NAME exe|dll SOURCES ... [DEF file] [ENTRY symbol] [BASE address] [LIBS dlls ...]
#             [STUBS stubs ...] [SAFESEH] [FLAGS ...] [LINK_FLAGS ...] [OUT name])
# builds a 32-bit PE image from C and assembly with clang and lld-link into build/guest.
# Byte-identical on every run and from every folder (docs/architecture.md).
# A frame must not step over the guard page of its stack: there are no probes.
find_program(GUEST_CLANG NAMES clang-14 clang-19 clang REQUIRED)
# Golden traces, documents and the reproducers of the guests' bugs hold counts and addresses of what
# clang 14 makes; where another one compiles the guests, they are not compared.
execute_process(COMMAND "${GUEST_CLANG}" -dumpversion OUTPUT_VARIABLE GUEST_CLANG_MAJOR
                OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
string(REGEX REPLACE "[.].*" "" GUEST_CLANG_MAJOR "${GUEST_CLANG_MAJOR}")
find_program(GUEST_LLD NAMES lld-link-14 lld-link-19 lld-link REQUIRED)
find_program(GUEST_DLLTOOL NAMES llvm-dlltool-14 llvm-dlltool-19 llvm-dlltool REQUIRED)
find_program(GUEST_LLVM_LIB NAMES llvm-lib-14 llvm-lib-19 llvm-lib REQUIRED)
set(GUEST_DIR "${CMAKE_BINARY_DIR}/guest")
set(SEHLAB_GUESTS_FROM "" CACHE PATH
  "A build folder whose guest images are copied instead of built again: for another processor, since \
they are data and the same on all of them")
set(GUEST_CFLAGS
  --target=i686-pc-windows-msvc -ffreestanding -fms-extensions -O1 -march=i686
  -fno-omit-frame-pointer -fno-stack-protector -mno-stack-arg-probe
  -Wframe-larger-than=4095 -mno-incremental-linker-compatible -fno-sized-deallocation -gdwarf-4 -fdebug-compilation-dir=.
  -Wall -Wextra -Werror -Wno-unused-parameter
  "-ffile-prefix-map=${CMAKE_SOURCE_DIR}/=" "-ffile-prefix-map=${CMAKE_BINARY_DIR}=build"
  "-I${CMAKE_SOURCE_DIR}/guest/include" "-I${CMAKE_SOURCE_DIR}/guest")

# guest_copies(FILES ...): a rule that copies files of this build folder from SEHLAB_GUESTS_FROM, all
# when one is needed.
function(guest_copies)
  set(sources)
  set(commands)
  foreach(file IN LISTS ARGN)
    cmake_path(RELATIVE_PATH file BASE_DIRECTORY "${CMAKE_BINARY_DIR}" OUTPUT_VARIABLE relative)
    list(APPEND sources "${SEHLAB_GUESTS_FROM}/${relative}")
    list(APPEND commands COMMAND "${CMAKE_COMMAND}" -E copy "${SEHLAB_GUESTS_FROM}/${relative}" "${file}")
  endforeach()
  add_custom_command(OUTPUT ${ARGN} ${commands} DEPENDS ${sources} COMMENT "guest copy ${relative}" VERBATIM)
endfunction()

# guest_library_target(NAME FILE): what links it, and what builds it when nothing here links it.
function(guest_library_target name file)
  set(all)
  if(SEHLAB_GUESTS_FROM)
    set(all ALL)
  endif()
  add_custom_target(${name}_stub ${all} DEPENDS "${file}")
  set_target_properties(${name}_stub PROPERTIES STUB_LIBRARY "${file}")
endfunction()

# guest_objects(OBJECTS NAME SOURCES ... [FLAGS ...] [COMPILER clang]): compiles for the image or
# library NAME.
function(guest_objects objects name)
  cmake_parse_arguments(G "" "COMPILER" "SOURCES;FLAGS" ${ARGN})
  if(SEHLAB_GUESTS_FROM)
    set(${objects} "" PARENT_SCOPE)
    return()
  endif()
  if(NOT G_COMPILER)
    set(G_COMPILER ${GUEST_CLANG})
  endif()
  set(objdir "${CMAKE_BINARY_DIR}/guest-objects/${name}")
  file(MAKE_DIRECTORY "${objdir}")
  set(objs)
  foreach(src IN LISTS G_SOURCES)
    cmake_path(ABSOLUTE_PATH src NORMALIZE)
    cmake_path(GET src FILENAME leaf)
    set(obj "${objdir}/${leaf}.obj")
    add_custom_command(OUTPUT ${obj}
      COMMAND ${G_COMPILER} ${GUEST_CFLAGS} ${G_FLAGS} -MD -MF ${obj}.d -MT ${obj} -c ${src} -o ${obj}
      DEPENDS ${src} DEPFILE ${obj}.d
      COMMENT "guest ${name}: ${leaf}" VERBATIM COMMAND_EXPAND_LISTS)
    list(APPEND objs ${obj})
  endforeach()
  set(${objects} ${objs} PARENT_SCOPE)
endfunction()

# guest_link(OUT exe|dll OBJDIR dir OBJECTS objects ... [and guest_image's for linking]): the rule that
# links build/guest/OUT.exe, without a target; the map and the import library are in OBJDIR. OUT may
# begin with a folder.
function(guest_link out kind)
  cmake_parse_arguments(G "SAFESEH" "OBJDIR;DEF;ENTRY;BASE" "OBJECTS;LIBS;STUBS;LINK_FLAGS" ${ARGN})
  set(objs ${G_OBJECTS})
  set(pe "${GUEST_DIR}/${out}.${kind}")
  cmake_path(GET pe PARENT_PATH folder)
  cmake_path(GET out FILENAME leaf)
  file(MAKE_DIRECTORY "${folder}" "${G_OBJDIR}")
  set(map "${G_OBJDIR}/${leaf}.map")
  set(link /nologo /machine:x86 /nodefaultlib /timestamp:1393952400 /debug:dwarf
      /out:${pe} /map:${map} ${G_LINK_FLAGS})
  if(G_SAFESEH)
    list(APPEND link /safeseh)
  else()
    list(APPEND link /safeseh:no)
  endif()
  set(outs ${pe})
  set(side ${map})
  set(deps ${objs})
  if(kind STREQUAL dll)
    list(APPEND link /dll /implib:${G_OBJDIR}/${leaf}.lib)
    list(APPEND side "${G_OBJDIR}/${leaf}.lib")
  else()
    list(APPEND link /subsystem:console)
  endif()
  if(G_ENTRY)
    list(APPEND link /entry:${G_ENTRY})
  else()
    list(APPEND link /noentry)
  endif()
  if(G_BASE)
    list(APPEND link /base:${G_BASE})
  endif()
  if(G_DEF)
    cmake_path(ABSOLUTE_PATH G_DEF NORMALIZE)
    list(APPEND link /def:${G_DEF})
    list(APPEND deps ${G_DEF})
  endif()
  # Libraries of objects come first: an image's own atexit, not msvcrt's.
  foreach(stub IN LISTS G_STUBS)
    get_target_property(library ${stub}_stub STUB_LIBRARY)
    list(APPEND objs ${library})
    list(APPEND deps ${library})
  endforeach()
  foreach(lib IN LISTS G_LIBS)
    get_target_property(implib ${lib}_pe GUEST_IMPLIB)
    get_target_property(dll ${lib}_pe GUEST_PE)
    list(APPEND objs ${implib})
    list(APPEND deps ${dll})
  endforeach()
  if(SEHLAB_GUESTS_FROM)
    guest_copies(${outs} ${side})
    return()
  endif()
  add_custom_command(OUTPUT ${outs} BYPRODUCTS ${side}
    COMMAND ${GUEST_LLD} ${link} ${objs} DEPENDS ${deps}
    COMMENT "guest link ${out}.${kind}" VERBATIM)
endfunction()

function(guest_image name kind)
  cmake_parse_arguments(G "SAFESEH" "DEF;ENTRY;BASE;OUT" "SOURCES;LIBS;STUBS;FLAGS;LINK_FLAGS" ${ARGN})
  if(NOT G_OUT)
    set(G_OUT ${name})
  endif()
  set(options)
  if(G_SAFESEH)
    set(options SAFESEH)
  endif()
  foreach(option DEF ENTRY BASE)
    if(G_${option})
      list(APPEND options ${option} ${G_${option}})
    endif()
  endforeach()
  set(objdir "${CMAKE_BINARY_DIR}/guest-objects/${name}")
  guest_objects(objs ${name} SOURCES ${G_SOURCES} FLAGS ${G_FLAGS})
  guest_link(${G_OUT} ${kind} ${options} OBJDIR ${objdir} OBJECTS ${objs} LIBS ${G_LIBS}
    STUBS ${G_STUBS} LINK_FLAGS ${G_LINK_FLAGS})
  add_custom_target(${name}_pe ALL DEPENDS "${GUEST_DIR}/${G_OUT}.${kind}")
  foreach(lib IN LISTS G_LIBS)
    add_dependencies(${name}_pe ${lib}_pe)
  endforeach()
  set_target_properties(${name}_pe PROPERTIES GUEST_PE "${GUEST_DIR}/${G_OUT}.${kind}" GUEST_IMPLIB "${objdir}/${G_OUT}.lib")
endfunction()

# guest_stub_library(NAME DEF): an import library for what DEF exports, whether or not there is such
# a DLL: for functions that nobody provides, and for DLLs that import each other.
function(guest_stub_library name def)
  cmake_path(ABSOLUTE_PATH def NORMALIZE)
  set(lib "${CMAKE_CURRENT_BINARY_DIR}/${name}.stub.lib")
  if(SEHLAB_GUESTS_FROM)
    guest_copies(${lib})
  else()
    add_custom_command(OUTPUT ${lib}
      COMMAND ${GUEST_DLLTOOL} -m i386 -k -d ${def} -l ${lib}
      DEPENDS ${def} COMMENT "guest stub library ${name}" VERBATIM)
  endif()
  guest_library_target(${name} "${lib}")
endfunction()

# guest_library(NAME SOURCES ... [FLAGS ...]): a library of objects, linked as images' STUBS are: an
# image gets the objects that it asks for.
function(guest_library name)
  guest_objects(objs ${name} ${ARGN})
  set(lib "${CMAKE_CURRENT_BINARY_DIR}/${name}.lib")
  if(SEHLAB_GUESTS_FROM)
    guest_copies(${lib})
  else()
    list(TRANSFORM objs REPLACE "^.*/" "" OUTPUT_VARIABLE members)  # so that it keeps no path of the build
    add_custom_command(OUTPUT ${lib}
      COMMAND ${GUEST_LLVM_LIB} /nologo /machine:x86 /out:${lib} ${members} DEPENDS ${objs}
      WORKING_DIRECTORY "${CMAKE_BINARY_DIR}/guest-objects/${name}"
      COMMENT "guest library ${name}" VERBATIM)
  endif()
  guest_library_target(${name} "${lib}")
endfunction()
