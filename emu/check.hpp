// SEHLAB_CHECK: an invariant of the lab itself, checked in release builds too. A failure is a
// defect of the lab, not of the guest: it prints the condition and what the last hook adds
// (the machine's state, the tail of the trace), and aborts.
#pragma once

#include <string>

namespace sehlab {

/// Called once before the abort; installed by whoever owns a machine on this thread.
using StateDump = std::string (*)(void* owner);
void set_state_dump(StateDump dump, void* owner);

[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace sehlab

#define SEHLAB_CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::sehlab::check_failed(#condition, __FILE__, __LINE__))
