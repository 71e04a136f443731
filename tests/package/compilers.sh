#!/usr/bin/env bash
# Builds the lab with other compilers than the system's own, warnings as errors, and runs its tests.
#
#   tests/package/compilers.sh [--root DIR] BUILD [COMPILER...]
#
# COMPILER is a C++ compiler's name, that of its C compiler without the "++"; without one, clang++-14 and
# clang++-19. Guest images are copied from the folder BUILD. Takes some 25 minutes a compiler on two
# processors.
#
#   --root DIR   keep the builds in DIR, and go on from what is there
#   exit code    0 when all passed; 77 (skipped) when a compiler is not installed
set -euo pipefail

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
what=compilers
source "$repo/tests/package/system_tools.sh"

root=
read_options root "$@"
guests=$(cd "${arguments[0]:?which build has the guest images?}" && pwd -P)
compilers=("${arguments[@]:1}")
[[ ${#compilers[@]} -gt 0 ]] || compilers=(clang++-14 clang++-19)
need "${compilers[@]}"
make_root

for compiler in "${compilers[@]}"; do
  say "building with $compiler"
  build=$root/$compiler
  configure "$build" -DCMAKE_BUILD_TYPE=RelWithDebInfo \
    -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_C_COMPILER="${compiler/++/}" \
    -DCMAKE_CXX_FLAGS_RELWITHDEBINFO="-O1 -DNDEBUG" -DSEHLAB_GUESTS_FROM="$guests"
  build_and_log "$build"
  say "testing what $compiler built"
  ctest --test-dir "$build" -j "$(nproc)" --output-on-failure -LE '^long$'
done
