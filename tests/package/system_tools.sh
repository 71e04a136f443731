# For scripts that make another system or build to test in: sourced, after `what` names the script.
# Exit code 77 says that this machine cannot do it.

say() { printf '%s: %s\n' "$what" "$*" >&2; }
skip() { say "skipped: $*"; exit 77; }

need() {
  local tool
  for tool in "$@"; do
    command -v "$tool" >/dev/null || skip "$tool is not installed"
  done
}
need_root_and() {
  [[ $(id -u) == 0 ]] || skip "it needs root"
  need "$@"
}

# read_options NAMES "$@": sets the variable of each of NAMES that leads the arguments as `--NAME VALUE`;
# `arguments` has the rest.
read_options() {
  local names=" $1 "
  shift
  while [[ ${1:-} == --* ]]; do
    [[ $names == *" ${1#--} "* ]] || { say "no such option: $1"; exit 2; }
    [[ -n ${2:-} ]] || { say "$1 needs a value"; exit 2; }
    printf -v "${1#--}" %s "$2"
    shift 2
  done
  arguments=("$@")
}

# Makes the folder `root`, or one in its place that is gone when the script ends, as is what
# run_killable runs.
make_root() {
  temporary=
  child=
  [[ -n $root ]] || {
    root=$(mktemp -d "${TMPDIR:-/var/tmp}/sehlab-${what// /-}.XXXXXX")
    temporary=$root
  }
  trap leave EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  mkdir -p "$root"
}
leave() {
  if [[ -n $child ]]; then
    kill -KILL "$child" 2>/dev/null || true
    wait "$child" 2>/dev/null || true
  fi
  [[ -z $temporary ]] || rm -rf --one-file-system "$temporary"
}

# In the background, so that a signal to the script is not kept waiting.
run_killable() {
  local status=0
  "$@" </dev/null &
  child=$!
  wait "$child" || status=$?
  child=
  return "$status"
}

# make_debian SUITE FOLDER [debootstrap's options ...]: from the mirror that this machine's apt uses. Skips
# when that cannot be reached; what goes wrong then is a failure.
make_debian() {
  local suite=$1 folder=$2 mirror codename
  shift 2
  # One that has the suite that is asked for, or has this machine's: Debian's have all.
  for codename in "$suite" "$(. /etc/os-release && echo "${VERSION_CODENAME:-}")"; do
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' \
      "Codename: $codename" 2>/dev/null | sort -u | head -n 1)
    [[ -z $mirror ]] || break
  done
  [[ -n $mirror ]] || skip "this machine's apt knows no mirror of $suite"
  /usr/lib/apt/apt-helper download-file "${mirror%/}/dists/$suite/InRelease" "$folder.log" >/dev/null 2>&1 || {
    rm -f "$folder.log"
    skip "there is no $suite to be had from $mirror"
  }
  debootstrap --variant=minbase "$@" "$suite" "$folder" "$mirror" >"$folder.log" 2>&1 || {
    tail -n 20 "$folder.log" >&2
    rm -f "$folder.log"
    say "debootstrap failed"
    exit 1
  }
  rm -f "$folder.log"
}

# in_debian FOLDER COMMAND...: as root of that system, with mounts and processes of its own, which are
# gone when the command is, however it ends.
in_debian() {
  env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    unshare --mount --pid --fork --kill-child --propagation private /bin/bash -c '
      mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" || exit 77
      exec chroot "$@"' bash "$@"
}

# configure FOLDER OPTIONS...: of the sources in `repo`; what it says is said when it fails.
configure() {
  mkdir -p "$1"
  cmake -S "$repo" -B "$1" -G Ninja "${@:2}" >"$1/configure.log" || {
    cat "$1/configure.log" >&2
    return 1
  }
}

# build_and_log FOLDER [PREFIX...]: builds, behind PREFIX, and says what failed, and only that.
build_and_log() {
  "${@:2}" cmake --build "$1" -- -k 0 >"$1/build.log" || {
    grep -A 12 '^FAILED' "$1/build.log" >&2 || tail -n 20 "$1/build.log" >&2
    return 1
  }
}
