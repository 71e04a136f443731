# go_program(NAME SOURCES ...)  builds fixtures/go/NAME into build/guest/go/NAME.exe
# go_test(NAME SOURCES ...)     builds its tests into build/guest/go/NAME_test.exe
# with Debian's Go 1.19 (1.24 on Debian 13), unmodified, for windows/386. No network, nothing outside the build folder;
# byte-identical on every run and from every folder.
find_program(GUEST_GO NAMES go PATHS /usr/lib/go-1.19/bin /usr/lib/go-1.24/bin NO_DEFAULT_PATH REQUIRED)
set(GO_DIR "${GUEST_DIR}/go")
set(GO_SOURCE_DIR "${PROJECT_SOURCE_DIR}/fixtures/go")
set(GO_ENVIRONMENT
  GOOS=windows GOARCH=386 GO386=sse2 CGO_ENABLED=0 GOENV=off GOWORK=off GOPROXY=off GOSUMDB=off
  "GOFLAGS=-trimpath -buildvcs=false" "GOCACHE=${CMAKE_BINARY_DIR}/go-cache"
  "GOPATH=${CMAKE_BINARY_DIR}/go-path" "GOTMPDIR=" GOTELEMETRY=off)

function(go_image name image)
  cmake_parse_arguments(G "" "" "SOURCES;COMMAND" ${ARGN})
  list(TRANSFORM G_SOURCES PREPEND "${GO_SOURCE_DIR}/${name}/")
  file(MAKE_DIRECTORY "${GO_DIR}")
  if(SEHLAB_GUESTS_FROM)
    guest_copies("${GO_DIR}/${image}.exe")
  else()
    add_custom_command(OUTPUT "${GO_DIR}/${image}.exe"
      COMMAND ${CMAKE_COMMAND} -E env ${GO_ENVIRONMENT}
              ${GUEST_GO} ${G_COMMAND} -o "${GO_DIR}/${image}.exe" ./${name}
      WORKING_DIRECTORY "${GO_SOURCE_DIR}"
      DEPENDS ${G_SOURCES} "${GO_SOURCE_DIR}/go.mod"
      COMMENT "Go program ${image}.exe" VERBATIM)
  endif()
  add_custom_target(go_${image}_pe ALL DEPENDS "${GO_DIR}/${image}.exe")
endfunction()

function(go_program name)
  go_image(${name} ${name} COMMAND build ${ARGN})
endfunction()

function(go_test name)
  go_image(${name} ${name}_test COMMAND test -c ${ARGN})
endfunction()
