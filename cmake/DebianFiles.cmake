# Run by cpack before it makes a Debian package, with the package's files in place: what Debian wants
# beyond what an installation has (Debian Policy 12.1: manual pages are compressed, with gzip -9n; Debian
# Python Policy: public modules are in dist-packages).
if(NOT CPACK_GENERATOR STREQUAL "DEB")
  return()
endif()
set(usr "${CPACK_TEMPORARY_DIRECTORY}${CPACK_PACKAGING_INSTALL_PREFIX}")
file(GLOB pages "${usr}/share/man/man*/*.[0-9]")
if(NOT pages)
  message(FATAL_ERROR "there are no manual pages below ${usr}")
endif()
execute_process(COMMAND gzip -9nf ${pages} COMMAND_ERROR_IS_FATAL ANY)

file(GLOB module RELATIVE "${usr}" "${usr}/lib/sehlab/python/sehlab.py" "${usr}/lib/*/sehlab/python/sehlab.py")
list(LENGTH module modules)
if(NOT modules EQUAL 1)
  message(FATAL_ERROR "there are ${modules} files sehlab/python/sehlab.py below ${usr}/lib")
endif()
file(MAKE_DIRECTORY "${usr}/lib/python3/dist-packages")
file(CREATE_LINK "../../../${module}" "${usr}/lib/python3/dist-packages/sehlab.py" SYMBOLIC)

# Debian's zsh looks there (/usr/share/doc/zsh-common/README.Debian).
file(MAKE_DIRECTORY "${usr}/share/zsh/vendor-completions")
file(RENAME "${usr}/share/zsh/site-functions/_sehlab" "${usr}/share/zsh/vendor-completions/_sehlab")
file(REMOVE_RECURSE "${usr}/share/zsh/site-functions")
