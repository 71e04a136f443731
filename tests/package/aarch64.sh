#!/usr/bin/env bash
# Builds the lab for Linux on aarch64 and runs its tests under qemu-user.
#
#   tests/package/aarch64.sh [--root DIR] BUILD
#
# The libraries are those of a Debian 12 for arm64, from the mirror that this machine's apt uses; guest
# images are copied from the folder BUILD, of a lab for this machine. Takes some 40 minutes on two
# processors, and 4 GiB.
#
#   --root DIR   keep the libraries and the build in DIR, and go on from what is there
#   exit code    0 when all passed; 77 (skipped) when this machine cannot do it, with the reason
#
# Left out are what needs this machine's own processor or programs in the lab's process (Python,
# fuzzing engines, packages), the documents, whose commands it would run for an hour, and the tests that
# `left_out` names.
set -euo pipefail

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
what=aarch64
source "$repo/tests/package/system_tools.sh"

root=
read_options root "$@"
guests=$(cd "${arguments[0]:?which build has the guest images?}" && pwd -P)
need_root_and debootstrap unshare aarch64-linux-gnu-g++ qemu-aarch64-static cmake ninja
make_root
sysroot=$root/sysroot

make_sysroot() {
  local libraries=libc6-dev,libstdc++-12-dev,libunicorn-dev,libcapstone-dev,doctest-dev,librapidcheck-dev
  libraries+=,libcli11-dev,nlohmann-json3-dev,libfmt-dev,libexpected-dev,libtomlplusplus-dev
  libraries+=,libgmock-dev,catch2
  rm -rf "$sysroot"
  say "fetching the libraries of a Debian for arm64"
  # Its second stage would run programs of that system; the files are all that is needed.
  make_debian bookworm "$sysroot" --foreign --arch=arm64 "--include=$libraries"
  local package
  for package in "$sysroot"/var/cache/apt/archives/*.deb; do
    dpkg-deb --fsys-tarfile "$package" | tar -x --keep-directory-symlink -C "$sysroot"
  done
  touch "$root/sysroot-is-whole"
}
[[ -e $root/sysroot-is-whole ]] || make_sysroot

# The tests start the lab's programs by themselves, so the kernel is to know what runs them: in a
# namespace of its own (Linux 6.7), gone with the last program in it.
export QEMU_LD_PREFIX=$sysroot
binfmt=':aarch64:M::\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00'
binfmt+=':\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff'
binfmt+=":$(command -v qemu-aarch64-static):F"
emulated() {
  unshare --user --map-root-user --mount --fork --kill-child /bin/bash -c '
    mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc &&
      printf %s "$1" >/proc/sys/fs/binfmt_misc/register || exit 77
    shift
    exec "$@"' bash "$binfmt" "$@"
}
[[ $(emulated "$sysroot/usr/bin/uname" -m 2>/dev/null) == aarch64 ]] ||
  skip "this machine's kernel cannot be told to run programs for aarch64"

say "building"
configure "$root/build" --toolchain "$repo/cmake/aarch64-linux-gnu.cmake" \
  -DSEHLAB_SYSROOT="$sysroot" -DSEHLAB_GUESTS_FROM="$guests" -DCMAKE_BUILD_TYPE=Release \
  -DCMAKE_CXX_FLAGS_RELEASE="-O2 -DNDEBUG"
build_and_log "$root/build" emulated

left_out=(
  '^package: '
  'Python|sehlab[.]py'
  # qemu-user's posix_spawn does not say that there is no such program.
  'what is no program says so, with its name'
  'a program that is not there is an error with its name'
  'sehlab gdb and debug name what they miss'
  # Without its environment qemu-user does not find the libraries.
  'without a home, without a variable at all'
  # Gives each of its programs the time that one takes here.
  'programs that check themselves find nothing wrong'
)
say "testing"
emulated ctest --test-dir "$root/build" -j "$(nproc)" --output-on-failure \
  -LE '^(long|documents|package|schemas|ci)$' -E "$(IFS='|'; printf '%s' "${left_out[*]}")"
