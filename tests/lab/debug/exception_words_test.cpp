// Signals of exceptions. Source: what GDB on Windows makes of them (gdb/nat/windows-nat.c names the
// pairs), and GDB's include/gdb/signals.def for the numbers.
#include "host/lab/debug/exception_words.hpp"

#include <doctest/doctest.h>

namespace sehlab::lab {

TEST_CASE("Exceptions of the processor are the signals that GDB on Windows shows for them") {
  const auto number = [](std::uint32_t code) { return static_cast<int>(signal_of(code)); };
  CHECK(number(0xC0000005) == 11);  // access violation: SIGSEGV
  CHECK(number(0xC00000FD) == 11);  // stack overflow
  CHECK(number(0xC0000094) == 8);   // integer divide by zero: SIGFPE
  CHECK(number(0xC000008E) == 8);   // floating divide by zero
  CHECK(number(0xC000008C) == 8);   // array bounds
  CHECK(number(0xC000001D) == 4);   // illegal instruction: SIGILL
  CHECK(number(0xC0000096) == 4);   // privileged instruction
  CHECK(number(0x80000003) == 5);   // breakpoint: SIGTRAP
  CHECK(number(0x80000004) == 5);   // single step
  CHECK(number(0xE06D7363) == 30);  // software's own: SIGUSR1, which is the lab's choice
}

}  // namespace sehlab::lab
