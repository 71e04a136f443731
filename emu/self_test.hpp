// The start-up self-test: what the engine must do for the lab to be right, tried once for each
// machine in a few tens of microseconds. Differences between versions of the engine are found
// here, never by a version number (facts: unicorn.md 6).
#pragma once

#include "emu/boot.hpp"
#include "emu/engine.hpp"
#include "emu/machine.hpp"
#include "emu/pending_exception.hpp"
#include "emu/register_file.hpp"
#include "emu/result.hpp"

namespace sehlab::emu {

/// Runs at ring 3, on the boot page; FS must point at BootPage::kData. Leaves the registers
/// changed. The Error names the probe that failed.
/// `fx_use`: null when its bits were not found.
[[nodiscard]] Result<EngineTraits> self_test(Engine& engine, BootPage& page,
                                             RegisterFile& registers, PendingException& pending,
                                             FxUse* fx_use);

}  // namespace sehlab::emu
