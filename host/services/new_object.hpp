// What the calls that make an object have in common: NtCreate…(&handle, access, attributes, …).
#pragma once

#include <optional>

#include "host/services/kernel.hpp"

namespace sehlab::services {

/// Checks where the handle goes, and the OBJECT_ATTRIBUTES: why the object is not made, if it is
/// not. `what`: "an event".
[[nodiscard]] std::optional<Outcome> refuse_creation(GateCall& call, const char* what);

/// Writes a new handle where the caller wants it; a guest that makes handles without end meets a
/// limit (Windows': 16 million; each costs the host memory).
[[nodiscard]] Outcome give_handle(GateCall& call, Handle handle);

}  // namespace sehlab::services
