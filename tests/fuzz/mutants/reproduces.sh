#!/bin/sh
# reproduces.sh MUTANT SOUND REPRODUCER: the mutant's bug shows in its reproducer, and the lab without
# the bug has nothing to say about it.
set -eu
mutant=$1 sound=$2 reproducer=$3
if ! "$sound" "$reproducer" >/dev/null 2>&1; then
  echo "$sound has a finding, too: $reproducer"
  exit 1
fi
if "$mutant" "$reproducer" >/dev/null 2>&1; then
  echo "$mutant has no finding: $reproducer"
  exit 1
fi
