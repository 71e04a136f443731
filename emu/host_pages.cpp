#include "emu/host_pages.hpp"

#include <sys/mman.h>

#include "emu/check.hpp"

namespace sehlab::emu {

HostPages::HostPages(std::size_t bytes) {
  void* got = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (got == MAP_FAILED) return;
  data_ = static_cast<std::byte*>(got);
  size_ = bytes;
}

HostPages::~HostPages() {
  if (data_ != nullptr) munmap(data_, size_);
}

void HostPages::clear(std::size_t offset, std::size_t bytes) {
  SEHLAB_CHECK(offset + bytes <= size_);
  // Private anonymous memory reads as zero after MADV_DONTNEED (madvise(2)).
  SEHLAB_CHECK(madvise(data_ + offset, bytes, MADV_DONTNEED) == 0);
}

}  // namespace sehlab::emu
