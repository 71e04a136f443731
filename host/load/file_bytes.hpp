// FileBytes: a file's contents in memory, shared and never changed. Everything that is read out
// of an image (names, section contents) is a view into one of these.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "emu/result.hpp"

namespace sehlab::load {

/// Why a file gave no image.
enum class LoadFailure : std::uint8_t {
  Missing,     ///< no such file
  Unreadable,  ///< a directory or device, no permission, an I/O error, or too large
  Malformed    ///< read, but not an image that can run: empty, damaged, or of another kind
};

/// An Error with its kind: `sehlab run` answers a missing file with another exit code.
struct LoadError : Error {
  LoadFailure kind = LoadFailure::Malformed;
};

class FileBytes {
 public:
  FileBytes() = default;
  /// A copy of `bytes`.
  static FileBytes copy_of(std::span<const std::byte> bytes);
  /// The whole of a regular file (at most 1 GiB: no 32-bit image is larger). It is read, not
  /// mapped, so that a build that replaces the file meanwhile cannot change it under us.
  static tl::expected<FileBytes, LoadError> read(const std::filesystem::path& path);

  [[nodiscard]] std::span<const std::byte> span() const { return {data_.get(), size_}; }

 private:
  FileBytes(std::shared_ptr<std::byte[]> data, std::size_t size)
      : data_(std::move(data)), size_(size) {}

  std::shared_ptr<const std::byte[]> data_;
  std::size_t size_ = 0;
};

}  // namespace sehlab::load
