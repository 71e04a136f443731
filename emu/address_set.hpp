// AddressSet: some hundreds of guest addresses, asked "is this one of them?" before each
// instruction.
#pragma once

#include <bitset>
#include <span>
#include <vector>

#include "emu/guest_addr.hpp"

namespace sehlab::emu {

class AddressSet {
 public:
  void assign(std::span<const GuestAddr> addresses);
  [[nodiscard]] bool empty() const { return sorted_.empty(); }
  [[nodiscard]] bool contains(GuestAddr address) const {
    return filter_[address.value % kBits] && found(address);
  }

 private:
  static constexpr std::size_t kBits = 8192;
  [[nodiscard]] bool found(GuestAddr address) const;

  std::vector<GuestAddr> sorted_;
  std::bitset<kBits> filter_;  ///< by the low bits of the addresses
};

}  // namespace sehlab::emu
