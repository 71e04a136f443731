#!/bin/bash -eu
# Builds every fuzz target into $OUT, as OSS-Fuzz and ClusterFuzzLite call it: $CC, $CXX, $CFLAGS and
# $CXXFLAGS bring compiler, sanitizer and instrumentation, $LIB_FUZZING_ENGINE links the engine, the
# source is in $SRC/sehlab, $WORK is for what nobody needs afterwards.
#
# $OUT gets for each target NAME: the executable, NAME_seed_corpus.zip, NAME.dict and NAME.options
# where there are some, and below guest/ the images that it loads.

source=$SRC/sehlab
build=$WORK/sehlab

# No target loads a program of Go or mingw-w64, so their compilers need not be here.
cmake -S "$source" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE= \
  -DSEHLAB_FUZZING_ENGINE="$LIB_FUZZING_ENGINE" -DSEHLAB_HEADER_ONLY=ON -DSEHLAB_WERROR=OFF \
  -DCMAKE_EXE_LINKER_FLAGS=-static-libstdc++ -DGUEST_GO=/bin/false -DMINGW_GCC=/bin/false
cmake --build "$build" --target fuzz_targets

while IFS='|' read -r name corpus images; do
  cp "$build/bin/fuzz/$name" "$OUT/"
  (cd "$corpus" && cmake -E tar cf "$OUT/${name}_seed_corpus.zip" --format=zip -- *)
  {
    echo '[libfuzzer]'
    if [[ -f $corpus.dict ]]; then
      cp "$corpus.dict" "$OUT/$name.dict"
      echo "dict = $name.dict"
    fi
    [[ ! -f $corpus.options ]] || cat "$corpus.options"
  } >"$OUT/$name.options"
  for image in $images; do
    mkdir -p "$OUT/guest/$(dirname "$image")"
    cp "$build/guest/$image" "$OUT/guest/$image"
  done
done <"$build/bin/fuzz/targets.txt"
