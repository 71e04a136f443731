// Chain: a thread's list of registration records as it lies in guest memory, read without
// touching anything, and what can be wrong with it. Safe on any chain: reads are bounded, a cycle
// ends the walk, guard pages stay armed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "emu/guest_access.hpp"
#include "emu/guest_addr.hpp"

namespace sehlab::seh {

/// One registration record.
struct ChainRecord {
  GuestAddr record;
  GuestAddr next;
  GuestAddr handler;
};

/// Why the walk along a chain ended. In the order in which a record is examined.
enum class ChainEnding : std::uint8_t {
  End,         ///< 0xFFFFFFFF: the chain is whole
  Cycle,       ///< the next record has been seen
  TooLong,     ///< more records than the reader was asked for
  Unreadable,  ///< the next record is not in committed memory
};

struct Chain {
  GuestAddr head;  ///< fs:[0]
  std::vector<ChainRecord> records;
  ChainEnding ending = ChainEnding::End;
};

inline constexpr std::size_t kMostChainRecords = 1024;

/// Reads the chain that starts at `head`. Records that are misaligned or off the stack are read
/// and followed like others: judging is find_defect's.
[[nodiscard]] Chain read_chain(const emu::RawAccess& memory, GuestAddr head,
                               std::size_t most = kMostChainRecords);

/// The structural defects that a chain can have on an operating-system stack. Dangling and
/// overwritten records are the watch's to find: they need the chain's history.
enum class ChainDefect : std::uint8_t {
  Dangling,              ///< linked, but the function that owned it has been left
  Overwritten,           ///< dangling, and its words were written since
  OffStack,              ///< not within the thread's stack
  Misaligned,            ///< not 4-aligned
  NotAscending,          ///< not above the record that links it
  Cycle,                 ///< links back to a record before it
  HandlerOnStack,        ///< its handler lies within the thread's stack
  HandlerNotExecutable,  ///< its handler's page cannot be executed
};

/// "dangling", "off-stack", …: the name in traces, scenarios and documents.
[[nodiscard]] std::string_view name_of(ChainDefect defect);

struct DefectiveRecord {
  ChainDefect defect = ChainDefect::OffStack;
  GuestAddr record;
};

/// The first record, from the head, that has a structural defect. `stack` is StackLimit to
/// StackBase; `executable` says whether a handler's page can be executed.
[[nodiscard]] std::optional<DefectiveRecord> find_defect(
    const Chain& chain, GuestRange stack, const std::function<bool(GuestAddr)>& executable);

}  // namespace sehlab::seh
