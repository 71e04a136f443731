#!/usr/bin/env bash
# finds_planted_bug.sh libfuzzer|afl PROBE: does the engine find counters_probe's bug in 20 seconds?
# 77: no afl-fuzz here.
set -euo pipefail

engine=$1 probe=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/seeds" "$folder/found"
printf '%s' ---------- >"$folder/seeds/seed"

case $engine in
  libfuzzer)
    "$probe" -max_total_time=20 -max_len=16 -seed=7470 "-artifact_prefix=$folder/found/" \
      "$folder/seeds" >"$folder/log" 2>&1 || true
    ;;
  afl)
    if ! command -v afl-fuzz >/dev/null; then
      echo "skipped: afl-fuzz is not installed (Debian's package afl++)"
      exit 77
    fi
    AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_UI=1 AFL_NO_AFFINITY=1 \
      AFL_BENCH_UNTIL_CRASH=1 afl-fuzz -V 20 -G 16 -m none -s 7470 -i "$folder/seeds" -o "$folder/out" \
      -- "$probe" >"$folder/log" 2>&1 || true
    cp "$folder"/out/default/crashes/id* "$folder/found/" 2>/dev/null || true
    ;;
esac

for input in "$folder"/found/*; do
  [[ -f $input ]] || break
  "$probe" "$input" >"$folder/again" 2>&1 && continue  # must crash again
  grep -aE '^#[0-9]+.*(DONE|NEW|REDUCE)|execs|stability|saved crash' "$folder/log" | tail -n 3
  echo "found by $engine"
  exit 0
done
tail -n 40 "$folder/log"
echo "not found by $engine"
exit 1
