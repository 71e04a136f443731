// Filters: where the C runtime's handlers call the filters of __except. A filter is a piece of the
// program that is called with its frame's EBP; that it is one shows only in who calls it.
#pragma once

#include <vector>

#include "emu/guest_access.hpp"
#include "emu/guest_addr.hpp"
#include "host/inject/value.hpp"
#include "host/process/modules.hpp"

namespace sehlab::inject {

/// A `call REGISTER` that calls a filter.
struct FilterCall {
  GuestAddr at, return_address;
  Register target = Register::Eax;
};

/// Those of the loaded images: in `_except_handler3` and in `_EH4_CallFilterFunc`, which
/// `_except_handler4` calls, where an image has a symbol of that name.
[[nodiscard]] std::vector<FilterCall> filter_calls(const process::Modules& modules,
                                                   const emu::RawAccess& memory);

}  // namespace sehlab::inject
