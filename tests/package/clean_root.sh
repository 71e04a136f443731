#!/usr/bin/env bash
# Does the project build and pass on a Debian that has git and nothing else?
#
#   tests/package/clean_root.sh [--suite NAME] [--root DIR] [COMMAND...]
#
# Makes a minimal Debian (debootstrap) in a temporary folder, clones HEAD of this repository
# into it, and runs COMMAND there, from the clone's top folder; without COMMAND, `./lab test`.
# So it finds what ./lab forgot to install and what a clone forgot to bring. Packages come from
# the mirror that this machine's apt uses. Takes 5 to 40 minutes and 5 GiB.
#
#   --suite NAME  bookworm (Debian 12, also without this option) or trixie (13)
#   --root DIR    use DIR for the system, make it when it is not there yet, and leave it there
#   exit code     that of COMMAND; 77 (skipped) when this machine cannot do it, with the reason
#
# Part of `./lab test --all`. Needs root (chroot, mount), debootstrap, unshare and git.
set -euo pipefail

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
suite=bookworm
keep=

what='clean root'
source "$repo/tests/package/system_tools.sh"

need_root_and debootstrap unshare chroot git apt-get
# Mounts and processes of the new system live in namespaces of their own: they are gone when the
# one command in there is, however it ends.
enclosed=(unshare --mount --pid --fork --kill-child --propagation private)
"${enclosed[@]}" true 2>/dev/null || skip "no namespaces for mounts and processes here"

while [[ ${1:-} == --* ]]; do
  case $1 in
    --suite) suite=${2:?--suite needs a name} ;;
    --root) keep=${2:?--root needs a folder} ;;
    *) printf 'clean root: no such option: %s\n' "$1" >&2; exit 2 ;;
  esac
  shift 2
done
[[ $# -gt 0 ]] || set -- ./lab test

root=${keep:-$(mktemp -d "${TMPDIR:-/var/tmp}/sehlab-clean-root.XXXXXX")}
child=
cleanup() {
  if [[ -n $child ]]; then
    kill -KILL "$child" 2>/dev/null || true
    wait "$child" 2>/dev/null || true
  fi
  [[ -n $keep ]] || rm -rf --one-file-system "$root"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

make_system() {
  say "making a minimal $suite in $root"
  make_debian "$suite" "$root" --include=git,ca-certificates
  # How this machine reaches the mirror.
  apt-config dump | grep -E '^Acquire::https?::(Proxy|CaInfo)' >"$root/etc/apt/apt.conf.d/90proxy" ||
    true
  cp /etc/hosts "$root/etc/hosts"
}

[[ -x $root/usr/bin/git ]] || make_system
rm -rf "$root/src"
mkdir -p "$root/src"
git clone --quiet --no-hardlinks "$repo" "$root/src/sehlab"
say "running $* at $(git -C "$root/src/sehlab" rev-parse --short HEAD)"

# In the background, so that a signal to this script is not kept waiting.
status=0
env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  "${enclosed[@]}" /bin/bash -c '
    mount -t proc proc "$1/proc" || exit 77
    root=$1
    shift
    exec chroot "$root" /bin/bash -c "cd /src/sehlab && exec \"\$@\"" bash "$@"' \
  bash "$root" "$@" </dev/null &
child=$!
wait "$child" || status=$?
child=
say "$* ended with $status"
exit "$status"
