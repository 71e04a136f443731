// PlainCode: which instructions need no look before they are executed. Asked for each instruction.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace sehlab::emu {

/// Addresses of instructions of which is known that nothing about them needs a look before they are
/// executed: a bit an address, page by page.
class PlainCode {
 public:
  [[nodiscard]] bool has(std::uint64_t address) const {
    const auto& leaves = tables_[address >> 22 & 0x3ff];
    if (leaves == nullptr) return false;
    const auto& page = (*leaves)[address >> 12 & 0x3ff];
    return page != nullptr && ((*page)[address >> 6 & 0x3f] >> (address & 0x3f) & 1) != 0;
  }
  void add(std::uint32_t address);
  void forget();

 private:
  using Page = std::array<std::uint64_t, 64>;
  using Leaves = std::array<std::unique_ptr<Page>, 1024>;
  std::array<std::unique_ptr<Leaves>, 1024> tables_;
  std::vector<Page*> used_;
};

}  // namespace sehlab::emu
