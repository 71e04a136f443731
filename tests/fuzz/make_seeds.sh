#!/usr/bin/env bash
# make_seeds.sh BUILD: writes the seeds of the lab's own targets anew, from the images and scenarios
# of a build, into fixtures/corpus. Files that a campaign added there stay.
set -euo pipefail

source=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
build=$(cd "$1" && pwd -P)
corpus=$source/fixtures/corpus
scratch=$(mktemp -d /tmp/seeds.XXXXXX)
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$corpus"/{pe_image,scenario,trace_jsonl,recording,inject_spec,decoder,guest_code}

# ---- pe_image: what the loader accepts, each with something of its own, and what it refuses --------
for image in load_exports.dll load_program.exe load_no_seh.exe load_fixed.exe modules_tls_1.dll \
  modules_forwards.dll missing_dll.exe resource_write.exe leak_return.exe; do
  cp "$build/guest/$image" "$corpus/pe_image/$image"
done
cp "$source"/fixtures/images/*.exe "$corpus/pe_image/"

# ---- scenario ------------------------------------------------------------------------------------
n=0
for file in "$source"/fixtures/scenarios/{inject/[a-h]*,watch/[a-p]*}.toml \
  "$source"/fixtures/scenarios/{cases,go,seh,win32}/[a-f]*.toml; do
  [[ $(wc -c <"$file") -le 3000 ]] || continue
  folder=$(basename "$(dirname "$file")")
  cp "$file" "$corpus/scenario/$folder-$(basename "$file")"
  ((++n < 45)) || break
done
cp "$source"/fixtures/scenarios/watch/leaks.suppressions "$corpus/scenario/"

# ---- trace_jsonl: the first event of each kind, of several runs, and one run that crashes ----------
cd "$build/guest"
trace() {
  "$build/bin/sehlab" run --trace=jsonl -o "$scratch/$1" --watch=report "${@:2}" \
    >/dev/null 2>&1 </dev/null || true
}
trace crash unhandled.exe
trace nested nested_fault.exe
trace go go_buggy.exe TestCallbackPanic TestStackReuse
trace injected --inject 'at=exit0!start fault=illegal' exit0.exe
for run in nested injected crash; do head -n 60 "$scratch/$run" >"$corpus/trace_jsonl/$run.jsonl"; done
head -n 1 "$scratch/go" >"$corpus/trace_jsonl/every_kind.jsonl"
cat "$scratch"/{go,nested,crash,injected} | grep -v '^{"sehlab_trace"' |
  awk -F'"' '!seen[$4]++' >>"$corpus/trace_jsonl/every_kind.jsonl"
for kind in push defect; do
  { head -n 1 "$scratch/go"; grep -m 3 "\"kind\":\"$kind\"" "$scratch/go"; } \
    >"$corpus/trace_jsonl/$kind.jsonl" || true
done

# ---- recording -----------------------------------------------------------------------------------
cp exit0.exe "$scratch/program.exe"
mkdir "$scratch/files" "$scratch/files/folder"
printf 'text\n' >"$scratch/files/folder/file"
cd "$scratch"
record() {
  "$build/bin/sehlab" run --record "$corpus/recording/$1" "${@:2}" >/dev/null 2>&1 <<<'input' || true
}
SEHLAB_GUEST_DIR=$build/guest record plain program.exe an argument
SEHLAB_GUEST_DIR=$build/guest record everything --sandbox "$scratch/files" --watch=report \
  --seed 7 --budget 1000000 --sehop --inject 'at=program!start fault=illegal' program.exe
# A name of its own for each machine's folder of temporary files would be in them.
sed -i "s#$scratch#/tmp/seeds.000000#g" "$corpus"/recording/*

# ---- inject_spec: docs/injection.md, each key and each form of a place and a value ---------------------
n=0
while IFS= read -r spec; do
  printf '%s' "$spec" >"$corpus/inject_spec/$(printf '%02d' "$n")"
  n=$((n + 1))
done <<'SPECS'
at=exit0!start fault=illegal
at=go_fixed!probe+4 fault=read address=esp-8
at=user32+0x1000 fault=write address=0x10 access=write
at=0x401000 fault=divide visit=3 times=all thread=2
at=faults.c:12 fault=0xe0000001 parameters=1,2,esp flags=1
at=user32!windows.c:30 fault=guard access=execute
at=instruction:12345 fault=stack-overflow
at=random:1000..2000 fault=in-page status=0xc000009a
at=call:kernel32!CreateFileA nth=2 fail=-1 error=80 caller=program
at=exit0!start fail=eax stack-bytes=8
at=handler-entry overwrite=head next=-1 handler=0x41414141
at=handler-return:go_fixed!sigtramp set=eax:1,ecx:esp-8
at=unwind-entry protect=rx page=go_fixed!probe pages=2
at=vectored-return guard=0x500000
at=filter-return limit=esp base=0x610000
at="app!operator new" fault="read"
SPECS

# ---- decoder and guest_code: bytes -----------------------------------------------------------------
bytes() { # 'aa bb cc': those bytes
  local byte
  for byte in $1; do printf "\\x$byte"; done
}
repeat() { local i; for ((i = 0; i < $2; ++i)); do printf "\\x$1"; done; }
n=0
while read -r code; do
  name=$(printf '%02d' "$n")
  # Registers, FS's base, MXCSR, x87 words; then numbers; then the instruction (decoder.cpp).
  {
    repeat 40 36
    bytes '80 1f 00 00 7f 03 00 00 ff ff'
    repeat 3f 64
    bytes "$code"
  } >"$corpus/decoder/$name"
  # How, eight registers, and the code (guest_code.cpp).
  {
    bytes '00 00 40 80 c0 01 05 09 0d'
    bytes "$code"
  } >"$corpus/guest_code/$name"
  n=$((n + 1))
done <<'CODES'
64 a1 00 00 00 00
64 89 25 00 00 00 00
8b 00
f0 0f c1 08
f3 a4
66 f3 a5
60 61
c8 10 00 01 c9
cd 2b
cd 03
cc
0f 28 00
0f ae 00
0f ae 08
66 0f 58 c1
f2 0f 5e 00
0f 54 c8 0f 2f 00
d9 00
db 38
dd 30
d8 f1
df 30
66 0f f7 c1
0f c7 08
9a 00 00 00 00 23 00
cf
9d
ff e0
0f 0b
8e e0
e8 00 00 00 00 c3
eb fe
0f 31
67 8b 07
d7
e4 10
CODES
du -sh "$corpus"/* >&2
