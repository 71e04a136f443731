#include "emu/page_table.hpp"

#include <algorithm>
#include <cstring>

namespace sehlab::emu {

const PageEntry PageTable::kFree{};

void PageEntry::set_committed(Protection protection) {
  unsigned value = kReserved | kCommitted | (bits & kKept);
  if (protection.read) value |= kRead;
  if (protection.write) value |= kWrite;
  if (protection.execute) value |= kExecute;
  if (protection.guard) value |= kGuard;
  if (!protection.guard) {
    if (protection.read || protection.write || protection.execute) value |= kCanRead;
    if (protection.write) value |= kCanWrite;
    if (protection.execute) value |= kCanExecute;
  }
  bits = static_cast<std::uint16_t>(value);
}

PageEntry& PageTable::edit(GuestAddr address) {
  auto& leaf = leaves_[address.value >> 22];
  if (leaf == nullptr) leaf = std::make_unique<Leaf>();
  return (*leaf)[address.value >> 12 & 0x3ff];
}

CodeBytes PageTable::code(GuestAddr address, std::size_t most) const {
  CodeBytes code;
  while (code.size < most) {
    const GuestAddr at = address + static_cast<std::uint32_t>(code.size);
    const std::byte* from = host(at);
    if (from == nullptr) break;
    const std::size_t length =
        std::min<std::size_t>(most - code.size, kPageSize - at.value % kPageSize);
    std::memcpy(code.bytes.data() + code.size, from, length);
    code.size += length;
  }
  return code;
}

}  // namespace sehlab::emu
