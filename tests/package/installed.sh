#!/usr/bin/env bash
# Installs a build into a folder whose name has a space and letters beyond ASCII, and moves it; builds
# the project CONSUMER against it by find_package and by pkg-config, runs both, runs the installed
# program, and uninstalls. Nothing that is installed may name the build or the sources.
#
#   installed.sh BUILD CONSUMER [OPTION of `sehlab test`...]
set -euo pipefail
build=$(cd "$1" && pwd) consumer=$(cd "$2" && pwd)
shift 2

scratch=$(mktemp -d)
manifest=$build/install_manifest.txt  # of the user's own installation, if there is one
[[ ! -e $manifest ]] || cp "$manifest" "$scratch/users"
finish() {
  rm -f "$manifest"
  [[ ! -e $scratch/users ]] || mv "$scratch/users" "$manifest"
  rm -rf "$scratch"
}
trap finish EXIT
prefix="$scratch/Größe 1"
component=$build/guest/component.dll
# What is installed is to find its own parts, not those of the build.
unset SEHLAB_GUEST_DIR SEHLAB_FUZZ_DIR SEHLAB_KIT LD_LIBRARY_PATH

echo '--- DESTDIR'
DESTDIR="$scratch/staging" cmake --install "$build" --prefix "$prefix" --strip >/dev/null
mkdir -p "$prefix"
mv "$scratch/staging$prefix"/* "$prefix/"  # which is another place than it was installed to
if [[ -n $(find "$scratch/staging" -type f) ]]; then find "$scratch/staging"; exit 1; fi

absent() {  # absent GREP'S ARGUMENTS: it finds nothing, and has looked
  local status=0
  grep "$@" || status=$?
  [[ $status == 1 ]] || exit 1
}

echo '--- it names neither the build nor the sources'
source=$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' "$build/CMakeCache.txt")
version=$(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$build/CMakeCache.txt")
absent -rlF -e "$build/" -e "$source/" "$prefix"

echo '--- the program'
"$prefix/bin/sehlab" run "$prefix/share/sehlab/guest/exit0.exe"
"$prefix/bin/sehlab" test "$@" "$prefix/share/sehlab/fixtures/scenarios/go" >/dev/null

echo '--- the course, with its own kit'
solution=$prefix/share/sehlab/lessons/course/01-teb/solution
if "$prefix/bin/sehlab" learn 1 --edit "$scratch/lesson" >/dev/null &&
   "$prefix/bin/sehlab" learn 1 --check "$scratch/lesson" >/dev/null; then exit 1; fi
cp "$solution"/* "$scratch/lesson/"
"$prefix/bin/sehlab" learn 1 --check "$scratch/lesson"
"$prefix/bin/sehlab" learn 1 --reveal </dev/null >/dev/null

if [[ -x $prefix/libexec/sehlab/fuzz/dll_fuzzer ]]; then
  echo '--- a DLL under libFuzzer; the example has a bug'
  status=0
  "$prefix/bin/sehlab" fuzz run --guest "$prefix/share/sehlab/guest/fuzz_example.dll" --time 60 \
    --seed 1 --out "$scratch/fuzz" >/dev/null 2>&1 || status=$?
  [[ $status == 1 ]]
fi

echo '--- the manual'
for page in man1/sehlab.1 man5/sehlab-scenario.5 man5/sehlab-trace.5; do
  [[ $(head -c 3 "$prefix/share/man/$page") == .TH ]]
done

echo '--- the documents, whose links hold here, too'
python3 -B "$(dirname "${BASH_SOURCE[0]}")/../documents/links.py" "$prefix"

echo '--- find_package'
cmake -S "$consumer" -B "$scratch/consumer" -G Ninja -DCMAKE_PREFIX_PATH="$prefix" \
  -DCOMPONENT="$component" >/dev/null
cmake --build "$scratch/consumer" >/dev/null
ctest --test-dir "$scratch/consumer" --output-on-failure --no-tests=error

echo '--- pkg-config'
export PKG_CONFIG_PATH
PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name sehlab.pc)")
# As make's shell would take them: pkg-config quotes for it.
eval "flags=($(pkg-config --cflags --libs sehlab)) libdir=$(pkg-config --variable=libdir sehlab)"
c++ -std=c++20 "$consumer/my_tests.cpp" -o "$scratch/my_tests" "${flags[@]}" \
  "-Wl,-rpath,$libdir"
"$scratch/my_tests" "$component"

echo '--- Python'
PYTHONPATH=$(dirname "$(find "$prefix" -name sehlab.py)") PYTHONDONTWRITEBYTECODE=1 python3 -c '
import sehlab, sys
assert sehlab.version() == sys.argv[2], sehlab.version()
assert sehlab.Lab(sys.argv[1]).call("Weigh", 1, 2, 3).run().value == 321' "$component" "$version"

echo '--- no header of the engine, the decoder or the lab itself is among them'
absent -rnE '#include [<"](unicorn|capstone|fmt|nlohmann|tl|host|emu)/' "$prefix/include"

echo '--- uninstall'
rm -rf "$prefix"
cmake --install "$build" --prefix "$prefix" >/dev/null
cmake "-DMANIFEST=$manifest" -P "$(dirname "${BASH_SOURCE[0]}")/../../cmake/Uninstall.cmake"
if [[ -e $prefix ]]; then find "$prefix"; exit 1; fi
