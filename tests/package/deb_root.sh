#!/usr/bin/env bash
# Does the Debian package work on a Debian 12 that has nothing else?
#
#   tests/package/deb_root.sh [--root DIR] BUILD
#
# Makes the package of BUILD with cpack, makes a minimal Debian 12 (clean_root.sh), installs the package
# there with apt, and runs everything that is in it as an ordinary user (deb_checks.sh). Takes some
# 5 minutes and 3 GiB.
#
#   --root DIR   keep the system in DIR/system, and use it when it is there
#   exit code    0, 1, or 77 (skipped) when this machine cannot do it, with the reason
#
# Part of `./lab test --all`. Needs what clean_root.sh needs, and dpkg-dev and file.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
what='deb root'
source "$here/system_tools.sh"

root=
read_options root "$@"
build=$(cd "${arguments[0]:?which build?}" && pwd -P)
need cpack dpkg-shlibdeps dpkg-deb file
make_root

say "making the package"
rm -rf "$root/deb"
cpack -G DEB --config "$build/CPackConfig.cmake" -B "$root/deb" >"$root/cpack.log" 2>&1 ||
  { cat "$root/cpack.log" >&2; exit 1; }
packages=("$root"/deb/*.deb)
[[ ${#packages[@]} == 1 ]]
version=$(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$build/CMakeCache.txt")
[[ $(basename "${packages[0]}") == "sehlab_${version}_$(dpkg --print-architecture).deb" ]]

system=$root/system
status=0
run_killable "$here/clean_root.sh" --root "$system" true || status=$?
[[ $status == 0 ]] || exit "$status"
rm -rf "$system/src" "$system/checks"
mkdir "$system/checks"
cp -r "${packages[0]}" "$here/deb_checks.sh" "$here/consumer" "$here/../ci/workflows.py" \
  "$here/../../docs/ci" "$system/checks/"
chmod -R a+rX "$system/checks"

run_killable in_debian "$system" /bin/bash /checks/deb_checks.sh "$version" || status=$?
say "ended with $status"
exit "$status"
