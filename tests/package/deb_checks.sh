#!/usr/bin/env bash
# Inside the system that deb_root.sh made, as root: installs /checks/*.deb, then runs itself again as an
# ordinary user and exercises what the package has. deb_checks.sh VERSION
set -euo pipefail
version=$1
step() { printf -- '--- %s\n' "$*"; }
die() { printf 'deb checks: %s\n' "$*" >&2; exit 1; }

install() {
  DEBIAN_FRONTEND=noninteractive apt-get install -y "$@" >/tmp/apt.log 2>&1 ||
    { tail -n 20 /tmp/apt.log >&2; die "apt-get install $*"; }
}

if [[ $(id -u) == 0 ]]; then
  id tester >/dev/null 2>&1 || useradd --create-home tester
  as_user() { su tester -c "bash /checks/deb_checks.sh $version $1"; }
  apt-get update >/dev/null
  apt-get purge -y --autoremove sehlab clang-14 lld-14 >/dev/null 2>&1 || true  # of an earlier run

  step 'the package alone, with nothing that it only recommends'
  install --no-install-recommends /checks/*.deb
  as_user alone
  step 'with what it recommends, the shells, and a compiler'
  install clang-14 lld-14 python3 man-db bash-completion zsh fish g++ cmake ninja-build pkg-config doctest-dev
  as_user all
  step 'removed, it leaves nothing'
  dpkg -L sehlab >/tmp/files
  apt-get purge -y sehlab >/dev/null 2>&1
  while read -r file; do
    [[ $file != *sehlab* || ! -e $file ]] || die "$file is still there"
  done </tmp/files
  ! command -v sehlab || die "sehlab is still there"
  step 'the workflows of docs/ci'
  install python3-yaml
  python3 -B /checks/workflows.py --apt /checks/ci /checks/*.deb
  exit 0
fi

cd
share=/usr/share/sehlab
guest=$share/guest
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

expect() {  # expect CODE COMMAND...: its exit code, and what it says in $scratch/said when it is another
  local code=$1 status=0
  shift
  "$@" >"$scratch/said" 2>&1 </dev/null || status=$?
  [[ $status == "$code" ]] || { tail -n 30 "$scratch/said" >&2; die "$* ended with $status, not $code"; }
}
says() { grep -qF -- "$1" "$scratch/said" || { cat "$scratch/said" >&2; die "not said: $1"; }; }

alone() {
  step 'version, run, demo, explain'
  expect 0 sehlab --version
  says "sehlab $version"
  expect 0 sehlab run $guest/exit0.exe
  expect 139 sehlab run $guest/unhandled.exe
  expect 0 sehlab demo
  says 'all hold'
  expect 0 sehlab explain dangling
  step 'test: every installed scenario'
  expect 0 sehlab test --junit "$scratch/junit.xml" $share/fixtures/scenarios
  says ' 0 failed, 0 skipped'
  step 'sweep'
  expect 0 sehlab sweep $guest/seh_nested_except.O2.exe --window raise..step --fault read
  step 'replay, report'
  expect 0 sehlab run --record "$scratch/r.rec" --report "$scratch/r.html" $guest/exit0.exe
  expect 0 sehlab replay "$scratch/r.rec" --to start
  step 'learn: the list without a compiler, a lesson only with one'
  expect 0 sehlab learn
  expect 2 sehlab learn 1 --check "$scratch/none"
  expect 0 sehlab learn 1 --edit "$scratch/lesson"
  expect 1 sehlab learn 1 --check "$scratch/lesson"
  says 'clang-14'
  step 'fuzz: an installed DLL, and sequences'
  expect 1 sehlab fuzz run --guest $guest/fuzz_example.dll --time 60 --seed 1 --out "$scratch/dll"
  says '1 finding'
  expect 1 sehlab test "$scratch"/dll/findings/*/scenario.toml
  expect 0 sehlab fuzz run --time 3 --out "$scratch/sequences"
  says 'no finding'
}

completions() {
  step 'bash completes'
  bash -c '
    . /usr/share/bash-completion/bash_completion
    _completion_loader sehlab
    set -- $(complete -p sehlab)
    while [[ $1 != -F ]]; do shift; done
    COMP_WORDS=(sehlab ex) COMP_CWORD=1 COMP_LINE="sehlab ex" COMP_POINT=9
    "$2" sehlab ex sehlab
    [[ " ${COMPREPLY[*]} " == *" explain "* ]]' || die 'bash does not complete'
  step 'zsh completes'
  # A terminal of its own, in which somebody types.
  # It types a beginning and Tab, then "echo got=" in front of what has become of it, and Enter.
  cat >"$scratch/type.zsh" <<'ZSH'
zmodload zsh/zpty
zpty z "TERM=dumb zsh -f -i"
zpty -w z "autoload -U compinit; compinit -u -d $1/zcompdump; print ready\$((1 + 1))"
zpty -r z said '*ready2*' || exit 1
zpty -w z $'sehlab exp\t\x01echo got='
zpty -r z said '*got=sehlab explain*' || exit 1
zpty -w z $'sehlab test --jun\t\x01echo got='
zpty -r z said '*got=sehlab test --junit*' || exit 1
zpty -w z $'sehlab fuzz mer\t\x01echo got='
zpty -r z said '*got=sehlab fuzz merge*' || exit 1
ZSH
  timeout 60 zsh -f "$scratch/type.zsh" "$scratch" || die 'zsh does not complete'
  step 'fish completes'
  fish -c 'complete -C "sehlab ex"' | grep -q '^explain' || die 'fish does not complete commands'
  fish -c 'complete -C "sehlab test --jun"' | grep -q '^--junit' || die 'fish does not complete options'
}

all() {
  step 'the manual'
  for page in '1 sehlab' '5 sehlab-scenario' '5 sehlab-trace'; do
    # shellcheck disable=SC2086
    expect 0 man --warnings=w $page
    says 'sehlab'
    [[ $(man --warnings=w $page 2>&1 >/dev/null) == "" ]] || die "man $page warns"
  done
  completions
  step 'the course'
  for lesson in $share/lessons/course/*; do
    number=$((10#$(basename "$lesson" | cut -d- -f1)))
    expect 0 sehlab learn $number --reveal
    expect 0 sehlab learn $number --edit "$scratch/$number"
    expect 1 sehlab learn $number --check "$scratch/$number"
    cp "$lesson"/solution/* "$scratch/$number/"
    expect 0 sehlab learn $number --check "$scratch/$number"
  done
  step 'the Python module'
  (cd / && python3 -c '
import sehlab, sys
assert sehlab.version() == sys.argv[2], sehlab.version()
assert sehlab.Lab(sys.argv[1]).call("Weigh", 1, 2, 3).run().value == 321' $guest/component.dll "$version")
  step 'another project: find_package, pkg-config'
  expect 0 cmake -S /checks/consumer -B "$scratch/consumer" -G Ninja -DCOMPONENT=$guest/component.dll
  expect 0 cmake --build "$scratch/consumer"
  expect 0 ctest --test-dir "$scratch/consumer" --no-tests=error
  [[ $(pkg-config --modversion sehlab) == "$version" ]]
  # shellcheck disable=SC2046
  expect 0 c++ -std=c++20 /checks/consumer/my_tests.cpp -o "$scratch/my_tests" $(pkg-config --cflags --libs sehlab)
  expect 0 "$scratch/my_tests" $guest/component.dll
  step 'schemas'
  python3 -c 'import json, sys; [json.load(open(name)) for name in sys.argv[1:]]' $share/schemas/*.json
}

"$2"
