#include "emu/edge_counter.hpp"

#include <algorithm>
#include <bit>

#include "emu/check.hpp"
#include "emu/decoder.hpp"
#include "emu/opcode.hpp"

namespace sehlab::emu {

void EdgeCounter::set_counters(std::span<std::uint8_t> counters) {
  SEHLAB_CHECK(counters.empty() || std::has_single_bit(counters.size()));
  counters_ = counters;
}

void EdgeCounter::set_code(std::span<const GuestRange> code) {
  code_.assign(code.begin(), code.end());
  forget();
}

bool EdgeCounter::look(std::uint64_t from, std::uint32_t to) {
  const bool inside = std::ranges::any_of(
      code_, [to](const GuestRange& range) { return range.contains(GuestAddr{to}); });
  const bool counts = inside && is_edge(from, to);
  const GuestAddr last{static_cast<std::uint32_t>(from)};
  const bool lasts = !table_->at(last).has(PageEntry::kCanWrite) &&
                     !table_->at(last + 15).has(PageEntry::kCanWrite);
  if (lasts) known_[hash(from, to) % kKnown] = {from, to, epoch_, counts};
  return counts;
}

bool EdgeCounter::is_edge(std::uint64_t from, std::uint32_t to) const {
  if (from > UINT32_MAX) return true;  // nothing ran before
  if (from == to) {
    // Otherwise a round of REP, or a store into its own block.
    return transfers_control(opcode_of(table_->code(GuestAddr{to}).span()));
  }
  const auto code = table_->code(GuestAddr{static_cast<std::uint32_t>(from)});
  if (transfers_control(opcode_of(code.span()))) return true;
  return to - static_cast<std::uint32_t>(from) != instruction_length(code.span());
}

}  // namespace sehlab::emu
