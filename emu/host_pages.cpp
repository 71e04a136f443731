#include "emu/host_pages.hpp"

#include "emu/check.hpp"
#include "emu/os/system.hpp"

namespace sehlab::emu {

HostPages::HostPages(std::size_t bytes) {
  data_ = os::map_zeroed(bytes);
  if (data_ != nullptr) size_ = bytes;
}

HostPages::~HostPages() {
  if (data_ != nullptr) os::unmap(data_, size_);
}

void HostPages::clear(std::size_t offset, std::size_t bytes) {
  SEHLAB_CHECK(offset + bytes <= size_);
  SEHLAB_CHECK(os::zero_mapped(data_ + offset, bytes));
}

}  // namespace sehlab::emu
