// What is wrong with a record, asked when it is linked, written, or relied on.
#include "host/watch/chain_watch.hpp"
#include "host/watch/record_defects.hpp"

namespace sehlab::watch {

std::optional<Defect> ChainWatch::structure(const RecordTable& chain,
                                            const LinkedRecord& record) const {
  const auto defect = structural_defect(target_, record);
  // That the chain descends to a record whose frame is gone is that one's defect.
  if (defect == Defect::NotAscending) {
    const auto words = read_words(target_, record.record);
    const LinkedRecord* next = words ? chain.find(words->next) : nullptr;
    if (next != nullptr && next->exposed()) return std::nullopt;
  }
  return defect;
}

void ChainWatch::note_structure(const RecordTable& chain, LinkedRecord& record, GuestAddr by) {
  if (mode_ == Mode::Off) return;
  const auto defect = structure(chain, record);
  if (defect == record.bad) return;
  record.bad = defect;
  record.bad_since = defect ? target_.instruction() : 0;
  record.bad_by = by;
  if (defect && mode_ == Mode::Strict) confirm(record, *defect, {"link", by});
}

void ChainWatch::judge(const RecordTable& chain, LinkedRecord& record, const Reliance& reliance) {
  if (mode_ == Mode::Off) return;
  std::optional<Defect> defect;
  if (record.exposed()) {
    const auto words = read_words(target_, record.record);
    const bool intact = words && words->next == record.next && words->handler == record.handler;
    defect = record.written_at == 0 && intact ? Defect::Dangling : Defect::Overwritten;
  } else {
    defect = words_changed(record);
    if (!defect) defect = structure(chain, record);
  }
  if (defect) confirm(record, *defect, reliance);
}

std::optional<Defect> ChainWatch::words_changed(LinkedRecord& record) {
  const auto words = read_words(target_, record.record);
  if (!words || record.protecting || !record.readable) return std::nullopt;
  if (words->handler == record.handler) {
    if (words->next == record.next) record.intact_at = target_.instruction();
    return std::nullopt;
  }
  // One that was linked before its handler was filled in.
  if (record.written_at == 0 && target_.handler_refusal(record.handler) &&
      !target_.handler_refusal(words->handler)) {
    record.handler = words->handler;
    return std::nullopt;
  }
  return Defect::Patched;
}

}  // namespace sehlab::watch
