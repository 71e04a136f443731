#!/bin/sh
# run.sh FILE.test.js: one test file under node; 77 where something that it needs is missing.
# SEHLAB: the program; SEHLAB_BUILD: the build's folder, with browser/node_modules in it.
export NODE_PATH="$SEHLAB_BUILD/browser/node_modules"
command -v node >/dev/null || { echo "skipped: there is no node"; exit 77; }
[ -x /usr/bin/chromium ] || { echo "skipped: there is no /usr/bin/chromium"; exit 77; }
node -e 'require("playwright-core")' 2>/dev/null ||
  { echo "skipped: there is no playwright-core in $NODE_PATH (./lab test --all installs it)"; exit 77; }
exec node --test "$1"
