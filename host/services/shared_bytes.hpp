// SharedBytes: bytes that copies share until one of them is changed.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace sehlab::services {

class SharedBytes {
 public:
  SharedBytes() = default;
  SharedBytes(std::vector<std::byte> bytes)  // NOLINT(google-explicit-constructor)
      : bytes_(std::make_shared<std::vector<std::byte>>(std::move(bytes))) {}

  [[nodiscard]] std::span<const std::byte> view() const {
    return bytes_ ? std::span<const std::byte>(*bytes_) : std::span<const std::byte>();
  }
  [[nodiscard]] std::size_t size() const { return view().size(); }
  /// To be changed, in this copy alone.
  [[nodiscard]] std::vector<std::byte>& edit() {
    if (!bytes_) {
      bytes_ = std::make_shared<std::vector<std::byte>>();
    } else if (bytes_.use_count() != 1) {
      bytes_ = std::make_shared<std::vector<std::byte>>(*bytes_);
    }
    return *bytes_;
  }

 private:
  std::shared_ptr<std::vector<std::byte>> bytes_;
};

}  // namespace sehlab::services
