// Stacks: a thread's stack as Windows lays it: a reservation, committed from its high end, with
// one guard page below what is committed that moves down as the stack grows.
#pragma once

#include <cstdint>

#include "emu/address_space.hpp"
#include "emu/guest_addr.hpp"
#include "emu/result.hpp"

namespace sehlab::process {

struct StackBounds {
  GuestRange reservation;  ///< begin: DeallocationStack; end: StackBase
  GuestAddr limit;         ///< StackLimit: lowest committed page above the guard page
};

/// Reserves `reserve` bytes (at least three pages) at `at` and commits the top `commit` bytes
/// (rounded up to pages, at least one) above a guard page.
[[nodiscard]] Result<StackBounds> make_stack(emu::AddressSpace& space, GuestAddr at,
                                             std::uint32_t reserve, std::uint32_t commit);

enum class Growth : std::uint8_t {
  NotStack,  ///< the page is not this stack's guard page
  Grown,     ///< committed; StackLimit is the page; the access can be tried again
  Overflow   ///< the last page that could be committed was: STATUS_STACK_OVERFLOW is due
};

/// What a touch of the guard page at `address` brings, for the thread whose TEB is at `teb`
/// (facts: the kernel looks at this TEB's limits and at no other stack's). Updates StackLimit.
[[nodiscard]] Growth grow_stack(emu::AddressSpace& space, GuestAddr teb, GuestAddr address);

}  // namespace sehlab::process
