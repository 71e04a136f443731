# Everything that the host links comes from the distribution; nothing is downloaded.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(UNICORN REQUIRED IMPORTED_TARGET unicorn>=2.0.1)
pkg_check_modules(CAPSTONE REQUIRED IMPORTED_TARGET capstone>=4.0.2)

# sehlab_archive(NAME PREFIX ARCHIVE): the target NAME is the archive of a library that pkg-config
# found as PREFIX, or the shared library where the distribution has no archive. The two libraries
# hold every processor that they know: relocating their tables is half of a start's time.
function(sehlab_archive name prefix archive)
  find_library(${prefix}_ARCHIVE NAMES ${archive} HINTS ${${prefix}_LIBDIR})
  mark_as_advanced(${prefix}_ARCHIVE)
  add_library(${name} INTERFACE)
  if(${prefix}_ARCHIVE)
    target_include_directories(${name} SYSTEM INTERFACE ${${prefix}_INCLUDE_DIRS})
    target_link_libraries(${name} INTERFACE ${${prefix}_ARCHIVE} Threads::Threads m)
  else()
    target_link_libraries(${name} INTERFACE PkgConfig::${prefix})
  endif()
endfunction()
sehlab_archive(sehlab_unicorn UNICORN libunicorn.a)
sehlab_archive(sehlab_capstone CAPSTONE libcapstone.a)

# Compiled in, these two are instrumented like the rest, and a program needs no shared library of
# theirs where it runs.
option(SEHLAB_HEADER_ONLY "Compile fmt and toml++ in instead of linking their libraries" OFF)
if(SEHLAB_HEADER_ONLY)
  foreach(library fmt tomlplusplus)
    add_library(${library}::${library} INTERFACE IMPORTED)
  endforeach()
  target_compile_definitions(fmt::fmt INTERFACE FMT_HEADER_ONLY=1)
  target_compile_definitions(tomlplusplus::tomlplusplus INTERFACE TOML_HEADER_ONLY=1)
  # It asserts (or assumes, with NDEBUG) what it then checks and reports: "[," is an error in a file.
  target_compile_options(tomlplusplus::tomlplusplus INTERFACE
    -UNDEBUG "-DTOML_ASSERT(expr)=static_assert(true)")
else()
  find_package(fmt REQUIRED)
  find_package(tomlplusplus REQUIRED)
endif()
find_package(nlohmann_json REQUIRED)
find_package(tl-expected REQUIRED)
find_package(CLI11 REQUIRED)
find_package(doctest REQUIRED)
find_package(rapidcheck REQUIRED)
find_package(benchmark QUIET)
