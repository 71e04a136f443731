# For scripts that make another system to test in: sourced, after `what` names the script.
# Exit code 77 says that this machine cannot do it.

say() { printf '%s: %s\n' "$what" "$*" >&2; }
skip() { say "skipped: $*"; exit 77; }

need_root_and() {
  [[ $(id -u) == 0 ]] || skip "it needs root"
  local tool
  for tool in "$@"; do
    command -v "$tool" >/dev/null || skip "$tool is not installed"
  done
}

# make_debian SUITE FOLDER [debootstrap's options ...]: from the mirror that this machine's apt uses.
make_debian() {
  local suite=$1 root=$2 mirror codename
  shift 2
  # One that has the suite that is asked for, or has this machine's: Debian's have all.
  for codename in "$suite" "$(. /etc/os-release && echo "${VERSION_CODENAME:-}")"; do
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' \
      "Codename: $codename" 2>/dev/null | sort -u | head -n 1)
    [[ -z $mirror ]] || break
  done
  [[ -n $mirror ]] || skip "this machine's apt knows no mirror of $suite"
  debootstrap --variant=minbase "$@" "$suite" "$root" "$mirror" >"$root.log" 2>&1 || {
    tail -n 20 "$root.log" >&2
    rm -f "$root.log"
    skip "debootstrap failed"
  }
  rm -f "$root.log"
}
