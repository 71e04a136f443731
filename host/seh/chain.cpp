#include "host/seh/chain.hpp"

#include <unordered_set>

#include "host/win32/exception_registration.hpp"
#include "host/win32/teb.hpp"

namespace sehlab::seh {
namespace {

std::optional<ChainDefect> defect_of(GuestAddr record, GuestAddr before, GuestRange stack) {
  // The record's last byte as well as its first; 64 bits, so that nothing wraps.
  const std::uint64_t end =
      std::uint64_t{record.value} + sizeof(win32::ExceptionRegistrationRecord);
  if (record < stack.begin || end > stack.end.value) return ChainDefect::OffStack;
  if (!record.aligned(4)) return ChainDefect::Misaligned;
  if (record <= before) return ChainDefect::NotAscending;
  return std::nullopt;
}

/// The records that a walk has come by. Traces read a chain at every event, and nearly every chain
/// ascends: as long as it does no record can come twice, and nothing need be kept.
class SeenRecords {
 public:
  /// False when `record` has been seen. `before`: the records read so far.
  bool insert(GuestAddr record, const std::vector<ChainRecord>& before) {
    if (ascending_) {
      if (before.empty() || record > before.back().record) return true;
      ascending_ = false;
      for (const ChainRecord& one : before) seen_.insert(one.record);
    }
    return seen_.insert(record).second;
  }

 private:
  bool ascending_ = true;
  std::unordered_set<GuestAddr> seen_;
};

}  // namespace

Chain read_chain(const emu::RawAccess& memory, GuestAddr head, std::size_t most) {
  Chain chain;
  chain.head = head;
  SeenRecords seen;
  for (GuestAddr at = head; at.value != win32::kChainEnd;) {
    if (!seen.insert(at, chain.records)) {
      chain.ending = ChainEnding::Cycle;
      return chain;
    }
    if (chain.records.size() == most) {
      chain.ending = ChainEnding::TooLong;
      return chain;
    }
    const auto record = memory.get<win32::ExceptionRegistrationRecord>(at);
    if (!record) {
      chain.ending = ChainEnding::Unreadable;
      return chain;
    }
    chain.records.push_back({at, GuestAddr{record->Next}, GuestAddr{record->Handler}});
    at = GuestAddr{record->Next};
  }
  return chain;
}

std::string_view name_of(ChainDefect defect) {
  switch (defect) {
    case ChainDefect::Dangling:
      return "dangling";
    case ChainDefect::Overwritten:
      return "overwritten";
    case ChainDefect::OffStack:
      return "off-stack";
    case ChainDefect::Misaligned:
      return "misaligned";
    case ChainDefect::NotAscending:
      return "not-ascending";
    case ChainDefect::Cycle:
      return "cycle";
    case ChainDefect::HandlerOnStack:
      return "handler-on-stack";
    case ChainDefect::HandlerNotExecutable:
      return "handler-not-executable";
  }
  return "unknown";
}

std::optional<DefectiveRecord> find_defect(const Chain& chain, GuestRange stack,
                                           const std::function<bool(GuestAddr)>& executable) {
  GuestAddr before;
  for (const ChainRecord& record : chain.records) {
    if (const auto defect = defect_of(record.record, before, stack)) {
      return DefectiveRecord{*defect, record.record};
    }
    if (stack.contains(record.handler)) {
      return DefectiveRecord{ChainDefect::HandlerOnStack, record.record};
    }
    if (!executable(record.handler)) {
      return DefectiveRecord{ChainDefect::HandlerNotExecutable, record.record};
    }
    before = record.record;
  }
  if (chain.ending == ChainEnding::Cycle) {
    return DefectiveRecord{ChainDefect::Cycle, chain.records.back().record};
  }
  if (chain.ending == ChainEnding::Unreadable) {
    const GuestAddr missing = chain.records.empty() ? chain.head : chain.records.back().next;
    const auto defect = defect_of(missing, before, stack);
    return DefectiveRecord{defect.value_or(ChainDefect::OffStack), missing};
  }
  return std::nullopt;
}

}  // namespace sehlab::seh
