#include "emu/address_set.hpp"

#include <algorithm>

namespace sehlab::emu {

void AddressSet::assign(std::span<const GuestAddr> addresses) {
  sorted_.assign(addresses.begin(), addresses.end());
  std::sort(sorted_.begin(), sorted_.end());
  filter_.reset();
  for (const GuestAddr address : sorted_) filter_.set(address.value % kBits);
}

bool AddressSet::found(GuestAddr address) const {
  return std::binary_search(sorted_.begin(), sorted_.end(), address);
}

}  // namespace sehlab::emu
