/* The C that the Go tests call: each function calls back into Go in its own way. */
#ifndef GO_CDLL_H
#define GO_CDLL_H

#include <stdint.h>

#define STDCALL __attribute__((stdcall))
#define NOINLINE __attribute__((noinline))
#define IMPORT __attribute__((stdcall)) __declspec(dllimport)

/* What Go's callbacks look like from here: a window as EnumWindows gives one, and the caller's
 * parameter. */
typedef uint32_t STDCALL (*Callback)(void* window, uint32_t parameter);

/* Reads a word, in a function of its own: clang loses the handler of a __try whose own function
 * faults. */
uint32_t read_word(const volatile uint32_t* address);

#endif
