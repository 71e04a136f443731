// CoffStrings: the string table behind a COFF symbol table: a size that counts itself, then
// zero-terminated strings (PE/COFF specification, "COFF String Table"). Internal to host/load.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "host/load/image.hpp"

namespace sehlab::load {

class CoffStrings {
 public:
  /// Of an image without one (or whose table runs off the file): every look-up gives nullopt.
  explicit CoffStrings(const Image& image);
  /// The string at `offset` into the table; nullopt when it does not end inside it.
  [[nodiscard]] std::optional<std::string_view> at(std::uint32_t offset) const;

 private:
  std::string_view table_;
};

/// The name in a fixed field of eight bytes, which zeros pad but need not end.
[[nodiscard]] std::string_view fixed_name(const char* field);

}  // namespace sehlab::load
