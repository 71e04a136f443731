# The library's documentation, by Doxygen: the target api_docs, where Doxygen is installed. What it
# cannot make sense of fails the build.
find_package(Doxygen QUIET)
if(NOT DOXYGEN_FOUND)
  return()
endif()
set(DOXYGEN_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/api")
set(DOXYGEN_PROJECT_BRIEF "32-bit x86 structured exception handling without Windows")
set(DOXYGEN_PROJECT_NUMBER "${PROJECT_VERSION}")
set(DOXYGEN_USE_MDFILE_AS_MAINPAGE "${PROJECT_BINARY_DIR}/api/library.md")
set(DOXYGEN_STRIP_FROM_PATH "${PROJECT_BINARY_DIR}/include")
set(DOXYGEN_EXTRACT_ALL YES)
set(DOXYGEN_JAVADOC_AUTOBRIEF YES)
set(DOXYGEN_GENERATE_LATEX NO)
set(DOXYGEN_QUIET YES)
set(DOXYGEN_WARN_AS_ERROR YES)
set(DOXYGEN_HAVE_DOT NO)
set(DOXYGEN_TIMESTAMP NO)
set(DOXYGEN_MARKDOWN_SUPPORT YES)
set(DOXYGEN_PREDEFINED DOXYGEN)
# The document's links lead into the source tree, where Doxygen has no pages.
set(filtered "${PROJECT_BINARY_DIR}/api/library.md")
add_custom_command(OUTPUT "${filtered}"
  COMMAND "${CMAKE_COMMAND}" "-DIN=${PROJECT_SOURCE_DIR}/docs/library.md" "-DOUT=${filtered}"
          -P "${PROJECT_SOURCE_DIR}/cmake/ApiMainPage.cmake"
  DEPENDS "${PROJECT_SOURCE_DIR}/docs/library.md" "${PROJECT_SOURCE_DIR}/cmake/ApiMainPage.cmake"
  VERBATIM)
add_custom_target(api_main_page DEPENDS "${filtered}")
doxygen_add_docs(api_docs "${PROJECT_BINARY_DIR}/include/sehlab" "${filtered}")
add_dependencies(api_docs sehlab_headers api_main_page)
