// The search for a handler (RtlDispatchException, facts 3.2), seen from inside: its steps between
// two handlers. dispatch.hpp has the gates that lead here.
#pragma once

#include "emu/guest_addr.hpp"
#include "emu/registers.hpp"
#include "host/seh/guest_words.hpp"
#include "host/seh/handler_frame.hpp"
#include "host/seh/outcome.hpp"
#include "host/seh/system.hpp"

namespace sehlab::seh {

/// One RtlDispatchException in progress: its two arguments, and where its stack frame ends.
struct Search {
  GuestAddr record;
  GuestAddr context;
  GuestAddr stack;         ///< handlers' frames are laid below it
  GuestAddr nested_frame;  ///< 0: no nested exception seen
};

/// RtlDispatchException from its start. `head` is the record's; `general` the registers as they
/// are.
[[nodiscard]] Outcome start_search(const Cpu& cpu, const emu::GeneralRegisters& general,
                                   const Search& search, const RecordHead& head);

/// The rest of it, when no vectored handler has said "go on": SEHOP and the chain.
[[nodiscard]] Outcome search_frames(const Cpu& cpu, const emu::GeneralRegisters& general,
                                    const Search& search, const RecordHead& head);

/// RtlDispatchException returns TRUE: the continue handlers are told, and
/// KiUserExceptionDispatcher goes on with the context (facts 3.1, 3.2 B).
[[nodiscard]] Outcome go_on(const Cpu& cpu, const emu::GeneralRegisters& general,
                            const Search& search, const RecordHead& head);

/// What RtlDispatchException does with a handler's disposition. The protecting registration is
/// off the chain; `general` are the registers as the handler left them, EBP restored.
[[nodiscard]] Outcome continue_search(const Cpu& cpu, const emu::GeneralRegisters& general,
                                      const StackTib& tib, const ReturnedHandler& returned,
                                      std::uint32_t disposition);

/// The unhandled end of a dispatch or an unwinding, NtRaiseException(record, context, FALSE): the
/// copies of record and context as they now lie in guest memory.
[[nodiscard]] Outcome second_chance(const Cpu& cpu, std::uint32_t gate, GuestAddr record,
                                    GuestAddr context);

}  // namespace sehlab::seh
