/* Constructors that take the text by reference, which programs of Visual C++ 6 call. */
#include <stddef.h>

#include "crt/eh/std_classes.hpp"

inline void* operator new(size_t, void* place) noexcept {
  return place;
}

#define FROM_REFERENCE(type)                                                                \
  extern "C" type* __thiscall type##_from_reference(                                        \
      type* place, const char* const* what) __asm__("??0" #type "@@QAE@ABQBD@Z");           \
  extern "C" type* __thiscall type##_from_reference(type* place, const char* const* what) { \
    return new (place) type(*what);                                                         \
  }

FROM_REFERENCE(bad_cast)
FROM_REFERENCE(bad_typeid)
FROM_REFERENCE(__non_rtti_object)
