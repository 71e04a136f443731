#!/usr/bin/env bash
# afl_smoke.sh PROBE MUTATOR DICTIONARY: afl-fuzz runs five seconds with MUTATOR alone on PROBE; it
# takes it, finds test cases with it and trims them with it. 77: no afl-fuzz here.
set -euo pipefail

probe=$1 mutator=$2 dictionary=$3
if ! command -v afl-fuzz >/dev/null; then
  echo "skipped: afl-fuzz is not installed (Debian's package afl++)"
  exit 77
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/seeds"
printf '\x08\x01\0\0\x02\0\0\0\x01\0\0\0' >"$folder/seeds/record-continues-read"

AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_UI=1 AFL_NO_AFFINITY=1 \
  AFL_CUSTOM_MUTATOR_LIBRARY="$mutator" AFL_CUSTOM_MUTATOR_ONLY=1 AFL_DEBUG=1 SEHLAB_SEQUENCE_WORLD=c \
  afl-fuzz -V 5 -m none -s 7470 -x "$dictionary" -i "$folder/seeds" -o "$folder/out" -- "$probe" \
  >"$folder/log" 2>&1 || { tail -n 40 "$folder/log"; exit 1; }

need() { # what it means, pattern, file
  grep -aqE "$2" "$3" || {
    tail -n 40 "$folder/log"
    echo "afl-fuzz did not $1"
    exit 1
  }
}
need "take the mutator" 'installed successfully' "$folder/log"
need "read the dictionary" "Loaded $(grep -c = "$dictionary") extra tokens" "$folder/log"
need "trim with it" '\[Custom Trimming\] START' "$folder/log"
need "find anything" '^corpus_found +: [1-9]' "$folder/out/default/fuzzer_stats"
grep -aE '^(execs_done|execs_per_sec|corpus_found)' "$folder/out/default/fuzzer_stats"
