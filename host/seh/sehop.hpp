// SEHOP: before any handler is called, the chain must be whole up to ntdll's final handler.
// Facts 3.2 D.
#pragma once

#include "emu/guest_addr.hpp"
#include "host/seh/guest_words.hpp"
#include "host/seh/system.hpp"

namespace sehlab::seh {

/// The profile has SEHOP, and the process flags do not switch it off.
[[nodiscard]] bool sehop_applies(const System& system);

struct SehopVerdict {
  bool intact = true;
  GuestAddr broken_at;  ///< the first record that is wrong
  GuestAddr handler;    ///< its handler; 0 when it was not read
};

/// Walks the chain from fs:[0]; reads, changes nothing. Ends on any chain, since the records
/// must ascend.
[[nodiscard]] MaybeFault walk_for_sehop(const Cpu& cpu, const StackTib& tib, SehopVerdict& verdict);

}  // namespace sehlab::seh
