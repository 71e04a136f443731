// What the calls that make an object have in common: NtCreate…(&handle, access, attributes, …).
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "host/services/kernel.hpp"

namespace sehlab::services {

/// Checks where the handle goes, and the OBJECT_ATTRIBUTES: why the object is not made, if it is
/// not. `what`: "an event".
[[nodiscard]] std::optional<Outcome> refuse_creation(GateCall& call, const char* what);

/// Writes a new handle where the caller wants it; a guest that makes handles without end meets a
/// limit (Windows': 16 million; each costs the host memory).
[[nodiscard]] Outcome give_handle(GateCall& call, Handle handle);

/// The name in an OBJECT_ATTRIBUTES, without the session's prefix; empty: an object without one.
struct ObjectName {
  std::u16string text;
  std::optional<Outcome> refused;
};
[[nodiscard]] ObjectName read_name(GateCall& call, GuestAddr attributes);

/// Opens what has the name already (STATUS_OBJECT_NAME_EXISTS), or makes it: every Create call of
/// an object that can be named.
[[nodiscard]] Outcome create_object(GateCall& call, ObjectKind kind,
                                    const std::function<Handle()>& make);
/// NtOpen…(&handle, access, attributes).
[[nodiscard]] Outcome open_object(GateCall& call, ObjectKind kind);

}  // namespace sehlab::services
