# What `cmake --install` puts where, and how it goes again (target uninstall).
include(CMakePackageConfigHelpers)

set(SEHLAB_PACKAGE "${CMAKE_INSTALL_LIBDIR}/cmake/sehlab")

install(TARGETS sehlab sehlab_shared EXPORT sehlabTargets
  RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}"
  LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}")
install(DIRECTORY "${PROJECT_BINARY_DIR}/include/sehlab" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
  FILES_MATCHING PATTERN "*.hpp" PATTERN "*.h")

# Guest images are data: the same on every processor that the lab runs on.
set(data "${CMAKE_INSTALL_DATADIR}/sehlab")
install(DIRECTORY "${GUEST_DIR}/" DESTINATION "${data}/guest"
  FILES_MATCHING PATTERN "*.exe" PATTERN "*.dll" PATTERN "*.builds"
  REGEX "/(CMakeFiles|cases|crt|cxx|fuzz|go119|lessons|api|mingw|seh|system|win32)$" EXCLUDE)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/fixtures/scenarios" DESTINATION "${data}/fixtures")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/docs/schemas" DESTINATION "${data}")

# What `sehlab fuzz` starts for DLLs and sequences; the other fuzzers are for the lab's own parts.
foreach(fuzzer dll_fuzzer sequences sequences_go)
  foreach(engine "" -afl)
    if(TARGET ${fuzzer}${engine})
      install(TARGETS ${fuzzer}${engine} RUNTIME DESTINATION "${CMAKE_INSTALL_LIBEXECDIR}/sehlab/fuzz")
    endif()
  endforeach()
endforeach()
install(TARGETS sehlab-mutator LIBRARY DESTINATION "${CMAKE_INSTALL_LIBEXECDIR}/sehlab/fuzz")

# Beside the library, which it finds by that.
install(FILES "${PROJECT_SOURCE_DIR}/host/api/python/sehlab.py"
  DESTINATION "${CMAKE_INSTALL_LIBDIR}/sehlab/python")

# What the shells complete, and the manual: written from the parser by the program itself.
foreach(shell bash zsh fish)
  set(file_bash "bash-completion/completions/sehlab")
  set(file_zsh "zsh/site-functions/_sehlab")
  set(file_fish "fish/vendor_completions.d/sehlab.fish")
  cmake_path(GET file_${shell} PARENT_PATH folder)
  cmake_path(GET file_${shell} FILENAME leaf)
  set(made "${PROJECT_BINARY_DIR}/completions/${shell}")
  add_custom_command(OUTPUT "${made}"
    COMMAND "${CMAKE_COMMAND}" -E make_directory "${PROJECT_BINARY_DIR}/completions"
    COMMAND sehlab completions ${shell} > "${made}" DEPENDS sehlab VERBATIM)
  list(APPEND completions "${made}")
  install(FILES "${made}" DESTINATION "${CMAKE_INSTALL_DATADIR}/${folder}" RENAME "${leaf}")
endforeach()
# manual_page(NAME.SECTION ARGUMENTS of `sehlab manual` ... [DEPENDS documents ...])
function(manual_page page)
  cmake_parse_arguments(M "" "" "DEPENDS" ${ARGN})
  set(made "${PROJECT_BINARY_DIR}/man/${page}")
  add_custom_command(OUTPUT "${made}"
    COMMAND "${CMAKE_COMMAND}" -E make_directory "${PROJECT_BINARY_DIR}/man"
    COMMAND sehlab manual ${M_UNPARSED_ARGUMENTS} ${M_DEPENDS} > "${made}"
    DEPENDS sehlab ${M_DEPENDS} VERBATIM)
  string(REGEX MATCH "[0-9]$" section "${page}")
  install(FILES "${made}" DESTINATION "${CMAKE_INSTALL_MANDIR}/man${section}")
  set(manual_pages ${manual_pages} "${made}" PARENT_SCOPE)
endfunction()
set(docs "${PROJECT_SOURCE_DIR}/docs")
manual_page(sehlab.1)
manual_page(sehlab-scenario.5 --page sehlab-scenario --about "what a program must do, as a file"
  DEPENDS "${docs}/scenarios.md" "${docs}/injection.md" "${docs}/sweeps.md")
manual_page(sehlab-trace.5 --page sehlab-trace --about "the events of a run, as text and as JSON Lines"
  DEPENDS "${docs}/trace-format.md")
add_custom_target(sehlab_manuals ALL DEPENDS ${completions} ${manual_pages})
# As in the sources, so that links between them hold.
install(DIRECTORY "${docs}/" DESTINATION "${CMAKE_INSTALL_DOCDIR}/docs" FILES_MATCHING PATTERN "*.md" PATTERN "*.png"
  PATTERN schemas EXCLUDE PATTERN ci EXCLUDE)
install(DIRECTORY "${docs}/ci" DESTINATION "${CMAKE_INSTALL_DOCDIR}/docs" REGEX "/ci/example/build$" EXCLUDE)
install(FILES "${PROJECT_SOURCE_DIR}/README.md" "${PROJECT_SOURCE_DIR}/CHANGELOG.md"
  DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}" RENAME copyright)

# find_package(sehlab): the target sehlab::lab.
install(EXPORT sehlabTargets NAMESPACE sehlab:: DESTINATION "${SEHLAB_PACKAGE}")
configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/sehlabConfig.cmake.in"
  "${PROJECT_BINARY_DIR}/sehlabConfig.cmake" INSTALL_DESTINATION "${SEHLAB_PACKAGE}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/sehlabConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)  # before 1.0 each minor version may change anything
install(FILES "${PROJECT_BINARY_DIR}/sehlabConfig.cmake"
  "${PROJECT_BINARY_DIR}/sehlabConfigVersion.cmake" DESTINATION "${SEHLAB_PACKAGE}")
file(RELATIVE_PATH SEHLAB_PREFIX_FROM_PC "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
configure_file("${PROJECT_SOURCE_DIR}/cmake/sehlab.pc.in" "${PROJECT_BINARY_DIR}/sehlab.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/sehlab.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")

add_custom_target(uninstall
  COMMAND "${CMAKE_COMMAND}" "-DMANIFEST=${PROJECT_BINARY_DIR}/install_manifest.txt"
          -P "${PROJECT_SOURCE_DIR}/cmake/Uninstall.cmake" VERBATIM)
