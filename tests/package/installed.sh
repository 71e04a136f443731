#!/usr/bin/env bash
# Installs a build into a folder, builds the project CONSUMER against it by find_package and by
# pkg-config, runs both, runs the installed program, and uninstalls.
#
#   installed.sh BUILD CONSUMER
set -euo pipefail
build=$(cd "$1" && pwd) consumer=$(cd "$2" && pwd)

scratch=$(mktemp -d)
manifest=$build/install_manifest.txt  # of the user's own installation, if there is one
[[ ! -e $manifest ]] || cp "$manifest" "$scratch/users"
finish() {
  rm -f "$manifest"
  [[ ! -e $scratch/users ]] || mv "$scratch/users" "$manifest"
  rm -rf "$scratch"
}
trap finish EXIT
prefix=$scratch/prefix
component=$build/guest/component.dll
# What is installed is to find its own parts, not those of the build.
unset SEHLAB_GUEST_DIR LD_LIBRARY_PATH

cmake --install "$build" --prefix "$prefix" --strip >/dev/null

echo '--- the program'
"$prefix/bin/sehlab" run "$prefix/share/sehlab/guest/exit0.exe"
"$prefix/bin/sehlab" test "$prefix/share/sehlab/fixtures/scenarios/go" >/dev/null

echo '--- find_package'
cmake -S "$consumer" -B "$scratch/consumer" -G Ninja -DCMAKE_PREFIX_PATH="$prefix" \
  -DCOMPONENT="$component" >/dev/null
cmake --build "$scratch/consumer" >/dev/null
ctest --test-dir "$scratch/consumer" --output-on-failure

echo '--- pkg-config'
export PKG_CONFIG_PATH
PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name sehlab.pc)")
read -ra flags <<<"$(pkg-config --cflags --libs sehlab)"
c++ -std=c++20 "$consumer/my_tests.cpp" -o "$scratch/my_tests" "${flags[@]}" \
  "-Wl,-rpath,$(pkg-config --variable=libdir sehlab)"
"$scratch/my_tests" "$component"

echo '--- Python'
PYTHONPATH=$(dirname "$(find "$prefix" -name sehlab.py)") PYTHONDONTWRITEBYTECODE=1 python3 -c '
import sehlab, sys
print(sehlab.version(), sehlab.Lab(sys.argv[1]).call("Weigh", 1, 2, 3).run().value)' "$component"

echo '--- no header of the engine, the decoder or the lab itself is among them'
if grep -rnE '#include [<"](unicorn|capstone|fmt|nlohmann|tl|host|emu)/' "$prefix/include"; then exit 1; fi

echo '--- uninstall'
cmake "-DMANIFEST=$manifest" -P "$(dirname "${BASH_SOURCE[0]}")/../../cmake/Uninstall.cmake"
if [[ -d $prefix ]] && [[ -n $(find "$prefix" -type f -o -type l) ]]; then
  find "$prefix"
  exit 1
fi
