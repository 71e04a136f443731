#!/usr/bin/env bash
# finds_example_bug.sh FUZZER DLL: guest coverage leads libFuzzer to the bug in guest/fuzz/example, and
# what it saved shows the same bug under the same line. By chance alone that is one input in 2^40.
set -euo pipefail

fuzzer=$1
export SEHLAB_FUZZ_GUEST=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/corpus" "$folder/found"

"$fuzzer" -max_total_time=90 -max_len=16 -seed=7470 "-artifact_prefix=$folder/found/" "$folder/corpus" \
  >"$folder/log" 2>&1 || true
line=$(grep -a -m 1 '^sehlab: unhandled exception' "$folder/log") || {
  tail -n 20 "$folder/log"
  echo "not found"
  exit 1
}
for input in "$folder"/found/crash-*; do
  "$fuzzer" "$input" >"$folder/again" 2>&1 && continue
  grep -aqxF "$line" "$folder/again" || continue
  opened=$(tr -cd '(' <"$input" | wc -c)
  ((opened >= 3)) || continue # the fourth group; what is no parenthesis may stand between
  echo "$line"
  exit 0
done
echo "what was found is not found again"
exit 1
