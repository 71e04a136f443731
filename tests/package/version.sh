#!/usr/bin/env bash
# The version is in CMakeLists.txt and nowhere else, and everything that says a version says that one.
#
#   version.sh SOURCE BUILD
set -euo pipefail
source=$(cd "$1" && pwd -P) build=$(cd "$2" && pwd -P)
version=$(sed -n 's/^project(sehlab VERSION \([0-9]*\.[0-9]*\.[0-9]*\) .*/\1/p' "$source/CMakeLists.txt")
[[ $version =~ ^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$ ]]  # semver.org, 2

same() {  # same WHAT SAID
  [[ $2 == "$version" ]] || { echo "$1 says \"$2\", and it is $version" >&2; exit 1; }
}
same 'sehlab --version' "$("$build/bin/sehlab" --version | sed -n '1s/^sehlab //p')"
same 'sehlab(1)' "$(sed -n '1s/.*"sehlab \([^"]*\)".*/\1/p' "$build/man/sehlab.1")"
same 'sehlab-trace(5)' "$(sed -n '1s/.*"sehlab \([^"]*\)".*/\1/p' "$build/man/sehlab-trace.5")"
same sehlab.pc "$(sed -n 's/^Version: //p' "$build/sehlab.pc")"
same sehlabConfigVersion.cmake "$(sed -n 's/^set(PACKAGE_VERSION "\(.*\)")/\1/p' "$build/sehlabConfigVersion.cmake" | head -n 1)"
same CPackConfig.cmake "$(sed -n 's/^set(CPACK_PACKAGE_VERSION "\(.*\)")/\1/p' "$build/CPackConfig.cmake")"
same libsehlab.so "$(basename "$build"/lib/libsehlab.so.*.*.* | sed 's/libsehlab\.so\.//')"
same sehlab.py "$(SEHLAB_LIBRARY=$build/lib/libsehlab.so PYTHONDONTWRITEBYTECODE=1 \
  PYTHONPATH=$source/host/api/python python3 -c 'import sehlab; print(sehlab.version())')"

# Nothing repeats it: no source, script or document. (Addresses such as 10.0.1.0 are no versions.)
literal=${version//./\\.}
cd "$source"  # whose own name is not to be taken for one of those left out
if grep -rnE --exclude-dir=.git --exclude-dir='build*' --exclude=CHANGELOG.md --exclude-dir=corpus \
     "(^|[^0-9.])$literal([^0-9.]|\$)" . | grep -v '^\./CMakeLists.txt:'; then
  echo "these repeat $version" >&2
  exit 1
fi
