// Pointer32: a pointer field of a Windows structure as the guest stores it. Layouts hold numbers
// only; whoever follows one makes a GuestAddr of it first.
#pragma once

#include <cstdint>

namespace sehlab::win32 {

/// An address in the guest, as it lies in guest memory.
using Pointer32 = std::uint32_t;

}  // namespace sehlab::win32
