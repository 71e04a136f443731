// The report of a defect: all that is known of the record, its frame and what relied on it.
#include <algorithm>
#include <string>
#include <utility>

#include "host/watch/chain_watch.hpp"
#include "host/watch/record_defects.hpp"

namespace sehlab::watch {
namespace {

trace::Place place(GuestAddr address) {
  return {address, {}};
}

/// Since when it holds, and by which instruction.
std::pair<std::uint64_t, GuestAddr> beginning(const LinkedRecord& record, Defect defect) {
  switch (defect) {
    case Defect::Dangling:
    case Defect::Overwritten:
      return {record.exposed_at, record.exposed_by};
    case Defect::Patched:
      return {record.written_at, record.written_by};
    default:
      if (record.bad != defect) return {0, GuestAddr{}};
      return {record.bad_since, record.bad_by};
  }
}

/// One bit for dangling and overwritten: the same frame was left once.
std::uint16_t bit_of(Defect defect) {
  const Defect one = defect == Defect::Overwritten ? Defect::Dangling : defect;
  return static_cast<std::uint16_t>(1u << static_cast<unsigned>(one));
}

}  // namespace

void ChainWatch::confirm(LinkedRecord& record, Defect defect, const Reliance& reliance) {
  if ((record.reported & bit_of(defect)) != 0 || mode_ == Mode::Off) return;
  record.reported |= bit_of(defect);
  trace::DefectFound found;
  found.defect = defect_name(defect);
  found.confirmed_by = reliance.what;
  found.relied_on_by = place(reliance.by);
  found.record = record.record;
  found.handler = place(record.handler);
  if (const auto words = read_words(target_, record.record)) {
    found.next = words->next;
    found.handler_now = place(words->handler);
  }
  found.pushed_by = place(record.pushed_by);
  found.owner = place(record.owner);
  found.pushed_at = record.pushed_at;
  found.exposed_at = record.exposed_at;
  found.left_by = left_by_name(record.left_by);
  found.written_by = place(record.written_by);
  found.written_at = record.written_at;
  const auto [since, by] = beginning(record, defect);
  found.since = since;
  found.since_by = place(by);
  const bool of_words =
      defect != Defect::Dangling && defect != Defect::OffStack && defect != Defect::Misaligned;
  if (of_words && (since == 0 || (defect == Defect::Overwritten && record.written_at == 0))) {
    found.intact_at = record.intact_at;
  }
  found.copy_of = record.copy_of;
  const std::size_t suppression = suppressions_.find(found.defect, target_.symbol(record.owner));
  if (suppression < suppressions_.all().size()) {
    ++state_.uses[suppression];
    found.suppressed = suppressions_.all()[suppression].reason;
  } else {
    ++state_.defects;
  }
  sink_.emit(std::move(found));
}

}  // namespace sehlab::watch
