/* old_frames.S */
#ifndef CXX_OLD_FRAMES_HPP
#define CXX_OLD_FRAMES_HPP

#include "cxx/object.hpp"

extern "C" {
typedef void(__cdecl* Body)();
int __cdecl frame_vc6(Body body);
int __cdecl frame_vc7(Body body);
int __cdecl frame_vc8(Body body);
int __cdecl frame_specified(Body body); /* throw(int), no try block */
int __cdecl frame_noexcept(Body body);  /* no try block */
int __cdecl frame_bad(Body body);       /* a magic number that is none */
void __cdecl destroyed() {
  step('d');
}
}

static void __cdecl throws_int() {
  throws(5);
}
__attribute__((unused)) static void __cdecl throws_char() {
  throws('c');
}

#endif
