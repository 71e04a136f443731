#!/bin/sh
# fuzz_a_while.sh TARGET SECONDS CORPUS: libFuzzer on the corpus, which is left alone; fails with a
# finding, which is printed with the bytes that brought it. The seed is the same each time: what is new
# is what the code has become.
set -eu
target=$1 seconds=$2 corpus=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/new"
if ! "$target" -seed=7470 -max_total_time="$seconds" -max_len=160 -print_final_stats=1 \
    -artifact_prefix="$work/" "$work/new" "$corpus" >"$work/log" 2>&1; then
  grep -v -e NEW -e REDUCE -e '^INFO' -e '^WARNING' "$work/log" | tail -80
  exit 1
fi
grep -e '^stat::number_of_executed_units' -e '^stat::average_exec_per_sec' "$work/log"
