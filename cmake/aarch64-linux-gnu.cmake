# A lab for Linux on aarch64, built on another machine (docs/platforms.md, tests/package/aarch64.sh):
#
#   cmake -S . -B build-aarch64 -G Ninja --toolchain cmake/aarch64-linux-gnu.cmake \
#     -DSEHLAB_SYSROOT=FOLDER -DSEHLAB_GUESTS_FROM=$PWD/build
#
# SEHLAB_SYSROOT is a Debian for arm64 that has the libraries; what is built runs under
# qemu-aarch64-static.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)

set(SEHLAB_SYSROOT "" CACHE PATH "A Debian for arm64 with the libraries that the lab links")
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES SEHLAB_SYSROOT)
set(CMAKE_SYSROOT "${SEHLAB_SYSROOT}")
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(ENV{PKG_CONFIG_SYSROOT_DIR} "${SEHLAB_SYSROOT}")
set(ENV{PKG_CONFIG_LIBDIR}
  "${SEHLAB_SYSROOT}/usr/lib/aarch64-linux-gnu/pkgconfig:${SEHLAB_SYSROOT}/usr/share/pkgconfig")
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64-static -L "${SEHLAB_SYSROOT}")
