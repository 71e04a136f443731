// The two forms of the x87 state: FXSAVE's, which the processor's register file holds and a
// CONTEXT calls ExtendedRegisters, and FNSAVE's, which a CONTEXT calls FloatSave. They say the
// same but for the tags, which FXSAVE abridges to "empty or not" (Intel SDM vol. 1, 10.5.1.1).
#pragma once

#include "emu/registers.hpp"
#include "host/win32/context.hpp"

namespace sehlab::seh {

/// FNSAVE form of the x87 part of `fx`. The tags of registers that are not empty are found from
/// their contents, as FNSAVE does after FXRSTOR.
[[nodiscard]] win32::FloatingSaveArea float_save(const emu::FxState& fx);

/// Puts `area` into the x87 part of `fx`; MXCSR, XMM registers and reserved bytes stay.
void put_float_save(const win32::FloatingSaveArea& area, emu::FxState& fx);

}  // namespace sehlab::seh
