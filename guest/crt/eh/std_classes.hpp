/* The exception classes that the runtime throws, in the namespace and with the members of the DLL
 * that it is compiled for: msvcrt's are global and all its own; vcruntime140's are std's, and what
 * is not virtual in them is inline in the program. */
#ifndef CRT_EH_STD_CLASSES_HPP
#define CRT_EH_STD_CLASSES_HPP

#include "crt/eh/names.h"

#if !CRT_MSVCRT
namespace std {
#endif

class exception {
 public:
  exception();
  explicit exception(const char* const& what);
  exception(const char* const& what, int);
  exception(const exception& from);
  exception& operator=(const exception& from);
  virtual ~exception();
  virtual const char* what() const;

 private:
  const char* what_;
  int owned_;
};

class bad_cast : public exception {
 public:
  explicit bad_cast(const char* what);
  bad_cast(const bad_cast& from);
  bad_cast& operator=(const bad_cast& from);
  virtual ~bad_cast();
};

class bad_typeid : public exception {
 public:
  explicit bad_typeid(const char* what);
  bad_typeid(const bad_typeid& from);
  bad_typeid& operator=(const bad_typeid& from);
  virtual ~bad_typeid();
};

class __non_rtti_object : public bad_typeid {
 public:
  explicit __non_rtti_object(const char* what);
  __non_rtti_object(const __non_rtti_object& from);
  __non_rtti_object& operator=(const __non_rtti_object& from);
  virtual ~__non_rtti_object();
};

class bad_alloc : public exception {
 public:
  bad_alloc();
  bad_alloc(const bad_alloc& from);
  virtual ~bad_alloc();
};

#if !CRT_MSVCRT
}  // namespace std
#endif

#endif
