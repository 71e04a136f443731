// ImageReader: bounded reads from an image that is being parsed, by file offset and by RVA, and
// errors that say where. Every step of parsing goes through it. Internal to host/load.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "emu/result.hpp"
#include "host/load/image.hpp"

namespace sehlab::load {

/// What lies in memory from some RVA to the end of its section (whole pages) or of the headers.
struct Extent {
  std::span<const std::byte> data;  ///< the part that the file has
  std::uint64_t size = 0;           ///< data.size() and the zeros after it
};

class ImageReader {
 public:
  /// `image` is the draft: sections count once they are in it.
  explicit ImageReader(const Image& image) : image_(image), file_(image.file.span()) {}

  [[nodiscard]] std::uint64_t file_size() const { return file_.size(); }

  template <typename T>
  requires std::is_trivially_copyable_v<T>
  [[nodiscard]] std::optional<T> at_offset(std::uint64_t offset) const {
    if (offset > file_.size() || file_.size() - offset < sizeof(T)) return std::nullopt;
    T value;
    std::memcpy(&value, file_.data() + offset, sizeof(T));
    return value;
  }

  /// nullopt outside of headers and sections.
  [[nodiscard]] std::optional<Extent> extent_at(std::uint32_t rva) const;

  /// An object at `rva`, with zeros where the file has no data; nullopt when it does not lie
  /// inside one section or the headers.
  template <typename T>
  requires std::is_trivially_copyable_v<T>
  [[nodiscard]] std::optional<T> at_rva(std::uint32_t rva) const {
    const auto extent = extent_at(rva);
    if (!extent || extent->size < sizeof(T)) return std::nullopt;
    T value{};
    const std::size_t from_file = std::min(extent->data.size(), sizeof(T));
    if (from_file > 0) std::memcpy(&value, extent->data.data(), from_file);
    return value;
  }

  /// `size` bytes at `rva`, all of them in the file; nullopt otherwise.
  [[nodiscard]] std::optional<std::span<const std::byte>> data_at(std::uint32_t rva,
                                                                  std::uint64_t size) const;

  /// A zero-terminated string of at most kLongestName characters; nullopt when it runs off.
  [[nodiscard]] std::optional<std::string_view> string_at(std::uint32_t rva) const;

  /// The RVA of an address, as the file has addresses; nullopt outside the image.
  [[nodiscard]] std::optional<std::uint32_t> rva_of(std::uint32_t address) const;

  /// "image: what (file offset 0x1f8)".
  [[nodiscard]] tl::unexpected<Error> refuse_at(std::uint64_t offset, std::string what) const;
  /// "image: what (RVA 0x2010, file offset 0x610)".
  [[nodiscard]] tl::unexpected<Error> refuse_at_rva(std::uint32_t rva, std::string what) const;

 private:
  const Image& image_;
  std::span<const std::byte> file_;
};

/// Microsoft's compilers make names of at most 4,096 characters.
inline constexpr std::size_t kLongestName = 4096;

/// `text` in quotes for a message: printable ASCII as it is, the rest as \xNN, cut at 64.
[[nodiscard]] std::string quoted(std::string_view text);

/// `value` rounded up to a multiple of `to`, a power of two.
[[nodiscard]] constexpr std::uint64_t round_up(std::uint64_t value, std::uint64_t to) {
  return (value + to - 1) & ~(to - 1);
}

}  // namespace sehlab::load
