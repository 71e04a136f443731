// CRT: ucrt
// type_info: equality across descriptors, order, hash (FNV-1a of the decorated name) and the names
// that Microsoft's compiler documents for name() and raw_name().
#include <typeinfo>

#include "cxx/object.hpp"

namespace lab {
class Part {};
template <class T, int N>
struct Box {};
union Mixed {};
enum Colour { kRed };
}  // namespace lab

static bool same(const char* left, const char* right) {
  while (*left && *left == *right) {
    ++left;
    ++right;
  }
  if (*left == *right) return true;
  say(left);
  say(" is not ");
  say(right);
  say("\n");
  return false;
}

static size_t fnv(const char* text) {
  size_t hash = 2166136261u;
  for (; *text; ++text) hash = (hash ^ (unsigned char)*text) * 16777619u;
  return hash;
}

PROGRAM {
  CHECK(same(typeid(int).name(), "int"));
  CHECK(same(typeid(unsigned char).name(), "unsigned char"));
  CHECK(same(typeid(long long).name(), "__int64"));
  CHECK(same(typeid(lab::Part).name(), "class lab::Part"));
  CHECK(same(typeid(lab::Part).raw_name(), ".?AVPart@lab@@"));
  CHECK(same(typeid(lab::Mixed).name(), "union lab::Mixed"));
  CHECK(same(typeid(lab::Colour).name(), "enum lab::Colour"));
  CHECK(same(typeid(const char*).name(), "char const *"));
  CHECK(same(typeid(lab::Part**).name(), "class lab::Part * *"));
  CHECK(same(typeid(lab::Box<int, 3>).name(), "struct lab::Box<int,3>"));
  CHECK(same(typeid(lab::Box<lab::Box<char, 0>, 12>).name(),
             "struct lab::Box<struct lab::Box<char,0>,12>"));
  CHECK(same(typeid(void (*)(int)).name(), "void (__cdecl*)(int)"));
  CHECK(typeid(int) != typeid(long));
  CHECK(typeid(int).before(typeid(long)) != typeid(long).before(typeid(int)));
  CHECK(typeid(lab::Part).hash_code() == fnv("?AVPart@lab@@"));
}
