#!/bin/sh
# format.sh SOURCE_DIR CLANG_FORMAT: does every C and C++ file look as .clang-format says?
# To mend: clang-format-14 -i FILE.
set -eu
cd "$1"
find emu host guest tests -name '*.hpp' -o -name '*.cpp' -o -name '*.h' -o -name '*.c' | sort |
  xargs -n 50 "$2" --dry-run -Werror
