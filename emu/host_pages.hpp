// HostPages: zeroed host memory for guest pages, in whole pages, which costs nothing until it
// is touched. Owns it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

namespace sehlab::emu {

class HostPages {
 public:
  HostPages() = default;
  /// Empty (data() null) when the host has no room.
  explicit HostPages(std::size_t bytes);
  ~HostPages();
  HostPages(HostPages&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  HostPages& operator=(HostPages&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
  }

  [[nodiscard]] std::byte* data() const { return data_; }
  /// Makes these bytes (whole pages) zero and gives their memory back to the host.
  void clear(std::size_t offset, std::size_t bytes);

 private:
  std::byte* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace sehlab::emu
