# Writes a public header as it is installed: the includes of headers that are public name them by
# where they are then. cmake -D IN=FILE -D OUT=FILE -P PublicHeaders.cmake
file(READ "${IN}" text)
string(REPLACE "\"host/api/sehlab/" "\"sehlab/" text "${text}")
string(REPLACE "\"emu/guest_addr.hpp\"" "\"sehlab/guest_addr.hpp\"" text "${text}")
string(REPLACE "\"host/trace/event.hpp\"" "\"sehlab/event.hpp\"" text "${text}")
# Doxygen 1.9 gets lost in it.
string(REGEX REPLACE "\ntemplate <>\nstruct std::hash<.*\n}[;]\n" "\n#ifndef DOXYGEN\\0#endif\n" text "${text}")
if(text MATCHES "#include \"(emu|host|guest)/")
  message(FATAL_ERROR "${IN} includes a header that is not installed")
endif()
file(WRITE "${OUT}" "${text}")
