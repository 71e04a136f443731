// Deeds: what an injection does to a process. First it is found out whether it can be done.
#pragma once

#include <functional>

#include "emu/result.hpp"
#include "host/inject/spec.hpp"
#include "host/process/process.hpp"

namespace sehlab::inject {

using Deed = std::function<void()>;

/// What is to be done now, before the instruction at EIP; nothing is done yet. An Error says why
/// it cannot be, and has no `where`.
[[nodiscard]] Result<Deed> prepare(const Spec& spec, process::Process& process);

}  // namespace sehlab::inject
