#!/usr/bin/env bash
# finds_planted_bug.sh libfuzzer|afl PROBE: does the engine find counters_probe's bug within 200,000
# inputs (libFuzzer) or 20 seconds (AFL++, tried twice)? 77: no afl-fuzz here.
set -euo pipefail

engine=$1 probe=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/seeds" "$folder/found"
printf '%s' ---------- >"$folder/seeds/seed"

run_libfuzzer() {
  "$probe" -runs=200000 -max_total_time=20 -max_len=16 -seed="$1" "-artifact_prefix=$folder/found/" \
    "$folder/seeds" >"$folder/log" 2>&1 || true
}

# -m none: a target with a machine reserves a gigabyte of addresses.
run_afl() {
  AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_UI=1 AFL_NO_AFFINITY=1 \
    AFL_BENCH_UNTIL_CRASH=1 afl-fuzz -V 20 -G 16 -m none -s "$1" -i "$folder/seeds" \
    -o "$folder/out$1" -- "$probe" >"$folder/log" 2>&1 || true
  cp "$folder/out$1"/default/crashes/id* "$folder/found/" 2>/dev/null || true
}

if [[ $engine == afl ]] && ! command -v afl-fuzz >/dev/null; then
  echo "skipped: afl-fuzz is not installed (Debian's package afl++)"
  exit 77
fi
for seed in 7470 1249; do
  "run_$engine" "$seed"
  for input in "$folder"/found/*; do
    [[ -f $input ]] || break
    "$probe" "$input" >"$folder/again" 2>&1 && continue  # must crash again
    echo "found by $engine"
    exit 0
  done
done
tail -n 40 "$folder/log"
echo "not found by $engine"
exit 1
