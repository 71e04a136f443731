#!/usr/bin/env bash
# Makes the Debian package of BUILD and runs the commands of docs/ci with it (workflows.py).
#
#   workflows.sh BUILD DOCS_CI
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
python=/usr/bin/python3  # Debian's, which has Debian's modules
for tool in cpack dpkg-shlibdeps dpkg-deb file "$python"; do
  command -v "$tool" >/dev/null || { echo "skipped: no $tool" >&2; exit 77; }
done
"$python" -c 'import yaml' 2>/dev/null || { echo "skipped: no python3-yaml" >&2; exit 77; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cpack -G DEB --config "$1/CPackConfig.cmake" -B "$scratch" >"$scratch/log" 2>&1 ||
  { cat "$scratch/log" >&2; exit 1; }
"$python" -B "$here/workflows.py" "$2" "$scratch"/*.deb
