# same_numbers.sh SEHLAB GUEST HOST: both programs print the same but for the guest's CR.
here=$(mktemp -d) && trap 'rm -rf "$here"' EXIT
"$1" run "$2" | tr -d '\r' >"$here/guest" && "$3" >"$here/host" &&
  test -s "$here/host" && diff "$here/host" "$here/guest"
