#include "host/watch/record_defects.hpp"

#include <array>

namespace sehlab::watch {
namespace {

constexpr std::uint32_t kChainEnd = 0xffffffff;
constexpr int kLongestCycle = 4096;  // records

std::optional<Defect> misplaced(const Target& target, GuestAddr record) {
  const auto why = target.record_refusal(record);
  if (!why) return std::nullopt;
  return *why == trace::Refusal::Misaligned ? Defect::Misaligned : Defect::OffStack;
}

std::optional<Defect> bad_handler(const Target& target, GuestAddr handler) {
  const auto why = target.handler_refusal(handler);
  if (why == trace::Refusal::HandlerOnStack) return Defect::HandlerOnStack;
  if (why == trace::Refusal::HandlerNotExecutable) return Defect::HandlerNotExecutable;
  return std::nullopt;  // refused by a policy (SafeSEH, NO_SEH) that the program asked for
}

/// A chain that comes back has a link that does not ascend: only behind such a one it is followed.
std::optional<Defect> bad_link(const Target& target, GuestAddr record, GuestAddr next) {
  if (next.value == kChainEnd || next.value > record.value) return std::nullopt;
  GuestAddr at = next;
  for (int i = 0; i < kLongestCycle && at.value != kChainEnd; ++i) {
    if (at == record) return Defect::Cycle;
    const auto words = read_words(target, at);
    if (!words) break;
    at = words->next;
  }
  return Defect::NotAscending;
}

}  // namespace

const char* defect_name(Defect defect) {
  static constexpr std::array kNames{"dangling",
                                     "overwritten",
                                     "patched",
                                     "off-stack",
                                     "misaligned",
                                     "handler-on-stack",
                                     "handler-not-executable",
                                     "cycle",
                                     "not-ascending"};
  return kNames.at(static_cast<std::size_t>(defect));
}

const char* left_by_name(LeftBy left) {
  static constexpr std::array kNames{"",     "return", "longjmp", "exception", "stack-switch",
                                     "jump", "other"};
  return kNames.at(static_cast<std::size_t>(left));
}

std::optional<RecordWords> read_words(const Target& target, GuestAddr record) {
  std::uint32_t next = 0;
  std::uint32_t handler = 0;
  if (!target.word(record, next) || !target.word(record + 4, handler)) return std::nullopt;
  return RecordWords{GuestAddr{next}, GuestAddr{handler}};
}

std::optional<Defect> structural_defect(const Target& target, const LinkedRecord& record) {
  if (record.protecting) return std::nullopt;
  if (auto place = misplaced(target, record.record)) return place;
  const auto words = read_words(target, record.record);
  if (!words) return Defect::OffStack;
  if (auto handler = bad_handler(target, words->handler)) return handler;
  return bad_link(target, record.record, words->next);
}

}  // namespace sehlab::watch
