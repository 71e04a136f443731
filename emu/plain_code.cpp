#include "emu/plain_code.hpp"

namespace sehlab::emu {

void PlainCode::add(std::uint32_t address) {
  auto& leaves = tables_[address >> 22];
  if (leaves == nullptr) leaves = std::make_unique<Leaves>();
  auto& page = (*leaves)[address >> 12 & 0x3ff];
  if (page == nullptr) {
    page = std::make_unique<Page>();
    used_.push_back(page.get());
  }
  (*page)[address >> 6 & 0x3f] |= std::uint64_t{1} << (address & 0x3f);
}

void PlainCode::forget() {
  for (Page* page : used_) page->fill(0);
}

}  // namespace sehlab::emu
