// A thread's chain of registration records as events and their readers have it.
#pragma once

#include "emu/guest_access.hpp"
#include "emu/guest_addr.hpp"
#include "host/trace/event.hpp"

namespace sehlab::process {

/// The chain that fs:[0] of the thread with this TEB leads to; handlers without their names.
[[nodiscard]] trace::ChainPicture chain_picture(const emu::RawAccess& memory, GuestAddr teb);

}  // namespace sehlab::process
