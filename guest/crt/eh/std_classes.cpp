/* exception and its kin: a text that is the object's own, or a literal. */
#include "crt/eh/std_classes.hpp"

#include <stddef.h>

extern "C" {
void* malloc(size_t bytes);
void free(void* block);
size_t strlen(const char* text);
void* memmove(void* to, const void* from, size_t bytes);
}

#if !CRT_MSVCRT
namespace std {
#endif

static const char* copied(const char* text) {
  if (!text) return nullptr;
  size_t bytes = strlen(text) + 1;
  void* copy = malloc(bytes);
  return copy ? static_cast<const char*>(memmove(copy, text, bytes)) : nullptr;
}

exception::exception() : what_(nullptr), owned_(0) {}
exception::exception(const char* const& what) : what_(copied(what)), owned_(1) {}
exception::exception(const char* const& what, int) : what_(what), owned_(0) {}
exception::exception(const exception& from)
    : what_(from.owned_ ? copied(from.what_) : from.what_), owned_(from.owned_) {}
exception& exception::operator=(const exception& from) {
  if (this == &from) return *this;
  if (owned_) free(const_cast<char*>(what_));
  what_ = from.owned_ ? copied(from.what_) : from.what_;
  owned_ = from.owned_;
  return *this;
}
exception::~exception() {
  if (owned_) free(const_cast<char*>(what_));
}
const char* exception::what() const {
  return what_ ? what_ : "Unknown exception";
}

bad_cast::bad_cast(const char* what) : exception(what) {}
bad_cast::bad_cast(const bad_cast& from) : exception(from) {}
bad_cast& bad_cast::operator=(const bad_cast& from) {
  exception::operator=(from);
  return *this;
}
bad_cast::~bad_cast() {}

bad_typeid::bad_typeid(const char* what) : exception(what) {}
bad_typeid::bad_typeid(const bad_typeid& from) : exception(from) {}
bad_typeid& bad_typeid::operator=(const bad_typeid& from) {
  exception::operator=(from);
  return *this;
}
bad_typeid::~bad_typeid() {}

__non_rtti_object::__non_rtti_object(const char* what) : bad_typeid(what) {}
__non_rtti_object::__non_rtti_object(const __non_rtti_object& from) : bad_typeid(from) {}
__non_rtti_object& __non_rtti_object::operator=(const __non_rtti_object& from) {
  bad_typeid::operator=(from);
  return *this;
}
__non_rtti_object::~__non_rtti_object() {}

bad_alloc::bad_alloc() : exception("bad allocation", 1) {}
bad_alloc::bad_alloc(const bad_alloc& from) : exception(from) {}
bad_alloc::~bad_alloc() {}

#if !CRT_MSVCRT
}  // namespace std
#endif
