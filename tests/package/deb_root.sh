#!/usr/bin/env bash
# Does the Debian package work on a Debian 12 that has nothing else?
#
#   tests/package/deb_root.sh [--root DIR] BUILD
#
# Makes the package of BUILD with cpack, makes a minimal Debian 12 (clean_root.sh), installs the package
# there with apt, and runs everything that is in it as an ordinary user (deb_checks.sh). Takes some
# 5 minutes and 3 GiB.
#
#   --root DIR   use DIR for the system, make it when it is not there yet, and leave it there
#   exit code    0, 1, or 77 (skipped) when this machine cannot do it, with the reason
#
# Part of `./lab test --all`. Needs what clean_root.sh needs, and dpkg-dev and file.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
say() { printf 'deb root: %s\n' "$*" >&2; }

keep=
if [[ ${1:-} == --root ]]; then
  keep=${2:?--root needs a folder}
  shift 2
fi
build=$(cd "${1:?which build?}" && pwd -P)
for tool in cpack dpkg-shlibdeps dpkg-deb file; do
  command -v "$tool" >/dev/null || { say "skipped: $tool is not installed"; exit 77; }
done

scratch=$(mktemp -d "${TMPDIR:-/var/tmp}/sehlab-deb-root.XXXXXX")
root=${keep:-$scratch/root}
child=
cleanup() {
  if [[ -n $child ]]; then
    kill -KILL "$child" 2>/dev/null || true
    wait "$child" 2>/dev/null || true
  fi
  rm -rf --one-file-system "$scratch"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say "making the package"
cpack -G DEB --config "$build/CPackConfig.cmake" -B "$scratch/deb" >"$scratch/cpack.log" 2>&1 ||
  { cat "$scratch/cpack.log" >&2; exit 1; }
packages=("$scratch"/deb/*.deb)
[[ ${#packages[@]} == 1 ]]
version=$(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$build/CMakeCache.txt")
[[ $(basename "${packages[0]}") == "sehlab_${version}_$(dpkg --print-architecture).deb" ]]

status=0
"$here/clean_root.sh" --root "$root" true </dev/null || status=$?
[[ $status == 0 ]] || exit "$status"
rm -rf "$root/src" "$root/checks"
mkdir "$root/checks"
cp -r "${packages[0]}" "$here/deb_checks.sh" "$here/consumer" "$here/../ci/workflows.py" \
  "$here/../../docs/ci" "$root/checks/"
chmod -R a+rX "$root/checks"

# In the background, so that a signal to this script is not kept waiting.
env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  unshare --mount --pid --fork --kill-child --propagation private /bin/bash -c '
    mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" || exit 77
    exec chroot "$1" /bin/bash /checks/deb_checks.sh "$2"' bash "$root" "$version" </dev/null &
child=$!
wait "$child" || status=$?
child=
say "ended with $status"
exit "$status"
