// Which exception a fault of a specification is: record, EIP and flags as the processor's own
// fault there would give, by the same table (host/fault). Facts 2.1 to 2.3.
#pragma once

#include "emu/result.hpp"
#include "host/fault/translate.hpp"
#include "host/inject/spec.hpp"
#include "host/process/process.hpp"

namespace sehlab::inject {

/// For the instruction at EIP. A fault leaves the thread there. A trap (int3, into, single-step)
/// is of an instruction that came before: the thread goes on at EIP.
[[nodiscard]] Result<fault::Exception> exception_of(const RaiseFault& raise,
                                                    process::Process& process);

/// What the processor itself shows beside the exception: DR6, the x87 status word.
void leave_evidence(const RaiseFault& raise, emu::Registers& registers);

}  // namespace sehlab::inject
