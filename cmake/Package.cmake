# Packages: `cpack -G DEB --config build/CPackConfig.cmake` makes sehlab_VERSION_ARCH.deb of what is
# installed; the target dist makes the source archive sehlab-VERSION.tar.xz.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME sehlab)
set(CPACK_PACKAGE_VENDOR "the sehlab developers")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "lab for 32-bit x86 structured exception handling without Windows")
set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_THREADS 0)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "the sehlab developers <sehlab@localhost.localdomain>")
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Runs 32-bit Windows programs and DLLs in an emulated processor, walks exception
dispatch in software as Windows does, and shows, checks and fuzzes what the chain
of handlers does. With a library for C++, C and Python, scenarios for CI, and a course.")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)       # Depends: of what the programs are linked with
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON) # and for those who link with libsehlab
set(CPACK_DEBIAN_COMPRESSION_TYPE zstd)      # a fifth of xz's time; Debian 12 and later read it
# The lessons' programs are built on the spot; sehlab.py; sehlab debug; sehlab fuzz run --engine afl.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS
  "clang-${GUEST_CLANG_MAJOR} | clang, lld-${GUEST_CLANG_MAJOR} | lld, python3")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "gdb, afl++")
set(CPACK_PRE_BUILD_SCRIPTS "${PROJECT_SOURCE_DIR}/cmake/DebianFiles.cmake")
include(CPack)

add_custom_target(dist
  COMMAND "${CMAKE_COMMAND}" "-DSOURCE=${PROJECT_SOURCE_DIR}" "-DNAME=sehlab-${PROJECT_VERSION}"
          "-DOUT=${PROJECT_BINARY_DIR}" -P "${PROJECT_SOURCE_DIR}/cmake/Dist.cmake" VERBATIM)
