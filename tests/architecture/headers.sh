#!/bin/sh
# headers.sh SOURCE_DIR CXX: compiles every header of emu/ and host/ alone, included twice. A
# header that leans on what its users happened to include before it, or has no guard, fails.
set -eu
cd "$1"
CXX=$2
export CXX
count=$(find emu host -name '*.hpp' | wc -l)
find emu host -name '*.hpp' | sort | xargs -P "$(nproc)" -I '{}' sh -c '
  printf "#include \"%s\"\n#include \"%s\"\n" "$1" "$1" |
    "$CXX" -std=c++20 -fsyntax-only -Wall -Wextra -Werror -I. -Iguest/include -x c++ - || {
      echo "$1 does not compile alone" >&2
      exit 1
    }' sh '{}'
echo "$count headers compile alone"
[ "$count" -gt 0 ]
