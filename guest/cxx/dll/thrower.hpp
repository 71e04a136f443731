/* What the DLL of the test offers. */
#ifndef CXX_DLL_THROWER_HPP
#define CXX_DLL_THROWER_HPP

struct Shared {
  int value;
  explicit Shared(int is) : value(is) {}
  virtual ~Shared() {}
};

extern "C" {
void __cdecl throw_int(int value);
void __cdecl throw_shared(int value);
/* Calls back within a try block: 1 when an int came, 2 for anything else, 0 for nothing. */
int __cdecl catch_from(void(__cdecl* callback)(int), int value);
/* Calls back under __try: the exception's code, or 0; `finished` when its __finally has run. */
unsigned long __cdecl except_from(void(__cdecl* callback)(int), int value, int* finished);
}

#endif
