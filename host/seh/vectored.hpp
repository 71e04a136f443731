// RtlpCallVectoredHandlers: the process's own handlers, asked before any frame (the exception list)
// and told when a dispatch has decided to go on (the continue list). Facts 3.2 A and B.
//
// The lists lie in ntdll's data and heap. While a handler runs, this lies on the guest's stack, and
// is all the state that the walk has:
//
//   ESP ->  return address      the gate RtlpVectoredHandlerReturn
//           pointers            the handler's one argument, which it pops (stdcall)
//           Self                ESP after that return: the anchor
//           record, context     EXCEPTION_POINTERS
//           Entry               whose handler runs
//           List                0: the exception list, 1: the continue list
//           SavedEbp
//   top ->  whatever RtlDispatchException's caller had on its stack
//
// A handler that returns with any other ESP would send Windows off with a wrong stack; here the run
// ends and says so.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "emu/guest_addr.hpp"
#include "emu/registers.hpp"
#include "host/seh/guest_words.hpp"
#include "host/seh/outcome.hpp"
#include "host/seh/search.hpp"
#include "host/seh/system.hpp"
#include "host/win32/pointer32.hpp"

namespace sehlab::seh {

/// LIST_ENTRY.
struct ListEntry {
  win32::Pointer32 Flink;
  win32::Pointer32 Blink;
};

/// RTLP_VECTORED_ENTRY of guest/system/ntdll/ntdll.h.
struct VectoredEntry {
  ListEntry Links;
  std::uint32_t Running;  ///< calls of the handler that have not returned
  std::uint32_t Removed;  ///< nonzero: to be unlinked when the last of them has
  win32::Pointer32 Handler;
};
static_assert(sizeof(VectoredEntry) == 0x14);

enum class VectoredList : std::uint32_t { Exception = 0, Continue = 1 };

/// The two lists' heads and the entries that may be used again (linked by Flink), as they lie at
/// NtdllAddresses::vectored_lists.
struct VectoredLists {
  ListEntry Heads[2];
  win32::Pointer32 Retired;
};
static_assert(offsetof(VectoredLists, Retired) == 0x10);

/// Calls the first handler of a list; nullopt: there is none.
[[nodiscard]] std::optional<Outcome> call_vectored_handlers(const Cpu& cpu,
                                                            const emu::GeneralRegisters& general,
                                                            const Search& search,
                                                            const RecordHead& head,
                                                            VectoredList list);

/// Gate RtlpVectoredHandlerReturn: EAX is what the handler said. Calls the next one, or goes on
/// with the search, or with the thread.
[[nodiscard]] Outcome vectored_handler_returned(const Cpu& cpu);

/// Gate RtlpInsertVectoredHandler(list, entry, first, handler): links `entry`, or for 0 a retired
/// one, at the list's head or tail. Returns the entry; 0: none was given and none is retired.
[[nodiscard]] Outcome insert_vectored_handler(const Cpu& cpu);

/// Gate RtlpRemoveVectoredHandler(list, entry): 1 when the entry is in that list and was not
/// removed before, else 0 (facts 3.2 A). One whose handler runs stays linked until it returns, so
/// that the walk finds its way.
[[nodiscard]] Outcome remove_vectored_handler(const Cpu& cpu);

}  // namespace sehlab::seh
