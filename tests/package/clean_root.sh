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
#   --root DIR    use DIR, empty or of an earlier call, for the system, make it when it is not whole yet,
#                 and leave it there
#   exit code     that of COMMAND; 77 (skipped) when this machine cannot do it, with the reason
#
# Part of `./lab test --all`. Needs root (chroot, mount), debootstrap, unshare and git.
set -euo pipefail

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
what='clean root'
source "$repo/tests/package/system_tools.sh"

suite=bookworm
root=
read_options 'suite root' "$@"
[[ ${#arguments[@]} -gt 0 ]] || arguments=(./lab test)
need_root_and debootstrap unshare chroot git apt-get
unshare --mount --pid --fork --kill-child --propagation private true 2>/dev/null ||
  skip "no namespaces for mounts and processes here"
make_root

# A system whose making broke off has its programs already, and is made anew.
make_system() {
  if [[ -e $root/system-is-begun ]]; then
    rm -rf --one-file-system "${root:?}"/*
  elif [[ -n $(ls -A "$root") ]]; then
    say "$root has files, and is no system that this made as a whole: empty it"
    exit 2
  fi
  touch "$root/system-is-begun"
  say "making a minimal $suite in $root"
  make_debian "$suite" "$root" --include=git,ca-certificates
  # How this machine reaches the mirror.
  apt-config dump | grep -E '^Acquire::https?::(Proxy|CaInfo)' >"$root/etc/apt/apt.conf.d/90proxy" ||
    true
  cp /etc/hosts "$root/etc/hosts"
  mv "$root/system-is-begun" "$root/system-is-whole"
}

[[ -e $root/system-is-whole ]] || make_system
rm -rf "$root/src"
mkdir -p "$root/src"
git clone --quiet --no-hardlinks "$repo" "$root/src/sehlab"
say "running ${arguments[*]} at $(git -C "$root/src/sehlab" rev-parse --short HEAD)"

status=0
run_killable in_debian "$root" /bin/bash -c 'cd /src/sehlab && exec "$@"' bash "${arguments[@]}" ||
  status=$?
say "${arguments[*]} ended with $status"
exit "$status"
