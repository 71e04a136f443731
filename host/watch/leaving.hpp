// How a frame was left, by the instruction that raised ESP above it.
#pragma once

#include "host/watch/linked_record.hpp"
#include "host/watch/target.hpp"

namespace sehlab::watch {

/// `by`: the instruction; `esp_before`: ESP before it, 0 when that is not known. For what the guest
/// itself did: an exception's continuation and a handler that was left are the caller's to know.
[[nodiscard]] LeftBy how_left(const Target& target, GuestAddr by, GuestAddr esp_before);

}  // namespace sehlab::watch
