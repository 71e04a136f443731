/* type_info's members, in msvcrt. */
#include "crt/eh/type_info.hpp"

#include "crt/eh/undname.h"

extern "C" size_t strlen(const char* text);

type_info::~type_info() {}

int type_info::operator==(const type_info& other) const {
  return strcmp(decorated_ + 1, other.decorated_ + 1) == 0;
}
int type_info::operator!=(const type_info& other) const {
  return strcmp(decorated_ + 1, other.decorated_ + 1) != 0;
}
int type_info::before(const type_info& other) const {
  return strcmp(decorated_ + 1, other.decorated_ + 1) < 0;
}
const char* type_info::raw_name() const {
  return decorated_;
}

const char* type_info::name() const {
  if (name_) return name_;
  char text[UNDNAME_ROOM];
  const size_t length = undecorate_type(decorated_, text);
  if (!length) return decorated_;
  char* made = static_cast<char*>(malloc(length + 1));
  if (!made) return nullptr;
  for (size_t i = 0; i <= length; ++i) made[i] = text[i];
  const LONG before = InterlockedCompareExchange(reinterpret_cast<volatile LONG*>(&name_),
                                                 reinterpret_cast<LONG>(made), 0);
  if (!before) return made;
  free(made);
  return reinterpret_cast<const char*>(before);
}
