#!/bin/sh
# Every function that a system DLL exports is in docs/windows-functions.md, under its DLL, and
# nothing else is. With "print" as the second argument: the lists as the page has them.
root=$1
list() {
  for def in "$root"/guest/system/*/*.def; do
    dll=$(basename "$def" .def)
    echo "## $dll"
    sed -n 's/^  \([A-Za-z_][A-Za-z0-9_]*\).*/\1/p' "$def" | LC_ALL=C sort
  done
}
if [ "$2" = print ]; then
  list | awk '/^## /{if(l)print l "\n"; l=""; print $0 "\n"; next} {l = l (l ? ", " : "") $0} END{print l}' | fold -s -w 110 | sed 's/ *$//'
  exit 0
fi
page=$(mktemp)
sed -n '/^## /p; /^## /!{/^[A-Za-z_][A-Za-z0-9_]*,\|^[A-Za-z_][A-Za-z0-9_]*$/p}' "$root/docs/windows-functions.md" |
  tr -d ' ' | sed 's/^##/## /' | tr ',' '\n' | sed '/^$/d' >"$page"
if list | diff - "$page" >&2; then
  rm -f "$page"
  exit 0
fi
rm -f "$page"
echo "docs/windows-functions.md is not what the .def files export: see tests/architecture/functions_table.sh" >&2
exit 1
