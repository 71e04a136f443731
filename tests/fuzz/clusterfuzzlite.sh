#!/usr/bin/env bash
# clusterfuzzlite.sh SOURCE COUNT: does .clusterfuzzlite/build.sh give what OSS-Fuzz runs? Builds with this
# machine's clang 14 as their container does, takes everything but $OUT away, and runs each target
# for some seconds from its seeds; there must be COUNT of them. Long: it compiles all host code.
set -euo pipefail

source=$1
for tool in clang-14 clang++-14 ninja; do
  command -v "$tool" >/dev/null || { echo "skipped: no $tool"; exit 77; }
done
top=$(mktemp -d /tmp/clusterfuzzlite.XXXXXX)
trap 'rm -rf "$top"' EXIT
mkdir "$top"/{src,work,out}
ln -s "$source" "$top/src/sehlab"

flags='-O1 -fno-omit-frame-pointer -gline-tables-only -fsanitize=address'
flags+=' -fsanitize-address-use-after-scope -fsanitize=fuzzer-no-link'
SRC=$top/src OUT=$top/out WORK=$top/work CC=clang-14 CXX=clang++-14 CFLAGS=$flags CXXFLAGS=$flags \
  LIB_FUZZING_ENGINE=-fsanitize=fuzzer bash -eu "$source/.clusterfuzzlite/build.sh" \
  >"$top/log" 2>&1 || { tail -n 40 "$top/log"; exit 1; }
rm -rf "$top/work"
cd "$top/out"

wrong() { echo "$*"; exit 1; }
count=0
for target in *; do
  [[ -f $target && -x $target ]] || continue
  [[ $target =~ ^[A-Za-z0-9_-]+$ ]] || wrong "$target: OSS-Fuzz takes no such name"
  # The container that runs it has the C library and nothing else.
  foreign=$(ldd "$target" | grep -vE 'linux-vdso|ld-linux|lib(c|m|gcc_s|pthread|dl|rt|resolv)\.so' || true)
  [[ -z $foreign ]] || wrong "$target needs $foreign"
  [[ -s ${target}_seed_corpus.zip ]] || wrong "$target has no seeds"
  mkdir -p "$top/corpus/$target" "$top/found/$target"
  (cd "$top/corpus/$target" && cmake -E tar xf "$top/out/${target}_seed_corpus.zip")
  mapfile -t options < <(sed -n 's/^\([a-z_]*\) = \(.*\)$/-\1=\2/p' "$target.options")
  env -i "./$target" "${options[@]}" -max_total_time=5 -timeout=25 -rss_limit_mb=2560 \
    "-artifact_prefix=$top/found/$target/" "$top/corpus/$target" >"$top/log" 2>&1 || {
    tail -n 40 "$top/log"
    wrong "$target failed"
  }
  grep -E '^#[0-9]+.*DONE' "$top/log" | sed "s/^/$target: /"
  count=$((count + 1))
done
[[ $count == "$2" ]] || wrong "$count targets were built, there are $2"
echo "$count targets"
