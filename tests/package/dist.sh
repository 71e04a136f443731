#!/usr/bin/env bash
# Is the source archive (target dist) the same bytes wherever and whenever it is made, whole, and enough?
#
#   dist.sh [--build] SOURCE      --build: also builds it and runs its tests, without git (long)
#
# exit code: 0, 1, or 77 (skipped) where there is no git, no xz, or no repository
set -euo pipefail
build=
if [[ $1 == --build ]]; then
  build=yes
  shift
fi
source=$(cd "$1" && pwd -P)
for tool in git xz; do
  command -v "$tool" >/dev/null || { echo "skipped: no $tool" >&2; exit 77; }
done
git -C "$source" rev-parse --verify -q HEAD >/dev/null 2>&1 ||
  { echo "skipped: $source is no repository" >&2; exit 77; }

scratch=$(mktemp -d "${TMPDIR:-/var/tmp}/sehlab-dist.XXXXXX")
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
version=$(sed -n 's/^project(sehlab VERSION \([0-9.]*\).*/\1/p' "$source/CMakeLists.txt")
name=sehlab-$version

make_archive() {  # make_archive SOURCE FOLDER
  mkdir "$scratch/$2"
  cmake "-DSOURCE=$1" "-DNAME=$name" "-DOUT=$scratch/$2" -P "$source/cmake/Dist.cmake" >/dev/null
}
echo '--- the same bytes: from another clone, by another user, in another zone and locale, later'
make_archive "$source" first
git clone --quiet --no-hardlinks "$source" "$scratch/clone"
find "$scratch/clone" -name '*.md' -exec touch -d '2001-01-01' {} +
(
  umask 0077
  export TZ=Asia/Kathmandu LC_ALL=C HOME=$scratch XZ_OPT=-9 XZ_DEFAULTS=--threads=2
  git config --global tar.umask 0002
  make_archive "$scratch/clone" second
)
cmp "$scratch/first/$name.tar.xz" "$scratch/second/$name.tar.xz"

echo '--- all that git has, below one folder'
tar -tJf "$scratch/first/$name.tar.xz" | grep -v '/$' | LC_ALL=C sort >"$scratch/in"
git -C "$source" -c core.quotePath=false ls-tree -r --name-only HEAD | sed "s,^,$name/," | LC_ALL=C sort >"$scratch/has"
diff "$scratch/has" "$scratch/in"

echo '--- it can be configured, from a folder that cannot be written to, without git'
tar -xJf "$scratch/first/$name.tar.xz" -C "$scratch"
chmod -R a-w "$scratch/$name"
mkdir "$scratch/bin"
printf '#!/bin/sh\necho "no git here" >&2\nexit 127\n' >"$scratch/bin/git"
chmod +x "$scratch/bin/git"
export PATH=$scratch/bin:$PATH
cmake -S "$scratch/$name" -B "$scratch/build" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo >"$scratch/log" 2>&1 ||
  { tail -n 30 "$scratch/log"; exit 1; }
[[ $(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$scratch/build/CMakeCache.txt") == "$version" ]]
[[ -n $build ]] || exit 0

echo '--- it builds, and its tests pass'
cmake --build "$scratch/build" >"$scratch/log" 2>&1 || { tail -n 30 "$scratch/log"; exit 1; }
ctest --test-dir "$scratch/build" --parallel "$(nproc)" --output-on-failure --no-tests=error -LE '^long$' \
  >"$scratch/log" 2>&1 || { tail -n 100 "$scratch/log"; exit 1; }
tail -n 5 "$scratch/log"
