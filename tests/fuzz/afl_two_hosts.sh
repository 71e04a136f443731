#!/bin/bash
# afl_two_hosts.sh TARGET SEEDS MUTATOR: two AFL++ main instances on two hosts, here two network
# namespaces with a cable between them, that exchange their main folders by rsync as docs/fuzzing.md
# tells: each must import what the other found. Needs root, ip and rsync; 77 without.
set -euo pipefail
target=$1 seeds=$2 mutator=$3
for need in afl-fuzz rsync ip; do
  command -v "$need" >/dev/null || { echo "skipped: no $need"; exit 77; }
done
ip netns add "sehlab-probe-$$" 2>/dev/null || { echo "skipped: no network namespaces here"; exit 77; }
ip netns del "sehlab-probe-$$"

work=$(mktemp -d)
one=sehlab-one-$$ two=sehlab-two-$$
finish() {
  local job
  for job in $(jobs -p); do kill "$job" 2>/dev/null || true; done
  wait 2>/dev/null || true
  ip netns del "$one" 2>/dev/null || true
  ip netns del "$two" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

ip netns add "$one"
ip netns add "$two"
ip link add cable1 netns "$one" type veth peer name cable2 netns "$two"
ip -n "$one" addr add 10.83.0.1/24 dev cable1
ip -n "$two" addr add 10.83.0.2/24 dev cable2
ip -n "$one" link set cable1 up
ip -n "$two" link set cable2 up

# Each host has its output folder and lets the other read it.
export AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_UI=1 AFL_NO_AFFINITY=1 AFL_SYNC_TIME=1
export AFL_CUSTOM_MUTATOR_LIBRARY=$mutator SEHLAB_SEQUENCE_WORLD=go
host() {  # host NAMESPACE NAME ADDRESS
  local folder=$work/$2
  mkdir -p "$folder"
  printf 'use chroot = no\n[out]\npath = %s\nread only = yes\nuid = 0\ngid = 0\n' "$folder" >"$work/$2.conf"
  ip netns exec "$1" rsync --daemon --no-detach --address="$3" --port=8730 --config="$work/$2.conf" &
  ip netns exec "$1" afl-fuzz -M "main-$2" -i "$seeds" -o "$folder" -m none -V 100 -- "$target" \
    >"$work/$2.log" 2>&1 &
}
host "$one" one 10.83.0.1
host "$two" two 10.83.0.2

for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
  sleep 6
  ip netns exec "$one" rsync -a --exclude=.synced --exclude=.cur_input \
    rsync://10.83.0.2:8730/out/main-two "$work/one/" || echo "nothing from two yet"
  ip netns exec "$two" rsync -a --exclude=.synced --exclude=.cur_input \
    rsync://10.83.0.1:8730/out/main-one "$work/two/" || echo "nothing from one yet"
done
sleep 16

for name in one two; do
  stats=$work/$name/main-$name/fuzzer_stats
  [[ -f $stats ]] || { echo "no statistics of host $name:"; tail -20 "$work/$name.log"; exit 1; }
  imported=$(sed -n 's/^corpus_imported *: //p' "$stats")
  echo "host $name: $(sed -n 's/^execs_done *: //p' "$stats") executions, imported $imported"
  [[ $imported -gt 0 ]] || exit 1
done
